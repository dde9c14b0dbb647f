import { ErrorWindow } from '../error-window.ts'
import type { Issue } from '../issue.ts'
import type { Forecaster, SharedModel } from '../model.ts'
import { LEVELS } from '../quantiles.ts'

/** Days back that a load and a plant are repeated from: habits go by the week, weather by the day. */
const SEASON_DAYS = { load: 7, solar: 1 } as const

/** The same slot a week (load) or a day (solar) before; the day before while there is no week. */
export function seasonalPoint({ target, past, day, slotsPerDay }: Issue): Float64Array {
  const point = new Float64Array(slotsPerDay)
  for (let slot = 0; slot < slotsPerDay; slot++) {
    for (const back of [SEASON_DAYS[target], 1]) {
      const value = back <= day ? past[(day - back) * slotsPerDay + slot] : Number.NaN
      point[slot] = value
      if (!Number.isNaN(value)) break
    }
    if (Number.isNaN(point[slot])) point[slot] = 0
  }
  return point
}

/** A point forecast with the quantiles of its own late errors around it. */
export class PointWithErrors implements Forecaster {
  readonly #point: (issue: Issue) => Float64Array
  readonly #errors: ErrorWindow

  constructor(slots: number, point: (issue: Issue) => Float64Array) {
    this.#point = point
    this.#errors = new ErrorWindow(slots)
  }

  forecast(issue: Issue): Float64Array {
    const point = this.#point(issue)
    const result = new Float64Array(point.length * LEVELS.length)
    for (let slot = 0; slot < point.length; slot++) {
      const errors = this.#errors.quantiles(slot)
      for (let level = 0; level < LEVELS.length; level++)
        result[slot * LEVELS.length + level] = Math.max(0, point[slot] + (errors?.[level] ?? 0))
    }
    return result
  }

  observe(issue: Issue, _: Float64Array, actual: Float64Array): void {
    const point = this.#point(issue)
    this.#errors.add(point.map((value, slot) => actual[slot] - value))
  }
}

/** The baseline: what was, a season before, with the spread of what it missed so far. Learns nothing of others. */
export const seasonalNaive = (slots: number): SharedModel => ({
  name: 'seasonal-naive',
  add() {},
  async fit() {},
  forecaster: () => new PointWithErrors(slots, seasonalPoint),
})
