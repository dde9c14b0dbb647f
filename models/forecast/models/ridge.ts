import { ErrorWindow } from '../error-window.ts'
import { type Features, LOAD_WIDTH, SOLAR_WIDTH } from '../features.ts'
import type { Issue, Target } from '../issue.ts'
import { dot, NormalEquations } from '../least-squares.ts'
import type { Forecaster, SharedModel } from '../model.ts'
import { PlantHistory } from '../plant.ts'
import { LEVELS, weightedQuantiles } from '../quantiles.ts'
import { featuresOf, fromUnits, inUnits, OWN_DAYS, TrainingHomes } from '../training.ts'

const LAMBDA = 0.01
/** Spread is never taken below this part of its mean. */
const LEAST_SPREAD = 0.25

/** Weights of one slot: of the middle, of the mean absolute error, and quantiles of errors over that. */
interface SlotWeights {
  readonly middle: Float64Array
  readonly spread: Float64Array
  readonly leastSpread: number
  readonly errors: readonly number[]
}

const spreadOf = (weights: SlotWeights, rows: Float64Array, at: number): number =>
  Math.max(weights.leastSpread, dot(rows, at, weights.spread))

/**
 * Ridge regression, slot by slot, on lags, late means, calendar and forecast weather, in units of the home, so that
 * what is learnt at some homes serves others. A second one gives the size of the error, and the quantiles of the errors
 * over their size make the forecast's (a location-scale model); a home's own late errors take over from the training
 * homes' as they come.
 */
class Ridge implements SharedModel {
  readonly name = 'ridge'
  readonly #slots: number
  readonly #target: Target
  readonly #width: number
  readonly #homes: TrainingHomes
  #weights: readonly (SlotWeights | null)[]

  constructor(slots: number, target: Target) {
    this.#slots = slots
    this.#target = target
    this.#width = target === 'load' ? LOAD_WIDTH : SOLAR_WIDTH
    this.#homes = new TrainingHomes(slots, target)
    this.#weights = Array.from({ length: slots }, () => null)
  }

  add(home: string, issue: Issue, actual: Float64Array): void {
    this.#homes.add(home, issue, actual)
  }

  async fit(): Promise<void> {
    this.#weights = Array.from({ length: this.#slots }, (_, slot) => this.#fitSlot(slot))
  }

  #fitSlot(slot: number): SlotWeights | null {
    const at = slot * this.#width
    const days = this.#homes.days.filter(({ values }) => !Number.isNaN(values[slot]))
    if (days.length < 3 * this.#width) return null
    const middle = new NormalEquations(this.#width)
    for (const { features, values } of days) middle.add(features.rows, at, values[slot])
    const weights = middle.solve(LAMBDA)
    const size = new NormalEquations(this.#width)
    let sum = 0
    const errors = days.map(({ features, values }) => {
      const error = values[slot] - dot(features.rows, at, weights)
      size.add(features.rows, at, Math.abs(error))
      sum += Math.abs(error)
      return error
    })
    const leastSpread = Math.max(1e-3, (LEAST_SPREAD * sum) / days.length)
    const result = { middle: weights, spread: size.solve(LAMBDA), leastSpread, errors: [] }
    const scaled = errors.map((error, index) => error / spreadOf(result, days[index].features.rows, at))
    return {
      ...result,
      errors: weightedQuantiles(
        scaled,
        scaled.map(() => 1),
      ),
    }
  }

  forecaster(): Forecaster {
    return new RidgeAtHome(this.#slots, this.#target, (slot) => this.#weights[slot])
  }
}

class RidgeAtHome implements Forecaster {
  readonly #slots: number
  readonly #target: Target
  readonly #weights: (slot: number) => SlotWeights | null
  readonly #own: ErrorWindow
  readonly #history: PlantHistory | null

  constructor(slots: number, target: Target, weights: (slot: number) => SlotWeights | null) {
    this.#slots = slots
    this.#target = target
    this.#weights = weights
    this.#own = new ErrorWindow(slots)
    this.#history = target === 'solar' ? new PlantHistory(slots) : null
  }

  /** What the last issue came to: it is asked for twice, to forecast and to learn. */
  #last: { issue: Issue; features: Features } | null = null

  #features(issue: Issue): Features {
    if (this.#last?.issue === issue) return this.#last.features
    const features = featuresOf(issue, this.#history)
    this.#last = { issue, features }
    return features
  }

  forecast(issue: Issue): Float64Array {
    const { rows, width, unitKwh } = this.#features(issue)
    const result = new Float64Array(this.#slots * LEVELS.length)
    for (let slot = 0; slot < this.#slots; slot++) {
      const weights = this.#weights(slot)
      const at = slot * width
      if (unitKwh[slot] <= 0) continue
      // Not trained on this slot: yesterday's, with the home's own errors alone.
      const middle = weights === null ? rows[at + 1] : dot(rows, at, weights.middle)
      const spread = weights === null ? 1 : spreadOf(weights, rows, at)
      const own = this.#own.quantiles(slot)
      const share = own === null ? 0 : weights === null ? 1 : this.#own.days / (this.#own.days + OWN_DAYS)
      for (let level = 0; level < LEVELS.length; level++) {
        const error = share * (own?.[level] ?? 0) + (1 - share) * (weights?.errors[level] ?? 0)
        result[slot * LEVELS.length + level] = fromUnits(this.#target, middle + spread * error, unitKwh[slot])
      }
    }
    return result
  }

  observe(issue: Issue, _: Float64Array, actual: Float64Array): void {
    const { rows, width, unitKwh } = this.#features(issue)
    const errors = new Float64Array(this.#slots)
    for (let slot = 0; slot < this.#slots; slot++) {
      const weights = this.#weights(slot)
      const at = slot * width
      const value = inUnits(this.#target, actual[slot], unitKwh[slot])
      const middle = weights === null ? rows[at + 1] : dot(rows, at, weights.middle)
      errors[slot] = (value - middle) / (weights === null ? 1 : spreadOf(weights, rows, at))
    }
    this.#own.add(errors)
    this.#history?.observe(issue, actual)
  }
}

export const ridge = (slots: number, target: Target): SharedModel => new Ridge(slots, target)
