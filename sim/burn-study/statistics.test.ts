import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { bootstrap, mean, quantile, upperRate } from './statistics.ts'

test('upper bounds of a rate: the rule of three, and published values', () => {
  expect(upperRate(0, 300)).toBeCloseTo(1 - 0.05 ** (1 / 300), 9)
  expect(upperRate(0, 299)).toBeLessThan(0.01)
  expect(upperRate(0, 298)).toBeGreaterThan(0.01)
  // Clopper and Pearson, one-sided 95 %: 1 of 10 and 3 of 20.
  expect(upperRate(1, 10)).toBeCloseTo(0.3942, 4)
  expect(upperRate(3, 20)).toBeCloseTo(0.3437, 4)
  expect(upperRate(5, 5)).toBe(1)
})

test('quantiles by the nearest rank', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2)
  expect(quantile([4, 1, 3, 2], 0.95)).toBe(4)
  expect(quantile([], 0.5)).toBeNaN()
})

test('a bootstrap interval holds the mean, is reproducible, and shrinks with the sample', () => {
  const stream = streamFor(1, 'sample')
  const values = Array.from({ length: 400 }, () => stream.normal())
  const [low, high] = bootstrap(values, mean, streamFor(1, 'bootstrap'))
  expect(bootstrap(values, mean, streamFor(1, 'bootstrap'))).toEqual([low, high])
  expect(low).toBeLessThan(mean(values))
  expect(high).toBeGreaterThan(mean(values))
  expect(high - low).toBeCloseTo((2 * 1.96) / 20, 1)
})
