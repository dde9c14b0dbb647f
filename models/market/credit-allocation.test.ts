import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sum } from './testing-book.ts'
import { assignCredits, creditsPay, whyNoCredits } from './credit-allocation.ts'

test('by hand: 10 USD to two neighbors by keys 1 and 3, the first owing little', () => {
  const { given, received, payment, assignedMicroUsd } = assignCredits(
    Float64Array.of(10_000_000, 0, 0),
    Float64Array.of(0, 1_000_000, 20_000_000),
    [[1, 2], [], []],
    Float64Array.of(1, 1, 3),
    { priceFraction: 0.9, hostWorthFraction: 0 },
  )
  // 2.5 and 7.5, but the first owes 1: the rest, 1.5, goes to the second. A tenth of what each gets is its gain.
  expect(assignedMicroUsd).toBe(10_000_000)
  expect([...given]).toEqual([10_000_000, 0, 0])
  expect([...received]).toEqual([0, 1_000_000, 9_000_000])
  expect([...payment]).toEqual([-9_000_000, 900_000, 8_100_000])
})

test('a host to whom the credit is worth more than the price keeps it, and it is said why', () => {
  const terms = { priceFraction: 0.9, hostWorthFraction: 1 }
  const kept = assignCredits(
    Float64Array.of(5, 0),
    Float64Array.of(0, 9),
    [[1], []],
    Float64Array.of(1, 1),
    terms,
  )
  expect(kept).toMatchObject({ assignedMicroUsd: 0, hosts: 1, assigning: 0 })
  expect(creditsPay(terms)).toBe(false)
  expect(whyNoCredits(terms)).toContain('lose 0.10 USD')
})

test('money only changes hands, nobody is given more than it owes or gives more than it has', () => {
  const amount = fc.oneof(fc.constant(0), fc.nat(9), fc.nat(50_000_000))
  const homes = fc.array(fc.record({ spare: amount, owed: amount, key: fc.nat(3) }), {
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(homes, fc.double({ min: 0, max: 1, noNaN: true }), (rows, priceFraction) => {
      const everyone = rows.map((_, home) => home)
      const column = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of)
      const [spare, owed] = [column((row) => row.spare), column((row) => row.owed)]
      const terms = { priceFraction, hostWorthFraction: 0 }
      const key = column((row) => row.key)
      const { given, received, payment, assignedMicroUsd } = assignCredits(
        spare,
        owed,
        rows.map(() => everyone),
        key,
        terms,
      )
      expect(sum(payment)).toBe(0)
      expect(sum(given)).toBe(assignedMicroUsd)
      expect(sum(received)).toBe(assignedMicroUsd)
      given.forEach((value, home) => expect(value).toBeLessThanOrEqual(spare[home]))
      received.forEach((value, home) => expect(value).toBeLessThanOrEqual(owed[home]))
    }),
  )
})
