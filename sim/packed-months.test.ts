import { expect, test } from 'vitest'
import { packMonths, received, sent, unpackMonths } from './packed-months.ts'
import { runGallery } from './testing.ts'

const { result } = runGallery('first-neighborhood', 33, { figuresOnly: true })
const { homes } = result

test('months come out as they went in, to the order of their fields', () => {
  const packed = packMonths(homes)
  expect(packed).not.toBeNull()
  const months = homes.map((home) => home.months)
  expect(months[0]).toHaveLength(2)
  expect(JSON.stringify(unpackMonths(packed!))).toBe(JSON.stringify(months))
})

test('what a thread sends is received as it was', () => {
  const done = { result, steps: 7, fabric: null }
  const crossed = structuredClone(sent(done))
  expect(crossed.result.homes.every(({ months }) => months.length === 0)).toBe(true)
  expect(JSON.stringify(received(crossed))).toBe(JSON.stringify(done))
})

test('months that differ in their fields are not packed', () => {
  const [first, ...rest] = structuredClone(homes)
  const { peerPaidMicroUsd, ...lines } = rest[0].months[1].bills.plant
  rest[0].months[1].bills.plant = { ...lines, peerPaidMicroUsd }
  expect(packMonths([first, ...rest])).toBeNull()
  expect(packMonths([{ ...first, months: [] }])).toBeNull()
})
