import fc from 'fast-check'
import { expect, test } from 'vitest'
import { candidateSizes, costUsd, type SizeLimits } from './size.ts'

const PRICES = { panelsUsdPerW: 3, batteryUsdPerKwh: 1100 }
const LIMITS: SizeLimits = { roofKw: 2, stepKw: 0.5, batteriesKwh: [5, 10], batteryHours: 2, budgetUsd: null }

test('every step of the roof with every battery, nothing first', () => {
  const sizes = candidateSizes(LIMITS, PRICES)
  expect(sizes).toHaveLength(15)
  expect(sizes[0]).toEqual({ panelsKw: 0, batteryKwh: 0, batteryKw: 0 })
  expect(sizes.at(-1)).toEqual({ panelsKw: 2, batteryKwh: 10, batteryKw: 5 })
  expect(costUsd(sizes.at(-1)!, PRICES)).toBe(17_000)
})

test('without money there is nothing; a budget is kept to the dollar', () => {
  expect(candidateSizes({ ...LIMITS, budgetUsd: 0 }, PRICES)).toHaveLength(1)
  expect(candidateSizes({ ...LIMITS, budgetUsd: 5500 }, PRICES).map((size) => costUsd(size, PRICES))).toEqual(
    [0, 5500, 1500, 3000, 4500],
  )
})

test('a larger roof or budget tries all that a smaller one does', () => {
  const roof = fc.double({ min: 0, max: 20, noNaN: true })
  const step = fc.constantFrom(0.25, 0.3, 0.5, 1)
  const budget = fc.integer({ min: 0, max: 60_000 })
  fc.assert(
    fc.property(roof, roof, step, budget, budget, (one, more, stepKw, usd, extra) => {
      const small = candidateSizes({ ...LIMITS, stepKw, roofKw: one, budgetUsd: usd }, PRICES)
      const large = candidateSizes({ ...LIMITS, stepKw, roofKw: one + more, budgetUsd: usd + extra }, PRICES)
      const key = (size: object) => JSON.stringify(size)
      const known = new Set(large.map(key))
      expect(small.every((size) => known.has(key(size)))).toBe(true)
    }),
    { seed: 5 },
  )
})
