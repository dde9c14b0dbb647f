import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { attribute, registerBetween } from './interpolate.ts'

test('the parts of a stretch add up to what its ends say, and none goes backwards', () => {
  const register = fc.integer({ min: 0, max: 1e12 })
  const run = fc.property(register, register, fc.integer({ min: 2, max: 200 }), (a, b, parts) => {
    const from = Math.min(a, b)
    const to = Math.max(a, b)
    let before = from
    let sum = 0
    for (let part = 1; part <= parts; part++) {
      const here = registerBetween(0, from, parts, to, part)
      expect(here).toBeGreaterThanOrEqual(before)
      expect(Number.isInteger(here)).toBe(true)
      sum += here - before
      before = here
    }
    expect(sum).toBe(to - from)
  })
  fc.assert(run, { seed: 8, numRuns: 100 })
})

test('outside the two points there is no extrapolation', () => {
  expect(registerBetween(1, 10, 2, 20, 3)).toBe(20)
  expect(registerBetween(1, 10, 2, 20, 0)).toBe(10)
})

test('a verified loss is attributed to the milliwatt-hour', () => {
  const weights = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 50 })
  const run = fc.property(fc.integer({ min: 0, max: 1e9 }), weights, (loss, list) => {
    const parts = attribute(loss, Float64Array.from(list))
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(loss)
    expect(Math.min(...parts)).toBeGreaterThanOrEqual(0)
  })
  fc.assert(run, { seed: 8, numRuns: 100 })
  expect([...attribute(10, Float64Array.of(0, 0))]).toEqual([5, 5])
})
