import { NIGHT_WM2 } from './plant.ts'
import type { Issue } from './issue.ts'

/** Loads below this are what is left of a subtraction, not a home, W. */
const LEAST_LOAD_W = 10
const MOST_NEAR_ZERO = 0.25
/** Part of its days on which a plant may be dark before it counts as dead. */
const MOST_DARK = 0.2

/**
 * Is a day of a home worth learning from? Not when a plant gave nothing all day (out of order), nor when a quarter of a
 * load is near zero (net metering that was reconstructed wrongly). Judged from the day itself, when it is over.
 */
export function isSoundDay(issue: Issue, actual: Float64Array): boolean {
  if (issue.target === 'solar') return actual.some((kwh) => kwh > 0)
  const least = (LEAST_LOAD_W / 1000) * (24 / issue.slotsPerDay)
  return actual.filter((kwh) => kwh < least).length <= MOST_NEAR_ZERO * actual.length
}

/** Is a plant out of order most of its time? Such a one is scored apart: nobody forecasts a repair. */
export function isDeadPlant(
  kwh: Float64Array,
  slotsPerDay: number,
  clearSkyWM2: Float64Array | null,
): boolean {
  const days = Math.floor(kwh.length / slotsPerDay)
  let lit = 0
  let dark = 0
  for (let day = 0; day < days; day++) {
    const at = day * slotsPerDay
    if (
      clearSkyWM2 !== null &&
      !clearSkyWM2.subarray(at, at + slotsPerDay).some((light) => light > NIGHT_WM2)
    )
      continue
    lit++
    if (!kwh.subarray(at, at + slotsPerDay).some((value) => value > 0)) dark++
  }
  return lit > 0 && dark > MOST_DARK * lit
}
