import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { setAsideMove } from './set-aside.ts'

const KWH = 1_000_000

test('what the lower bound does not back goes aside at once', () => {
  // With the slack of 0.06 kWh.
  expect(setAsideMove(5 * KWH, 0, 4.2, 0.3, false)).toBe(0.86 * KWH)
  expect(setAsideMove(5 * KWH, 1 * KWH, 0, 0.3, false)).toBe(5 * KWH)
  expect(setAsideMove(5 * KWH, 1 * KWH, -2, 0.3, false)).toBe(5 * KWH)
})

test('it comes back once a day, and only past the hysteresis', () => {
  expect(setAsideMove(4 * KWH, 2 * KWH, 5, 0.3, true)).toBe(-0.94 * KWH)
  expect(setAsideMove(4 * KWH, 2 * KWH, 5, 0.3, false)).toBe(0)
  expect(setAsideMove(4 * KWH, 2 * KWH, 4.2, 0.3, true)).toBe(0)
})

test('no move takes more than there is', () => {
  const tokens = fc.integer({ min: 0, max: 20 * KWH })
  fc.assert(
    fc.property(
      tokens,
      tokens,
      fc.double({ min: -5, max: 25, noNaN: true }),
      fc.boolean(),
      (active, aside, low, may) => {
        const move = setAsideMove(active, aside, low, 0.3, may)
        expect(Number.isInteger(move)).toBe(true)
        expect(move).toBeLessThanOrEqual(active)
        expect(-move).toBeLessThanOrEqual(aside)
        if (!may) expect(move).toBeGreaterThanOrEqual(0)
      },
    ),
  )
})
