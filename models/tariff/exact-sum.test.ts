import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addProduct, exactSum, roundedMicroUsd } from './exact-sum.ts'

test('a hundred thousand products lose nothing', () => {
  const products = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 2_000_000_000 }), fc.integer({ min: 0, max: 5_000_000 })),
    { maxLength: 300 },
  )
  fc.assert(
    fc.property(products, (terms) => {
      const sum = exactSum()
      let exact = 0n
      for (const [milliWh, rate] of terms) {
        addProduct(sum, milliWh, rate)
        exact += BigInt(milliWh) * BigInt(rate)
      }
      expect(BigInt(sum.whole) * 1_000_000n + BigInt(sum.millionths)).toBe(exact)
      expect(BigInt(roundedMicroUsd(sum))).toBe((exact + 500_000n) / 1_000_000n)
    }),
  )
})

test('a third of a milliwatt-hour price does not drift: ten thousand times 0.3333 µ$ is 3,333', () => {
  const sum = exactSum()
  for (let time = 0; time < 10_000; time++) addProduct(sum, 1, 333_300)
  expect(sum).toEqual({ whole: 3333, millionths: 0 })
})
