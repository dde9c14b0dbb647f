import { type BurnFleet, PRIOR } from './fleet.ts'

/** CUSUM on standardised residuals: slack and threshold, in standard deviations (Page 1954). */
export const CUSUM_SLACK = 0.5
export const CUSUM_THRESHOLD = 5
/** A single residual counts for no more than this: one odd week is no change. */
const MOST = 3
/** Residuals are summed over so long: those of single anchors telescope, and are none of their own. */
export const ALARM_HOURS = 168
/** Weeks that the spread is first learnt from. */
const FIRST_WEEKS = 6

/**
 * Adds a pair's residual, kWh; true where the battery's loss has changed. Each week's sum is held against
 * the spread of the weeks before it; the sums start again after an alarm.
 * @param residualKwh gained less foretold; below zero: more was lost than learnt
 */
export function sumResidual(fleet: BurnFleet, battery: number, residualKwh: number, hours: number): boolean {
  fleet.weekResidual[battery] += residualKwh
  if (hours - fleet.weekHours[battery] < ALARM_HOURS) return false
  const sum = fleet.weekResidual[battery]
  const weeks = fleet.weeks[battery]++
  fleet.weekResidual[battery] = 0
  fleet.weekHours[battery] = hours
  const variance = (fleet.weekSquares[battery] + PRIOR.noiseKwh ** 2) / (Math.min(weeks, 26) + 1)
  const standardised = sum / Math.sqrt(variance)
  const bounded = Math.min(MOST, Math.max(-MOST, standardised))
  if (weeks < FIRST_WEEKS) {
    fleet.weekSquares[battery] += sum * sum
    return false
  }
  const up = Math.max(0, fleet.cusumUp[battery] + bounded - CUSUM_SLACK)
  const down = Math.max(0, fleet.cusumDown[battery] - bounded - CUSUM_SLACK)
  const alarm = up > CUSUM_THRESHOLD || down > CUSUM_THRESHOLD
  fleet.cusumUp[battery] = alarm ? 0 : up
  fleet.cusumDown[battery] = alarm ? 0 : down
  // Half a year's memory; what an alarm is made of does not widen the spread by much.
  if (weeks >= 26) fleet.weekSquares[battery] *= 25 / 26
  fleet.weekSquares[battery] += bounded * bounded * variance
  if (alarm) fleet.alarms[battery]++
  return alarm
}
