import fc from 'fast-check'
import { expect, test } from 'vitest'
import { intervalOf, quantile, triangular } from './uncertain.ts'

test('a triangle: its ends, its bend, its mean', () => {
  const of = { low: 2, mode: 3, high: 6 }
  expect(triangular(of, 0)).toBe(2)
  expect(triangular(of, 0.25)).toBeCloseTo(3, 12)
  expect(triangular(of, 1)).toBe(6)
  const count = 20_000
  const mean =
    Array.from({ length: count }, (_, at) => triangular(of, (at + 0.5) / count)).reduce((a, b) => a + b) /
    count
  expect(mean).toBeCloseTo(11 / 3, 4)
  expect(triangular({ low: 4, mode: 4, high: 4 }, 0.7)).toBe(4)
  expect(triangular({ low: 1, mode: 1, high: 2 }, 0)).toBe(1)
})

test('it grows with the probability and stays within its ends', () => {
  const side = fc.integer({ min: 0, max: 100_000 }).map((value) => value / 1000)
  const part = fc.double({ min: 0, max: 0.999_999, noNaN: true })
  fc.assert(
    fc.property(side, side, side, part, part, (low, left, right, one, other) => {
      const of = { low, mode: low + left, high: low + left + right }
      const [a, b] = [triangular(of, Math.min(one, other)), triangular(of, Math.max(one, other))]
      expect(a).toBeGreaterThanOrEqual(low - 1e-9)
      expect(b).toBeLessThanOrEqual(of.high + 1e-9)
      expect(a).toBeLessThanOrEqual(b + 1e-9)
    }),
    { seed: 6 },
  )
})

test('quantiles as numpy has them (linear), also of what has no end', () => {
  expect(intervalOf([4, 1, 3, 2])).toEqual({ p10: 1.3, p50: 2.5, p90: 3.7 })
  expect(quantile([1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY], 0.9)).toBe(
    Number.POSITIVE_INFINITY,
  )
  expect(quantile([7], 0.1)).toBe(7)
})
