import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { ALARM_HOURS, sumResidual } from './alarm.ts'
import { testingFleet } from './testing.ts'

/** Weeks of residuals; returns the weeks with an alarm. */
function alarms(shift: (week: number) => number, weeks: number, seed: number): number[] {
  const { fleet } = testingFleet()
  const stream = streamFor(seed, 'weeks')
  const raised: number[] = []
  for (let week = 1; week <= weeks; week++) {
    const residual = 0.3 * stream.normal() + shift(week)
    if (sumResidual(fleet, 0, residual, week * ALARM_HOURS)) raised.push(week)
  }
  expect(fleet.alarms[0]).toBe(raised.length)
  return raised
}

test('a step of two standard deviations is found within two months, and few weeks are false alarms', () => {
  let found = 0
  let early = 0
  for (let seed = 0; seed < 40; seed++) {
    const raised = alarms((week) => (week > 60 ? -0.6 : 0), 70, seed)
    if (raised.some((week) => week > 60 && week <= 68)) found++
    early += raised.filter((week) => week <= 60).length
  }
  expect(found).toBeGreaterThanOrEqual(36)
  // Forty batteries of sixty weeks: an ARL of several years.
  expect(early).toBeLessThan(20)
})

test('one odd week is hardly ever taken for a change', () => {
  const taken = Array.from({ length: 40 }, (_, seed) => alarms((week) => (week === 40 ? 50 : 0), 40, seed))
  expect(taken.filter((weeks) => weeks.includes(40)).length).toBeLessThanOrEqual(6)
})
