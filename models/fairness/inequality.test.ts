import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { electricBurden } from './burden.ts'
import { gini, jain, losersShare } from './inequality.ts'

test('by hand: 1, 2, 3, 4', () => {
  // Σ|x_i − x_j| = 20 over 16 pairs of mean 2.5; (10)² / (4 · 30).
  expect(gini([4, 1, 3, 2])).toBeCloseTo(20 / (2 * 16 * 2.5), 14)
  expect(jain([4, 1, 3, 2])).toBeCloseTo(100 / 120, 14)
})

test('one has everything: Gini 1 − 1/n, Jain 1/n; all alike: 0 and 1', () => {
  expect(gini([0, 0, 0, 8])).toBeCloseTo(0.75, 14)
  expect(jain([0, 0, 0, 8])).toBeCloseTo(0.25, 14)
  expect(gini([5, 5])).toBe(0)
  expect(jain([5, 5])).toBe(1)
})

test('sorted or by all pairs it is the same, and the unit does not matter', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 20 }), (values) => {
      const mean = values.reduce((all, value) => all + value, 0) / values.length
      const pairs = values
        .flatMap((a) => values.map((b) => Math.abs(a - b)))
        .reduce((all, value) => all + value, 0)
      expect(gini(values)).toBeCloseTo(pairs / (2 * values.length ** 2 * mean), 12)
      expect(gini(values.map((value) => value * 7))).toBeCloseTo(gini(values) ?? -1, 12)
    }),
  )
})

test('losses have no Gini, but are counted', () => {
  expect(gini([3, -1])).toBeNull()
  expect(jain([0, 0])).toBeNull()
  expect(losersShare([3, -1, -0.001, 0], 0.01)).toBe(0.25)
  expect(losersShare([], 0.01)).toBeNull()
})

test('a bill of 150 USD in half a year of 30,000 USD is 1 %', () => {
  expect(electricBurden(150, 182.5, 30_000)).toBeCloseTo(0.01, 14)
})
