import { type Curve, onCurve } from './interpolate.ts'
import type { SamLife } from './life.ts'

/** What SAM's stateful battery is made of, as far as its charge and temperature depend on it. */
export interface SamPack {
  /** Charge when new, Ah. */
  readonly ampereHours: number
  readonly minSocPercent: number
  readonly maxSocPercent: number
  readonly initialSocPercent: number
  /** Of the cell, as SAM takes it for the heat of the pack's current, Ω. */
  readonly resistanceOhm: number
  readonly massKg: number
  readonly surfaceM2: number
  /** Specific heat, J/(kg K), and heat transfer, W/(m² K). */
  readonly heatCapacity: number
  readonly heatTransfer: number
  /** Capacity by temperature: °C, %; null where the life model has the temperature in it. */
  readonly capacityByTemperature: Curve | null
}

/** Charge by which a limit may be passed, Ah, and current that counts as none, A. */
const TOLERANCE = 0.002

/**
 * SAM's lithium-ion pack under a given current: charge, its limits, temperature, and a life model whose
 * capacity feeds back. Serves the comparison with SAM; a run of the workbench keeps energy instead.
 */
export class SamBattery {
  readonly #pack: SamPack
  readonly #life: SamLife
  readonly #hours: number
  #charge: number
  #lifetimeMax: number
  #thermalMax: number
  #soc: number
  /** At the start of the step, with the capacity of its temperature. */
  #socBefore: number
  #direction: -1 | 1 = 1
  #temperatureEnd: number

  /** @param stepHours length of every step */
  constructor(pack: SamPack, life: SamLife, roomC: number, stepHours: number) {
    this.#pack = pack
    this.#life = life
    this.#hours = stepHours
    this.#charge = (pack.initialSocPercent / 100) * pack.ampereHours
    this.#lifetimeMax = pack.ampereHours
    this.#thermalMax = pack.ampereHours
    this.#soc = pack.initialSocPercent
    this.#socBefore = this.#soc
    this.#temperatureEnd = roomC
  }

  get socPercent(): number {
    return this.#soc
  }

  /** One step at a current, A; above zero discharges. */
  step(currentA: number, roomC: number): void {
    const start = { charge: this.#charge, thermalMax: this.#thermalMax, soc: this.#soc }
    let current = currentA
    let temperatureC = roomC
    let temperatureEnd = this.#temperatureEnd
    // A limit of charge lowers the current, which lowers the temperature, which moves the limit.
    for (let pass = 0; pass < 5; pass++) {
      this.#charge = start.charge
      this.#thermalMax = start.thermalMax
      this.#soc = start.soc
      const asked = current
      ;({ temperatureC, temperatureEnd } = this.#heat(asked, roomC))
      current = this.#move(asked, temperatureC)
      if (Math.abs(current - asked) <= TOLERANCE * Math.abs(asked)) break
    }
    this.#temperatureEnd = temperatureEnd
    const direction = Math.sign(current)
    const turned = direction !== 0 && direction !== this.#direction
    if (turned) this.#direction = direction as -1 | 1
    this.#life.step({
      fromDepthPercent: 100 - this.#socBefore,
      toDepthPercent: 100 - this.#soc,
      turned,
      temperatureC,
      hours: this.#hours,
    })
    this.#lifetimeMax = this.#pack.ampereHours * Math.max(0, this.#life.capacityPercent() / 100)
    this.#charge = Math.min(this.#charge, this.#lifetimeMax)
    this.#updateSoc()
  }

  /** Mean temperature of the step, and that at its end, °C. */
  #heat(current: number, roomC: number): { temperatureC: number; temperatureEnd: number } {
    const { resistanceOhm, surfaceM2, heatTransfer, massKg, heatCapacity } = this.#pack
    const transfer = surfaceM2 * heatTransfer
    const inertia = massKg * heatCapacity
    const seconds = this.#hours * 3600
    const steady = (current * current * resistanceOhm) / transfer + roomC
    const left = Math.exp((-transfer * seconds) / inertia)
    const off = this.#temperatureEnd - steady
    return {
      temperatureC: off * (inertia / transfer / seconds) * (1 - left) + steady,
      temperatureEnd: off * left + steady,
    }
  }

  /** Moves the charge within its limits; returns the current that flowed. */
  #move(asked: number, temperatureC: number): number {
    const { minSocPercent, maxSocPercent, capacityByTemperature } = this.#pack
    if (Math.abs(asked) > TOLERANCE) {
      const percent = capacityByTemperature === null ? 100 : onCurve(capacityByTemperature, temperatureC)
      this.#thermalMax = this.#lifetimeMax * (percent >= 0 && percent <= 100 ? percent / 100 : 1)
      this.#charge = Math.min(this.#charge, this.#thermalMax)
      this.#updateSoc()
    }
    this.#socBefore = this.#soc
    let current = asked
    this.#charge -= current * this.#hours
    const most = Math.min(this.#lifetimeMax, this.#thermalMax)
    const high = (most * maxSocPercent) / 100
    const low = (most * minSocPercent) / 100
    if (this.#charge > high + TOLERANCE) {
      // A pack at rest may stand above its limit as its capacity fades: charge is not thrown away.
      if (current < -TOLERANCE) {
        current = Math.min(0, current + (this.#charge - high) / this.#hours)
        this.#charge = high
      }
    } else if (this.#charge < low - TOLERANCE && current > TOLERANCE) {
      current = Math.max(0, current + (this.#charge - low) / this.#hours)
      this.#charge = low
    }
    this.#updateSoc()
    return current
  }

  #updateSoc(): void {
    const most = Math.min(this.#lifetimeMax, this.#thermalMax)
    this.#charge = Math.min(this.#charge, most)
    this.#soc = most > 0 ? Math.max(0, Math.min(100, (100 * this.#charge) / most)) : 0
  }
}
