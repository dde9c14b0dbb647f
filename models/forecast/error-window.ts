import { LEVELS } from './quantiles.ts'

/** Days that errors are kept, and after which they count half. */
const KEPT_DAYS = 84
const HALF_LIFE_DAYS = 21
/** A slot's own errors count most, those of the slots around it less. */
const NEIGHBOR_WEIGHT = 0.5
const WEIGHT_OF_AGE = Float64Array.from({ length: KEPT_DAYS }, (_, age) => 0.5 ** (age / HALF_LIFE_DAYS))

/** Errors of one slot and its neighbors in order of size, each with its day and weight. */
class SortedErrors {
  readonly #values: Float64Array
  readonly #days: Int32Array
  readonly #weights: Float64Array
  count = 0

  constructor(most: number) {
    this.#values = new Float64Array(most)
    this.#days = new Int32Array(most)
    this.#weights = new Float64Array(most)
  }

  insert(value: number, day: number, weight: number): void {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#values[middle] < value) low = middle + 1
      else high = middle
    }
    for (const column of [this.#values, this.#days, this.#weights])
      column.copyWithin(low + 1, low, this.count)
    this.#values[low] = value
    this.#days[low] = day
    this.#weights[low] = weight
    this.count++
  }

  /** Drops what is from before a day. */
  dropBefore(day: number): void {
    let kept = 0
    for (let at = 0; at < this.count; at++) {
      if (this.#days[at] < day) continue
      this.#values[kept] = this.#values[at]
      this.#days[kept] = this.#days[at]
      this.#weights[kept] = this.#weights[at]
      kept++
    }
    this.count = kept
  }

  /** As `weightedQuantiles`, without sorting: an error's weight falls with its age on `today`. */
  quantiles(today: number): Float64Array {
    const result = new Float64Array(LEVELS.length)
    let total = 0
    for (let at = 0; at < this.count; at++)
      total += this.#weights[at] * WEIGHT_OF_AGE[today - 1 - this.#days[at]]
    let level = 0
    let before = 0
    let lastMid = 0
    let lastValue = this.#values[0]
    for (let at = 0; at < this.count && level < LEVELS.length; at++) {
      const weight = this.#weights[at] * WEIGHT_OF_AGE[today - 1 - this.#days[at]]
      const mid = (before + weight / 2) / total
      for (; level < LEVELS.length && LEVELS[level] <= mid; level++)
        result[level] =
          lastValue + ((LEVELS[level] - lastMid) / (mid - lastMid)) * (this.#values[at] - lastValue)
      before += weight
      lastMid = mid
      lastValue = this.#values[at]
    }
    result.fill(lastValue, level)
    return result
  }
}

/**
 * A model's own late errors at one home, slot by slot, and their quantiles: recent days count more
 * (R. F. Barber et al., "Conformal prediction beyond exchangeability", Ann. Stat. 51, 816 (2023)).
 */
export class ErrorWindow {
  readonly #reach: number
  readonly #sorted: readonly SortedErrors[]
  #days = 0

  constructor(slots: number) {
    this.#reach = Math.max(1, Math.round(slots / 24))
    const most = (KEPT_DAYS + 1) * (2 * this.#reach + 1)
    this.#sorted = Array.from({ length: slots }, () => new SortedErrors(most))
  }

  /** Days seen so far. */
  get days(): number {
    return this.#days
  }

  /** Takes the errors of a day in; NaN is left out. */
  add(errors: Float64Array): void {
    const slots = this.#sorted.length
    for (const sorted of this.#sorted) sorted.dropBefore(this.#days + 1 - KEPT_DAYS)
    for (let slot = 0; slot < slots; slot++) {
      if (!Number.isFinite(errors[slot])) continue
      const first = Math.max(0, slot - this.#reach)
      const last = Math.min(slots - 1, slot + this.#reach)
      for (let near = first; near <= last; near++)
        this.#sorted[near].insert(errors[slot], this.#days, near === slot ? 1 : NEIGHBOR_WEIGHT)
    }
    this.#days++
  }

  /** Quantiles of the errors at a slot, at `LEVELS`; null while there are fewer than `least`. */
  quantiles(slot: number, least = 5): Float64Array | null {
    const sorted = this.#sorted[slot]
    return sorted.count < least ? null : sorted.quantiles(this.#days)
  }
}
