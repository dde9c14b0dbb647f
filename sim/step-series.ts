import type { Splitter } from '../data/disaggregate.ts'
import { MOST_INTERVALS } from './flow-block.ts'

/**
 * A home's energy on the settlement axis, whole milliwatt-hours per interval. A series whose source has longer intervals is
 * split as it is needed: a large neighborhood keeps the hours of its homes and no year of short intervals. What is read must
 * be brought to hand: `seek`, then `values[at - first]`.
 */
export class StepSeries {
  /** Interval of the axis that `values` begin with. */
  first = 0
  readonly values: Int32Array
  readonly #source: SplitSource | null
  #splitter: Splitter | null = null
  /** Intervals from `first` on that `values` hold. */
  #filled = 0

  private constructor(values: Int32Array, source: SplitSource | null) {
    this.values = values
    this.#source = source
  }

  /** A series that is in memory as it is. */
  static of(values: Int32Array): StepSeries {
    return new StepSeries(values, null)
  }

  static split(source: SplitSource): StepSeries {
    const { factor } = source
    // So many whole intervals of the source that a block fits in wherever it begins.
    const intervals = Math.ceil((MOST_INTERVALS + factor - 1) / factor)
    return new StepSeries(new Int32Array(intervals * factor), source)
  }

  /** Is it kept whole, whoever asks? */
  get isWhole(): boolean {
    return this.#source === null
  }

  /** Brings `count` intervals from `at` on to hand; at most a block of the engine. Quick where they follow the last ones. */
  seek(at: number, count: number): void {
    if (this.#source !== null && (at < this.first || at + count > this.first + this.#filled))
      this.#fill(this.#source, at, at + count)
  }

  #fill(source: SplitSource, at: number, end: number): void {
    const { factor } = source
    let splitter = this.#splitter
    if (splitter === null || at < this.first) {
      // From the source's beginning: every draw follows from those before it.
      splitter = this.#splitter = source.open()
      this.first = -source.first * factor
      this.#filled = 0
    }
    const { values } = this
    while (this.first + this.#filled < end) {
      // What lies before the interval of the source that `at` is in makes room.
      const past = Math.min(this.#filled, Math.floor((at - this.first) / factor) * factor)
      if (past > 0) {
        values.copyWithin(0, past, this.#filled)
        this.first += past
        this.#filled -= past
      }
      splitter.next(values, this.#filled)
      this.#filled += factor
    }
  }

  /** All intervals; made anew for each who asks where it is not kept. */
  whole(): Int32Array {
    const source = this.#source
    if (source === null) return this.values
    const { first, count, factor } = source
    const splitter = source.open()
    const steps = new Int32Array(count * factor)
    const before = new Int32Array(factor)
    for (let interval = 0; interval < first; interval++) splitter.next(before, 0)
    for (let to = 0; to < steps.length; to += factor) splitter.next(steps, to)
    return steps
  }

  /** Adds the energy of all intervals to `sums`, that of one of the source's to the first that it covers. */
  addTo(sums: Float64Array): void {
    const source = this.#source
    if (source === null) {
      for (let at = 0; at < sums.length; at++) sums[at] += this.values[at]
      return
    }
    const { first, count, factor } = source
    const splitter = source.open()
    for (let interval = 0; interval < count; interval++)
      sums[interval * factor] += splitter.total(first + interval)
  }

  /** Intervals of the axis in one of the source's. */
  get factor(): number {
    return this.#source?.factor ?? 1
  }
}

/** Intervals that are to be split. */
export interface SplitSource {
  /** Steps of each. */
  readonly factor: number
  /** Which of them the axis begins with, and how many it covers. */
  readonly first: number
  readonly count: number
  /** Begins at the first of them. */
  readonly open: () => Splitter
}
