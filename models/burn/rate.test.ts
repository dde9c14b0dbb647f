import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { burnRate, learnRate, lossAhead, newRates } from './rate.ts'

test('a loss by time, discharge and age is found, and foretold within its interval', () => {
  const stream = streamFor(5, 'windows')
  const rates = newRates(2)
  const truth = (hours: number, discharged: number, soh: number) =>
    0.02 * hours + 0.12 * discharged + 0.15 * (1 - soh) * discharged
  for (let week = 0; week < 520; week++) {
    const soh = 1 - 0.00035 * week
    const discharged = 10 + 50 * stream.uniform()
    learnRate(rates, 1, truth(168, discharged, soh) + 0.1 * stream.normal(), 168, discharged, soh)
  }
  const ahead = lossAhead(rates, 1, 8760, 2000, 0.8, 3 * 8760)
  expect(Math.abs(ahead.lossKwh - truth(8760, 2000, 0.8))).toBeLessThan(ahead.halfKwh)
  expect(ahead.halfKwh).toBeLessThan(0.2 * ahead.lossKwh)
  // The other battery has learnt nothing, and says so.
  const unknown = lossAhead(rates, 0, 8760, 2000, 0.8, 3 * 8760)
  expect(unknown.halfKwh).toBeGreaterThan(2 * ahead.halfKwh)
  // Half a year of watching has not seen every season.
  expect(lossAhead(rates, 1, 8760, 2000, 0.8, 4380).halfKwh).toBeGreaterThan(1.5 * ahead.halfKwh)
})

test('what the factor took at the charge is not burned again', () => {
  expect(burnRate(0.16, 0.9)).toBeCloseTo(0.044, 12)
  expect(burnRate(0.1, 0.9)).toBe(0)
})
