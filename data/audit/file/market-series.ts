import { type FileCheck, LEFT, meanOf, neighborCorrelation } from './check.ts'

/** Demand, and what follows it, changes slowly: an hour tells the next. */
const LEAST_CORRELATION = 0.5
/** A series of a year has thousands of values; rounded ones have a hundred. */
const FEW_VALUES = 0.02

/** Carbon and prices that jump from hour to hour, or were rounded coarsely. */
export const roughSeries: FileCheck = ({ file }) =>
  Object.entries(file.frame.columns).flatMap(([name, values]) => {
    if (!/(?:Carbon|carbon|price|Price)/.test(name) || values.length < 1000) return []
    const findings: ReturnType<FileCheck> = []
    const correlation = neighborCorrelation(values)
    if (correlation < LEAST_CORRELATION) {
      const low = values.reduce((least, value) => Math.min(least, value), Infinity)
      const high = values.reduce((most, value) => Math.max(most, value), -Infinity)
      findings.push({
        severity: 'warning',
        finding: `${name} jumps from interval to interval (correlation of neighbors ${correlation.toFixed(2)}; ${low.toPrecision(3)} to ${high.toPrecision(3)}, mean ${meanOf(values).toPrecision(3)}).`,
        action: LEFT,
        effect: 'Single hours tell little: use sums over many.',
      })
    }
    const distinct = new Set(values).size
    if (distinct < values.length * FEW_VALUES && /[Cc]arbon/.test(name))
      findings.push({
        severity: 'info',
        finding: `${name} has ${distinct} different values in ${values.length}: it was rounded coarsely.`,
        action: LEFT,
      })
    return findings
  })

/** Local hours in which the mean day of a price has its peak, where people come home. */
const EVENING = [15, 21]
const HOURS = 24

/** Does the price peak in the evening of its place? A clock that is wrong by its offset shows here. */
export const dailyPeak: FileCheck = ({ file, place }) => {
  const values = file.frame.columns.priceUsdPerKwh
  if (values === undefined || place === null || values.length < 24 * 28) return []
  const { startSeconds, stepSeconds } = file.frame.axis
  const sums = new Float64Array(HOURS)
  const counts = new Float64Array(HOURS)
  for (let at = 0; at < values.length; at++) {
    const hour = Temporal.Instant.fromEpochMilliseconds(
      (startSeconds + at * stepSeconds) * 1000,
    ).toZonedDateTimeISO(place).hour
    sums[hour] += values[at]
    counts[hour]++
  }
  const means = sums.map((sum, hour) => sum / counts[hour])
  const peak = means.indexOf(means.reduce((most, value) => Math.max(most, value), -Infinity))
  if (peak >= EVENING[0] && peak < EVENING[1]) return []
  return [
    {
      severity: 'error',
      finding: `The mean day of the price peaks at ${peak}:00 in ${place}: prices peak between ${EVENING[0]}:00 and ${EVENING[1]}:00. Is its clock another (UTC instead of local time, or the reverse)?`,
      action: 'Left as given: say its clock with timeZone.',
      effect: 'Everything that follows the price would be shifted by hours.',
    },
  ]
}
