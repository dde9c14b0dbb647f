import type { Profile } from '../profile.ts'
import type { Check } from './check.ts'

const WEEK_DAYS = 14
/** The sun's noon moves by minutes in two weeks: a jump this near to the clock's own is the clock's. */
const NEAR_HOURS = 0.4

/** Mean hour of the day of the energy in a stretch of whole days, by equal days from the start. */
function centroidHours(profile: Profile, fromDay: number, days: number): number | null {
  const perDay = 86_400 / profile.axis.stepSeconds
  let energy = 0
  let moment = 0
  for (
    let at = Math.max(0, fromDay * perDay);
    at < Math.min((fromDay + days) * perDay, profile.milliWh.length);
    at++
  ) {
    energy += profile.milliWh[at]
    moment += profile.milliWh[at] * ((at % perDay) + 0.5)
  }
  return energy === 0 ? null : (moment / energy) * (profile.axis.stepSeconds / 3600)
}

/**
 * Does the sun jump by an hour where the zone's clocks change? Then the series still follows a wall
 * clock, or was mapped by the wrong rule.
 */
export const clockSeam: Check = ({ solar, timeZone }) => {
  if (solar === null || 86_400 % solar.axis.stepSeconds !== 0) return []
  const findings: ReturnType<Check> = []
  const start = Temporal.Instant.fromEpochMilliseconds(solar.axis.startSeconds * 1000)
  const end = solar.axis.startSeconds + solar.milliWh.length * solar.axis.stepSeconds
  let at = start.toZonedDateTimeISO(timeZone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (next === null || next.epochMilliseconds / 1000 >= end) break
    at = next
    const day = Math.floor((next.epochMilliseconds / 1000 - solar.axis.startSeconds) / 86_400)
    const before = centroidHours(solar, day - WEEK_DAYS, WEEK_DAYS)
    const after = centroidHours(solar, day + 1, WEEK_DAYS)
    if (before === null || after === null) continue
    const jump = after - before
    const clock = (next.offsetNanoseconds - next.subtract({ hours: 1 }).offsetNanoseconds) / 3.6e12
    if (Math.abs(jump - clock) > NEAR_HOURS) continue
    findings.push({
      severity: 'error',
      finding: `The middle of the solar day jumps by ${jump.toFixed(1)} hours on ${next.toPlainDate().toString()}, when the clocks of ${timeZone} change: the series follows a wall clock.`,
      action: 'Left as given: state the time zone of the rows.',
    })
  }
  return findings
}
