import { ErrorWindow } from '../error-window.ts'
import { isWeekend } from '../features.ts'
import type { Issue } from '../issue.ts'
import type { Forecaster, SharedModel } from '../model.ts'
import { clearnessOf, PlantHistory } from '../plant.ts'
import { LEVELS } from '../quantiles.ts'
import { PointWithErrors } from './seasonal-naive.ts'

/** Days of the same kind that a load is the mean of. */
const ALIKE_DAYS = 10

/** Mean of the slot over the last ten working days, or the last ten days of weekends. */
export function alikePoint({ past, day, slotsPerDay, weekday }: Issue): Float64Array {
  const sums = new Float64Array(slotsPerDay)
  const counts = new Float64Array(slotsPerDay)
  let found = 0
  for (let back = 1; back <= day && found < ALIKE_DAYS; back++) {
    if (isWeekend(weekday[day - back]) !== isWeekend(weekday[day])) continue
    found++
    for (let slot = 0; slot < slotsPerDay; slot++) {
      const value = past[(day - back) * slotsPerDay + slot]
      if (Number.isNaN(value)) continue
      sums[slot] += value
      counts[slot]++
    }
  }
  return sums.map((sum, slot) => (counts[slot] === 0 ? 0 : sum / counts[slot]))
}

/**
 * The clear-sky index of the day before, half the slot's and half the day's, times the plant's clear sky of the day
 * ahead (H. T. C. Pedro, C. F. M. Coimbra, Solar Energy 86, 2017 (2012)); spread by late errors of the index.
 */
class ClearnessPersistence implements Forecaster {
  readonly #history: PlantHistory
  readonly #errors: ErrorWindow
  readonly #slots: number

  constructor(slots: number) {
    this.#slots = slots
    this.#history = new PlantHistory(slots)
    this.#errors = new ErrorWindow(slots)
  }

  #point(issue: Issue): Float64Array {
    const clear = this.#history.clear(issue)
    let sum = 0
    let weight = 0
    for (let slot = 0; slot < this.#slots; slot++) {
      const index = this.#history.at(issue.day - 1, slot)
      if (Number.isNaN(index)) continue
      sum += index * clear[slot]
      weight += clear[slot]
    }
    const dayIndex = weight > 0 ? sum / weight : 0.8
    return Float64Array.from(clear, (_, slot) => {
      const index = this.#history.at(issue.day - 1, slot)
      return Number.isNaN(index) ? dayIndex : (index + dayIndex) / 2
    })
  }

  forecast(issue: Issue): Float64Array {
    const clear = this.#history.clear(issue)
    const point = this.#point(issue)
    const result = new Float64Array(this.#slots * LEVELS.length)
    for (let slot = 0; slot < this.#slots; slot++) {
      if (clear[slot] === 0) continue
      const errors = this.#errors.quantiles(slot)
      for (let level = 0; level < LEVELS.length; level++)
        result[slot * LEVELS.length + level] = Math.max(0, point[slot] + (errors?.[level] ?? 0)) * clear[slot]
    }
    return result
  }

  observe(issue: Issue, _: Float64Array, actual: Float64Array): void {
    const clear = this.#history.clear(issue)
    const point = this.#point(issue)
    this.#errors.add(point.map((value, slot) => clearnessOf(actual[slot], clear[slot]) - value))
    this.#history.observe(issue, actual)
  }
}

/** Persistence with what is certain taken out: the sun's way for a plant, the kind of day for a load. */
export const smartPersistence = (slots: number, target: Issue['target']): SharedModel => ({
  name: 'smart-persistence',
  add() {},
  async fit() {},
  forecaster: () =>
    target === 'load' ? new PointWithErrors(slots, alikePoint) : new ClearnessPersistence(slots),
})
