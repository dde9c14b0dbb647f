import type { Ageing } from '../ageing.ts'
import type { SamLife } from './life.ts'

/** A SAM life model fed by state of charge; a turn is where charging follows discharging, or the other way. */
export class SamAgeing implements Ageing {
  readonly #life: SamLife
  #direction: -1 | 1 = 1
  readonly outsideDays = 0

  constructor(life: SamLife) {
    this.#life = life
  }

  get healthFraction(): number {
    return Math.max(0, Math.min(1, this.#life.capacityPercent() / 100))
  }

  step(fromSocFraction: number, toSocFraction: number, temperatureC: number, hours: number): void {
    const direction = Math.sign(fromSocFraction - toSocFraction)
    const turned = direction !== 0 && direction !== this.#direction
    if (turned) this.#direction = direction as -1 | 1
    this.#life.step({
      fromDepthPercent: 100 * (1 - fromSocFraction),
      toDepthPercent: 100 * (1 - toSocFraction),
      turned,
      temperatureC,
      hours,
    })
  }
}
