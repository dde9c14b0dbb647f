import { dayLoss, isScored } from './at-home.ts'
import type { Issue } from './issue.ts'
import { INTERVALS, LEVELS, MEDIAN } from './quantiles.ts'

/** What a model was wrong by at one home, by day counted from the first that is scored. */
export interface DayScores {
  /** Σ pinball loss, kWh. */
  readonly loss: Float64Array
  /** Σ |median − measured|, kWh. */
  readonly absolute: Float64Array
  /** Σ measured, kWh. */
  readonly energy: Float64Array
  /** Slots that count. */
  readonly slots: Float64Array
  /** Slots within the interval, by interval. */
  readonly within: readonly Float64Array[]
  /** Slots below each level's quantile; those equal to it (a zero that was said) count half. */
  readonly below: Float64Array
}

export const newScores = (days: number): DayScores => ({
  loss: new Float64Array(days),
  absolute: new Float64Array(days),
  energy: new Float64Array(days),
  slots: new Float64Array(days),
  within: INTERVALS.map(() => new Float64Array(days)),
  below: new Float64Array(LEVELS.length),
})

/** Adds a day's forecast to the scores at place `at`; missing slots and a plant's night do not count. */
export function scoreDay(
  scores: DayScores,
  at: number,
  issue: Issue,
  quantiles: Float64Array,
  actual: Float64Array,
): void {
  const scored = (slot: number) => isScored(issue, slot)
  scores.loss[at] += dayLoss(quantiles, actual, scored)
  for (let slot = 0; slot < actual.length; slot++) {
    if (Number.isNaN(actual[slot]) || !scored(slot)) continue
    const first = slot * LEVELS.length
    scores.absolute[at] += Math.abs(quantiles[first + MEDIAN] - actual[slot])
    scores.energy[at] += actual[slot]
    scores.slots[at]++
    INTERVALS.forEach(({ low, high }, index) => {
      if (actual[slot] >= quantiles[first + low] && actual[slot] <= quantiles[first + high])
        scores.within[index][at]++
    })
    for (let level = 0; level < LEVELS.length; level++)
      if (actual[slot] < quantiles[first + level]) scores.below[level]++
      else if (actual[slot] === quantiles[first + level]) scores.below[level] += 0.5
  }
}

export const total = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0)

/** Sums by day of several homes, each home's in units of its mean energy, so that all count alike. */
export function pooled(homes: readonly DayScores[], pick: (scores: DayScores) => Float64Array): Float64Array {
  const result = new Float64Array(homes[0].loss.length)
  for (const scores of homes) {
    const mean = total(scores.energy) / Math.max(1, total(scores.slots))
    if (!(mean > 0)) continue
    pick(scores).forEach((value, day) => (result[day] += value / mean))
  }
  return result
}

/** Sums by day of several homes as they are. */
export function summed(homes: readonly DayScores[], pick: (scores: DayScores) => Float64Array): Float64Array {
  const result = new Float64Array(homes[0].loss.length)
  for (const scores of homes) pick(scores).forEach((value, day) => (result[day] += value))
  return result
}
