import { SamCycleCounter } from './cycle-counter.ts'

/** Cycles and range of the day at hand, for the models that age by whole days. Depths in %. */
export class DailyCycles {
  readonly #counter = new SamCycleCounter()
  #low = -1
  #high = -1
  readonly ranges: number[] = []
  readonly #deepest: number[] = []

  step(fromDepthPercent: number, toDepthPercent: number, turned: boolean): void {
    const from = within(fromDepthPercent)
    const to = within(toDepthPercent)
    const first = this.#low < 0
    this.#high = first ? Math.max(from, to) : Math.max(this.#high, to)
    this.#low = first ? Math.min(from, to) : Math.min(this.#low, to)
    if (!turned) return
    for (const { rangePercent, deepestPercent } of this.#counter.turn(from)) {
      this.ranges.push(rangePercent)
      this.#deepest.push(deepestPercent)
    }
  }

  endDay(): void {
    this.#low = -1
    this.#high = -1
    this.ranges.length = 0
    this.#deepest.length = 0
  }

  /** Highest less lowest depth of the day, fraction. */
  get spanFraction(): number {
    return (this.#high - this.#low) / 100
  }

  get middlePercent(): number {
    return (this.#high + this.#low) / 2
  }

  /** The same, or the greatest cycle that closed. */
  get rangeFraction(): number {
    return Math.max(this.spanFraction, ...this.ranges.map((range) => range / 100))
  }

  /** Root of the sum of squares of the closed cycles' ranges, each to a power; fractions. */
  norm(power: number): number {
    return Math.sqrt(this.ranges.reduce((sum, range) => sum + (range / 100) ** (2 * power), 0))
  }

  /** Mean state of charge of the day's cycles; before one has closed, that of a depth. */
  meanSocFraction(depthPercent: number): number {
    if (this.ranges.length === 0) return 1 - depthPercent / 100
    let sum = 0
    for (const [at, range] of this.ranges.entries()) sum += 1 - (2 * this.#deepest[at] - range) / 200
    return sum / this.ranges.length
  }
}

const within = (percent: number): number => Math.max(0, Math.min(100, percent))

/**
 * Cuts steps at the ends of days of 24 hours: `part` gets every piece with its length in days and the
 * depth at its end, `endDay` follows each whole day.
 */
export class DayClock {
  #days = 0

  step(
    fromDepthPercent: number,
    toDepthPercent: number,
    hours: number,
    part: (days: number, toDepthPercent: number) => void,
    endDay: () => void,
  ): void {
    let days = hours / 24
    if (this.#days + days > 1 + 1e-7) {
      const rest = 1 - this.#days
      part(rest, ((toDepthPercent - fromDepthPercent) / days) * rest + fromDepthPercent)
      endDay()
      days -= rest
      this.#days = 0
    }
    part(days, toDepthPercent)
    this.#days += days
    if (Math.abs(this.#days - 1) < 1e-7) {
      endDay()
      this.#days = 0
    }
  }
}
