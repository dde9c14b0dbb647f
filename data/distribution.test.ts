import { describe, expect, test } from 'vitest'
import { quantileOf } from './distribution.ts'

const mean = (range: Parameters<typeof quantileOf>[0]) => {
  let sum = 0
  for (let at = 0; at < 10_000; at++) sum += quantileOf(range, (at + 0.5) / 10_000)
  return sum / 10_000
}

describe('values of a range', () => {
  test('uniform: ends, middle and mean', () => {
    const range = { low: 2, mode: null, high: 6 }
    expect([0, 0.5, 1].map((u) => quantileOf(range, u))).toEqual([2, 4, 6])
    expect(mean(range)).toBeCloseTo(4, 6)
  })

  test('triangular: mean (low + mode + high) / 3, and half of the draws below the mode where it is in the middle', () => {
    const range = { low: 1, mode: 2, high: 6 }
    expect(quantileOf(range, 0)).toBe(1)
    expect(quantileOf(range, 1)).toBe(6)
    // The share below the mode is (mode − low) / (high − low).
    expect(quantileOf(range, 0.2)).toBeCloseTo(2, 12)
    expect(mean(range)).toBeCloseTo(3, 4)
    for (const mode of [1, 6]) expect(mean({ ...range, mode })).toBeCloseTo((7 + mode) / 3, 3)
  })

  test('a range of one value is that value', () => {
    expect(quantileOf({ low: 3, mode: 3, high: 3 }, 0.7)).toBe(3)
  })
})
