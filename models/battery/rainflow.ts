/** One counted cycle of a series. */
export interface RainflowCycle {
  /** Difference of the two turning points, >= 0, in the series' unit. */
  readonly range: number
  readonly mean: number
  /** 1 for a closed cycle, 0.5 for a half that nothing closed. */
  readonly count: 1 | 0.5
  /** Positions of the two turning points in the series. */
  readonly start: number
  readonly end: number
}

/**
 * Rainflow counting, ASTM E1049-85 section 5.4.4, fed one value at a time: only the turning points that
 * are still open are kept, so that years of steps need no series. First and last value count as turning
 * points; a plateau turns at its last value. Cycles are handed over in the order in which they close.
 */
export class RainflowCounter {
  readonly #onCycle: (cycle: RainflowCycle) => void
  readonly #values: number[] = []
  readonly #positions: number[] = []
  #last = 0
  #slope = 0
  #count = 0

  constructor(onCycle: (cycle: RainflowCycle) => void) {
    this.#onCycle = onCycle
  }

  /** The next value. */
  push(value: number): void {
    const position = this.#count++
    if (position === 0) this.#last = value
    if (position === 1) this.#turn(this.#last, 0)
    if (position > 0 && (position === 1 || value !== this.#last)) {
      const slope = value - this.#last
      if (position > 1 && this.#slope * slope < 0) this.#turn(this.#last, position - 1)
      this.#slope = slope
      this.#last = value
    }
  }

  /** The series is over: its last value turns, and what is open counts as halves. */
  finish(): void {
    // As the published counter has it: two values are no series.
    if (this.#count > 2) this.#turn(this.#last, this.#count - 1)
    while (this.#values.length > 1) this.#close(0, 0.5, 1)
  }

  #turn(value: number, position: number): void {
    const values = this.#values
    values.push(value)
    this.#positions.push(position)
    while (values.length >= 3) {
      const top = values.length - 1
      const newest = Math.abs(values[top] - values[top - 1])
      const before = Math.abs(values[top - 1] - values[top - 2])
      if (newest < before) return
      // The range before holds the start of what is open: a half, of which only the start goes.
      if (top === 2) this.#close(0, 0.5, 1)
      else this.#close(top - 2, 1, 2)
    }
  }

  /** Counts the range from `at` to the next turning point, and forgets `remove` of them. */
  #close(at: number, count: 1 | 0.5, remove: 1 | 2): void {
    const from = this.#values[at]
    const to = this.#values[at + 1]
    this.#onCycle({
      range: Math.abs(from - to),
      mean: 0.5 * (from + to),
      count,
      start: this.#positions[at],
      end: this.#positions[at + 1],
    })
    this.#values.splice(at, remove)
    this.#positions.splice(at, remove)
  }
}

/** Every cycle of a whole series, in the order of closing. */
export function rainflow(series: ArrayLike<number>): RainflowCycle[] {
  const cycles: RainflowCycle[] = []
  const counter = new RainflowCounter((cycle) => cycles.push(cycle))
  for (let at = 0; at < series.length; at++) counter.push(series[at])
  counter.finish()
  return cycles
}
