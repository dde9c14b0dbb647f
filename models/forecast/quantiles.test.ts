import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ErrorWindow } from './error-window.ts'
import { LEVELS, meanOf, meanPinball, MEDIAN, pinball, uncross, weightedQuantiles } from './quantiles.ts'

describe('pinball loss', () => {
  test('by hand', () => {
    expect(pinball(0.9, 10, 12)).toBeCloseTo(1.8, 12)
    expect(pinball(0.9, 10, 8)).toBeCloseTo(0.2, 12)
    expect(pinball(0.5, 10, 8)).toBe(1)
  })

  test('is least at the quantile of a sample', () => {
    const sample = Array.from({ length: 999 }, (_, at) => (at + 1) / 1000)
    const lossAt = (level: number, quantile: number) =>
      sample.reduce((sum, value) => sum + pinball(level, quantile, value), 0)
    for (const level of LEVELS) {
      const there = lossAt(level, level)
      expect(lossAt(level, level + 0.05)).toBeGreaterThan(there)
      expect(lossAt(level, level - 0.05)).toBeGreaterThan(there)
    }
  })
})

test('sorting takes crossing out and never raises the loss', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 100, noNaN: true }), {
        minLength: LEVELS.length,
        maxLength: LEVELS.length,
      }),
      fc.double({ min: 0, max: 100, noNaN: true }),
      (values, actual) => {
        const before = Float64Array.from(values)
        const after = before.slice()
        uncross(after, 0, 0, 100)
        expect([...after]).toEqual([...after].toSorted((a, b) => a - b))
        expect(meanPinball(after, 0, actual)).toBeLessThanOrEqual(meanPinball(before, 0, actual) + 1e-9)
      },
    ),
    { seed: 8, numRuns: 300 },
  )
})

test('quantiles of a weighted sample: type 5 of equal weights, and a heavy value takes its share', () => {
  const sample = [5, 1, 3, 2, 4]
  // Midpoints at 0.1, 0.3, 0.5, 0.7, 0.9.
  expect(weightedQuantiles(sample, [1, 1, 1, 1, 1], [0.1, 0.2, 0.5, 0.9])).toEqual([1, 1.5, 3, 5])
  expect(weightedQuantiles([0, 10], [99, 1], [0.4])[0]).toBeLessThan(0.5)
})

test('the mean of a symmetric forecast is its median; of a skewed one above it', () => {
  const symmetric = Float64Array.from(LEVELS, (level) => 4 + level)
  expect(meanOf(symmetric)[0]).toBeCloseTo(4.5, 9)
  const skewed = Float64Array.from(LEVELS, (level) => Math.exp(3 * level))
  expect(meanOf(skewed)[0]).toBeGreaterThan(skewed[MEDIAN])
})

test('a window of late errors has the quantiles of the weighted sample that it stands for', () => {
  const window = new ErrorWindow(4)
  const seen: Float64Array[] = []
  for (let day = 0; day < 120; day++) {
    const errors = Float64Array.from({ length: 4 }, (_, slot) => Math.sin(day * 1.7 + slot) * (1 + slot))
    if (day % 9 === 0) errors[2] = Number.NaN
    seen.push(errors)
    window.add(errors)
  }
  const values: number[] = []
  const weights: number[] = []
  for (let age = 0; age < 84; age++) {
    for (const slot of [1, 2, 3]) {
      const error = seen[119 - age][slot]
      if (Number.isNaN(error)) continue
      values.push(error)
      weights.push(0.5 ** (age / 21) * (slot === 2 ? 1 : 0.5))
    }
  }
  const expected = weightedQuantiles(values, weights)
  window.quantiles(2)!.forEach((value, level) => expect(value).toBeCloseTo(expected[level], 9))
  expect(new ErrorWindow(24).quantiles(3)).toBeNull()
})
