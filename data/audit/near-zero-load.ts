import { type Check, hoursOf, plural, startOf } from './check.ts'

/** A lived-in home's refrigerator and standby alone use more: 10 W. */
const NEAR_ZERO_W = 10
/** A stray hour is a meter's rounding; more are a defect. */
const TOLERATED_HOURS = 5
/** Above this share of all hours the home's load cannot be trusted. */
const ERROR_SHARE = 0.1

/** Hours in which the home seems to use nothing: often a load reconstructed from net metering. */
export const nearZeroLoad: Check = ({ load, timeZone }) => {
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
    },
  ]
}
