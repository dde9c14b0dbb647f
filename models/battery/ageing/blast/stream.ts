import type { Ageing } from '../ageing.ts'
import type { BlastCell } from './cell.ts'
import { stressorsOf } from './stressors.ts'

/** A day's samples at most, at steps of a minute; a longer buffer is never needed. */
const MOST_SAMPLES = 1441

/**
 * A BLAST cell fed step by step: each day's charge and temperature wear it at the day's end. Unlike the
 * published driver, days share their end samples and rates are means over time, so that no step is lost
 * and the fade does not depend on the length of a step.
 */
export class BlastAgeing implements Ageing {
  readonly #cell: BlastCell
  readonly #state: Float64Array
  readonly #seconds = new Float64Array(MOST_SAMPLES)
  readonly #soc = new Float64Array(MOST_SAMPLES)
  readonly #temperature = new Float64Array(MOST_SAMPLES)
  #samples = 0
  #health = 1
  /** Days on which the fitted equations gave no number, and nothing was taken off. */
  outsideDays = 0

  constructor(cell: BlastCell) {
    this.#cell = cell
    this.#state = Float64Array.from(cell.start)
  }

  get healthFraction(): number {
    return Math.max(0, Math.min(1, this.#health))
  }

  step(fromSocFraction: number, toSocFraction: number, temperatureC: number, hours: number): void {
    if (this.#samples === 0) this.#sample(0, fromSocFraction, temperatureC)
    const seconds = this.#seconds[this.#samples - 1] + hours * 3600
    this.#sample(seconds, toSocFraction, temperatureC)
    if (seconds > 86_400 - 1 || this.#samples === MOST_SAMPLES) this.#endDay()
  }

  #sample(seconds: number, socFraction: number, temperatureC: number): void {
    this.#seconds[this.#samples] = seconds
    this.#soc[this.#samples] = socFraction
    this.#temperature[this.#samples] = temperatureC
    this.#samples++
  }

  #endDay(): void {
    const last = this.#samples - 1
    const window = {
      seconds: this.#seconds.subarray(0, last + 1),
      socFraction: this.#soc.subarray(0, last + 1),
      temperatureC: this.#temperature.subarray(0, last + 1),
    }
    const before = Float64Array.from(this.#state)
    this.#cell.advance(this.#cell.parameters, stressorsOf(window, this.#health, false), this.#state, 1)
    const health = this.#cell.health(this.#state)
    if (Number.isFinite(health)) this.#health = health
    else {
      this.#state.set(before)
      this.outsideDays++
    }
    this.#samples = 0
    this.#sample(0, this.#soc[last], this.#temperature[last])
  }
}
