import { INTERVALS, LEVELS, MEDIAN, uncross } from './quantiles.ts'

/** Step of the adaptation: share of the width by which a miss widens an interval. */
const GAIN = 0.1
const LEAST_FACTOR = 0.2
const MOST_FACTOR = 20

/**
 * Adaptive conformal calibration of the 80 % and 95 % intervals, for each slot of the day: the two halves of an
 * interval are stretched about the median by a factor that grows with every miss and shrinks with every hit, so
 * that in the long run the share of misses is α whatever the data do:
 * log k ← log k + γ (miss − α) (I. Gibbs, E. Candès, NeurIPS 2021; as a quantile tracker: A. N. Angelopoulos,
 * E. Candès, R. J. Tibshirani, NeurIPS 2023). What a slot learns, those next to it learn in part. One factor serves both
 * ends: where the lower is zero and cannot be missed, the upper takes all of α.
 */
export class Calibration {
  readonly #slots: number
  readonly #reach: number
  /** By interval and slot. */
  readonly #logFactor: Float64Array

  constructor(slots: number) {
    this.#slots = slots
    this.#reach = Math.max(1, Math.round(slots / 24))
    this.#logFactor = new Float64Array(INTERVALS.length * slots)
  }

  /** Calibrated copy of a day's quantiles, within [0, most], without crossing. */
  apply(quantiles: Float64Array, most: Float64Array | null = null): Float64Array {
    const result = quantiles.slice()
    for (let slot = 0; slot < this.#slots; slot++) {
      const at = slot * LEVELS.length
      uncross(result, at, 0, most === null ? Infinity : most[slot])
      const median = result[at + MEDIAN]
      const [outer, inner] = INTERVALS.map((_, index) =>
        Math.exp(this.#logFactor[index * this.#slots + slot]),
      )
      for (let level = 0; level < LEVELS.length; level++) {
        const isOuter = level === 0 || level === LEVELS.length - 1
        const factor = isOuter ? outer : inner
        result[at + level] = median + factor * (result[at + level] - median)
      }
      uncross(result, at, 0, most === null ? Infinity : most[slot])
    }
    return result
  }

  /**
   * Learns from a day.
   * @param said what `apply` gave
   * @param scored slots that count; others (night of a plant) teach nothing
   */
  observe(said: Float64Array, actual: Float64Array, scored: (slot: number) => boolean): void {
    for (let slot = 0; slot < this.#slots; slot++) {
      if (Number.isNaN(actual[slot]) || !scored(slot)) continue
      INTERVALS.forEach(({ coverage, low, high }, index) => {
        const at = slot * LEVELS.length
        const miss = actual[slot] < said[at + low] || actual[slot] > said[at + high] ? 1 : 0
        for (let near = slot - this.#reach; near <= slot + this.#reach; near++) {
          if (near < 0 || near >= this.#slots) continue
          const place = index * this.#slots + near
          const step = (near === slot ? GAIN : GAIN / 2) * (miss - (1 - coverage))
          const next = this.#logFactor[place] + step / Math.sqrt(1 - coverage)
          this.#logFactor[place] = Math.min(Math.log(MOST_FACTOR), Math.max(Math.log(LEAST_FACTOR), next))
        }
      })
    }
  }
}
