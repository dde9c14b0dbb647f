import { DailyCycles, DayClock } from './daily-cycles.ts'
import { type AgeingStep, KELVIN, type SamLife } from './life.ts'

/** Published parameters: time (q1, q2) and throughput (q3, q4). */
const Q1 = [3.4984e-5, -1.0704e9, 3.7839e6] as const
const Q2 = 0.6224
const Q3 = [-7.146e-4, 1.071e-13] as const
const Q4 = 0.5539

/**
 * SAM's LMO-LTO life: 100 − q1·t^q2 − q3·EFC^q4, as rates of the losses so far, updated at the end of
 * each day from its mean temperature and depth. Source: NREL, SAM Simulation Core (BSD-3-Clause).
 */
export class LmoLtoLife implements SamLife {
  readonly #cycles = new DailyCycles()
  readonly #clock = new DayClock()
  #kelvinDays = 0
  #efc = 0
  #timeLoss = 0
  #useLoss = 0

  step({ fromDepthPercent, toDepthPercent, turned, temperatureC, hours }: AgeingStep): void {
    this.#cycles.step(fromDepthPercent, toDepthPercent, turned)
    this.#clock.step(
      fromDepthPercent,
      toDepthPercent,
      hours,
      (days, depth) => {
        this.#efc += Math.abs(depth - fromDepthPercent) / 200
        this.#kelvinDays += (temperatureC + KELVIN) * days
      },
      () => this.#endDay(),
    )
  }

  capacityPercent(): number {
    return 100 - this.#timeLoss * 100 - this.#useLoss * 100
  }

  #endDay(): void {
    const kelvin = this.#kelvinDays
    const root = Math.sqrt(this.#cycles.meanSocFraction(this.#cycles.middlePercent))
    const q1 = Q1[0] * Math.exp((Q1[1] / kelvin ** 3) * root) * Math.exp((Q1[2] / kelvin ** 2) * root)
    this.#timeLoss += this.#timeLoss === 0 ? q1 : q1 * Q2 * (this.#timeLoss / q1) ** ((Q2 - 1) / Q2)
    const q3 = Q3[0] + Q3[1] * kelvin ** 4 * this.#cycles.spanFraction ** 0.25
    if (this.#efc > 0) {
      const perCycle =
        this.#useLoss === 0 ? q3 / this.#efc : q3 * Q4 * (this.#useLoss / q3) ** ((Q4 - 1) / Q4)
      // The fit is negative at hardly any depth.
      if (perCycle > 0) this.#useLoss += perCycle * this.#efc
    }
    this.#kelvinDays = 0
    this.#efc = 0
    this.#cycles.endDay()
  }
}
