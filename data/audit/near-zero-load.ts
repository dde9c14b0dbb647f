import type { Profile } from '../profile.ts'
import { type Check, hoursOf, plural, startOf } from './check.ts'

/** A lived-in home's refrigerator and standby alone use more: 10 W. */
const NEAR_ZERO_W = 10
/** A stray hour is a meter's rounding; more are a defect. */
const TOLERATED_HOURS = 5
/** Above this share of all hours the home's load cannot be trusted. */
const ERROR_SHARE = 0.1

/** Hours in which the home seems to use nothing: often a load reconstructed from net metering. */
export const nearZeroLoad: Check = ({ load, solar, timeZone }) => {
  if (load === null) return []
  const limit = NEAR_ZERO_W * (load.axis.stepSeconds / 3600) * 1000
  let count = 0
  let run = 0
  let longest = 0
  let longestEnd = 0
  load.milliWh.forEach((value, at) => {
    if (value >= limit) {
      run = 0
      return
    }
    count++
    run++
    if (run > longest) {
      longest = run
      longestEnd = at
    }
  })
  const hours = hoursOf(load, count)
  if (hours <= TOLERATED_HOURS) return []
  return [
    {
      severity: count > load.milliWh.length * ERROR_SHARE ? 'error' : 'warning',
      finding: `Load under ${NEAR_ZERO_W} W in ${plural(hours, 'hour')}, up to ${plural(hoursOf(load, longest), 'hour')} on end (from ${startOf(load, longestEnd - longest + 1, timeZone)}).`,
      action: 'Left as measured: own use of solar is too low and export too high in these hours.',
      effect: effectOf(load, solar, limit),
    },
  ]
}

/**
 * What the hours would hold at the home's median of the same hour of the day, and how much more of its own
 * solar it would then have used without a battery, in points of self-consumption.
 */
function effectOf(load: Profile, solar: Profile | null, limit: number): string {
  const perDay = Math.round(86_400 / load.axis.stepSeconds)
  const usual = Array.from({ length: perDay }, (_, slot) => {
    const values: number[] = []
    for (let at = slot; at < load.milliWh.length; at += perDay)
      if (load.milliWh[at] >= limit) values.push(load.milliWh[at])
    return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  })
  const shift =
    solar === null ? 0 : (load.axis.startSeconds - solar.axis.startSeconds) / load.axis.stepSeconds
  const together =
    solar !== null && solar.axis.stepSeconds === load.axis.stepSeconds && Number.isInteger(shift)
  let missing = 0
  let all = 0
  let own = 0
  let generated = 0
  load.milliWh.forEach((value, at) => {
    all += value
    const sun = together ? (solar.milliWh[at + shift] ?? 0) : 0
    generated += sun
    if (value >= limit) return
    const guess = usual[at % perDay]
    missing += guess - value
    own += Math.min(sun, guess) - Math.min(sun, value)
  })
  const points =
    generated === 0
      ? ''
      : `; self-consumption of its solar would be ${((own / generated) * 100).toFixed(1)} points higher`
  return `At the home's median of the same hour they would hold ${Math.round(missing / 1e6)} kWh, ${((missing / all) * 100).toFixed(1)} % of its load${points}.`
}
