import type { Issue } from './issue.ts'
import { weightedQuantiles } from './quantiles.ts'

/** Days that the clear sky of a plant is looked for in, and how many clear ones make it. */
const WINDOW_DAYS = 35
const CLEAR_LEVEL = 0.88
/** Below this much light of the clear sky a plant gives nothing worth a forecast, W/m². */
export const NIGHT_WM2 = 10
/** Enhancement by clouds: the most that the index reaches. */
export const MOST_CLEARNESS = 1.25

/**
 * A plant under a clear sky, from its own past: for each slot of the day the 88 % quantile of its energy over the light
 * of the clear sky on the last 35 days, times the clear-sky light of the day asked for. Orientation, shade, nameplate
 * and losses are in it, whatever they are; a statistical clear sky as in P. Bacher, H. Madsen, H. A. Nielsen, Solar
 * Energy 83, 1772 (2009).
 *
 * @returns kWh by slot on `issue.day`; 0 where it gave nothing
 */
export function plantClearSky(issue: Issue): Float64Array {
  const { clearSkyWM2, past, slotsPerDay, day } = issue
  const result = new Float64Array(slotsPerDay)
  if (clearSkyWM2 === null) return result
  const values: number[] = []
  const weights: number[] = []
  for (let slot = 0; slot < slotsPerDay; slot++) {
    const light = clearSkyWM2[day * slotsPerDay + slot]
    if (light < NIGHT_WM2) continue
    values.length = 0
    weights.length = 0
    for (let before = Math.max(0, day - WINDOW_DAYS); before < day; before++) {
      const at = before * slotsPerDay + slot
      if (Number.isNaN(past[at]) || clearSkyWM2[at] < NIGHT_WM2) continue
      values.push(past[at] / clearSkyWM2[at])
      weights.push(1)
    }
    if (values.length > 0) result[slot] = weightedQuantiles(values, weights, [CLEAR_LEVEL])[0] * light
  }
  return result
}

/** Energy of a past slot over the plant's under a clear sky; NaN at night. */
export const clearnessOf = (kwh: number, clearKwh: number): number =>
  clearKwh > 0 ? Math.min(MOST_CLEARNESS, kwh / clearKwh) : Number.NaN

/**
 * Clear-sky index of each slot of the past days of a plant, by the clear sky that the day's issue knows, NaN at night;
 * computed day by day and kept, since a day's past never changes.
 */
export class PlantHistory {
  readonly #slots: number
  #index = new Float64Array(0)
  #clear: { day: number; kwh: Float64Array } = { day: -1, kwh: new Float64Array(0) }

  constructor(slots: number) {
    this.#slots = slots
  }

  /** Plant under the clear sky on the day ahead, kWh by slot. */
  clear(issue: Issue): Float64Array {
    if (this.#clear.day !== issue.day) this.#clear = { day: issue.day, kwh: plantClearSky(issue) }
    return this.#clear.kwh
  }

  /** Takes in a day that is over. */
  observe(issue: Issue, actual: Float64Array): void {
    const clear = this.clear(issue)
    const start = issue.day * this.#slots
    if (this.#index.length < start + this.#slots) {
      const larger = new Float64Array(2 * (start + this.#slots)).fill(Number.NaN)
      larger.set(this.#index)
      this.#index = larger
    }
    for (let slot = 0; slot < this.#slots; slot++)
      this.#index[start + slot] = clearnessOf(actual[slot], clear[slot])
  }

  /** Index at a slot of a past day; NaN: night, or not known. */
  at(day: number, slot: number): number {
    const place = day * this.#slots + slot
    return day < 0 || slot < 0 || slot >= this.#slots || place >= this.#index.length
      ? Number.NaN
      : this.#index[place]
  }
}
