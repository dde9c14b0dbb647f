import type { Issue } from '../issue.ts'
import { LEVELS, pinball } from '../quantiles.ts'

/** Losses of a day that is this many days back count half. */
const HALF_LIFE_DAYS = 28
const KEEP = 0.5 ** (1 / HALF_LIFE_DAYS)
/** Learning rate, in units of the models' mean daily loss: a model that is 10 % worse for ten days gets 1/e² less. */
const RATE = 2
/** Part of the weight that is shared out evenly each time, so that nobody is ever forgotten. */
const SHARED = 0.05

/**
 * Gradient-free combination of models at one home: each level is the mean of the models' quantiles there, weighted by
 * exp(−rate · loss), their pinball losses at that level and time of day so far, older ones counting less
 * (N. Cesa-Bianchi, G. Lugosi, "Prediction, Learning, and Games" (2006), ch. 2.11; fixed share: M. Herbster,
 * M. K. Warmuth, Machine Learning 32, 151 (1998)).
 */
export class Combination {
  readonly #models: number
  readonly #slots: number
  /** By part of the day, level, model. */
  readonly #losses: Float64Array
  static readonly PARTS = 6

  constructor(models: number, slots: number) {
    this.#models = models
    this.#slots = slots
    this.#losses = new Float64Array(Combination.PARTS * LEVELS.length * models)
  }

  #partOf(slot: number): number {
    return Math.floor((slot * Combination.PARTS) / this.#slots)
  }

  /** Weight of each model in a part of the day at a level; they sum to 1. */
  weights(part: number, level: number): Float64Array {
    const at = (part * LEVELS.length + level) * this.#models
    const losses = this.#losses.subarray(at, at + this.#models)
    const least = Math.min(...losses)
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / this.#models
    const weights = losses.map((loss) => (mean > 0 ? Math.exp((-RATE * 10 * (loss - least)) / mean) : 1))
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return weights.map((weight) => ((1 - SHARED) * weight) / sum + SHARED / this.#models)
  }

  /** @param said each model's quantiles of the day */
  combine(said: readonly Float64Array[]): Float64Array {
    const result = new Float64Array(this.#slots * LEVELS.length)
    for (let part = 0; part < Combination.PARTS; part++) {
      for (let level = 0; level < LEVELS.length; level++) {
        const weights = this.weights(part, level)
        for (let slot = 0; slot < this.#slots; slot++) {
          if (this.#partOf(slot) !== part) continue
          const at = slot * LEVELS.length + level
          for (let model = 0; model < this.#models; model++) result[at] += weights[model] * said[model][at]
        }
      }
    }
    return result
  }

  /** Learns from a day that is over. */
  observe({ slotsPerDay }: Issue, said: readonly Float64Array[], actual: Float64Array): void {
    for (let index = 0; index < this.#losses.length; index++) this.#losses[index] *= KEEP
    for (let slot = 0; slot < slotsPerDay; slot++) {
      if (Number.isNaN(actual[slot])) continue
      for (let level = 0; level < LEVELS.length; level++) {
        const at = (this.#partOf(slot) * LEVELS.length + level) * this.#models
        for (let model = 0; model < this.#models; model++)
          this.#losses[at + model] += pinball(
            LEVELS[level],
            said[model][slot * LEVELS.length + level],
            actual[slot],
          )
      }
    }
  }
}
