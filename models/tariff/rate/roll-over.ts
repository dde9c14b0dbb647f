import type { Schedule } from './rate.ts'

/** Hours at which a period of one month is found again in the next (0: midnight), as SAM has them. */
const MATCHING_HOURS = [0, 5, 11, 17] as const

/**
 * Energy left by period, moved into the next month's periods: a period goes to the one that the next month has at the
 * same hour of a weekday, the first of four hours at which it is met. A period that is met at none of them leaves nothing
 * (SAM's rule: the kilowatt-hours are lost).
 *
 * @param month of the energy, 0: January
 */
export function rolledOver(surplusMilliWh: Float64Array, { weekday }: Schedule, month: number): Float64Array {
  const into = new Float64Array(surplusMilliWh.length)
  const here = weekday[month]
  const next = weekday[(month + 1) % 12]
  for (const [period, milliWh] of surplusMilliWh.entries()) {
    if (milliWh === 0) continue
    const hour = MATCHING_HOURS.find((at) => here[at] === period)
    if (hour !== undefined) into[next[hour]] += milliWh
  }
  return into
}
