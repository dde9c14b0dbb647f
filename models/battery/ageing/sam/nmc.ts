import { DailyCycles, DayClock } from './daily-cycles.ts'
import { type AgeingStep, FARADAY, GAS_CONSTANT, KELVIN, REFERENCE_KELVIN, type SamLife } from './life.ts'

/** Published parameters, Kokam 75 Ah NMC-graphite. */
const P = {
  anodeVolt: 0.08,
  cellVolt: 3.7,
  d0: 75.075,
  d0Energy1: 4126,
  d0Energy2: 9_752_000,
  ampereHours: 75,
  b0: 1.07,
  b1: 0.0035,
  b1Energy: 35_392,
  b1Alpha: -1,
  b1Beta: 2.157,
  b1Gamma: 2.472,
  b2: 0.00001541,
  b2Energy: -42_800,
  b3: 0.02805,
  b3Energy: 42_800,
  b3Alpha: 0.0066,
  b3Days: 5,
  b3Theta: 0.135,
  c0: 75.675,
  c0Energy: 2224,
  c2: 5.226e-5,
  c2Energy: -48_260,
  c2Beta: 4.54,
} as const

/** Open-circuit and anode voltages at states of charge 0, 0.1, … 1. */
const OPEN_CIRCUIT_VOLT = [3, 3.4679, 3.5394, 3.595, 3.6453, 3.6876, 3.7469, 3.84, 3.9521, 4.0668, 4.193]
const ANODE_VOLT = [1.2868, 0.242, 0.1818, 0.1488, 0.1297, 0.123, 0.1181, 0.1061, 0.0925, 0.0876, 0.0859]

function volt(table: readonly number[], socFraction: number): number {
  const soc = Math.min(1, Math.max(0, socFraction))
  const low = Math.floor(soc * 10)
  if (low + 1 >= table.length) return table[table.length - 1]
  return table[low] + ((table[low + 1] - table[low]) / 0.1) * (soc - low / 10)
}

const arrhenius = (energyJoulePerMole: number, kelvin: number): number =>
  Math.exp(-(energyJoulePerMole / GAS_CONSTANT) * (1 / kelvin - 1 / REFERENCE_KELVIN))

/** Shift of a rate by a potential against its reference. */
const tafel = (alpha: number, potential: number, reference: number, kelvin: number): number =>
  Math.exp(((alpha * FARADAY) / GAS_CONSTANT) * (potential / kelvin - reference / REFERENCE_KELVIN))

/**
 * SAM's NMC-graphite life: what is left of lithium (time, cycles, break-in) or of negative sites (deep
 * cycles), whichever is less; updated at the end of each day. Capacity moves with temperature and may
 * come back with it. Source: Smith et al., ACC 2017, doi:10.23919/ACC.2017.7963578; NREL, SAM Simulation
 * Core (BSD-3-Clause).
 */
export class NmcLife implements SamLife {
  readonly #cycles = new DailyCycles()
  readonly #clock = new DayClock()
  #ageDays = 0
  /** Sums over the day, the temperature among them. */
  #kelvinDays = 0
  #b1 = 0
  #b2 = 0
  #b3 = 0
  #c0 = 0
  #c2 = 0
  #lithium1 = 0
  #lithium2 = 0
  #lithium3 = 0
  #negative = 0
  #percent = 100

  step({ fromDepthPercent, toDepthPercent, turned, temperatureC, hours }: AgeingStep): void {
    const kelvin = temperatureC + KELVIN
    this.#cycles.step(fromDepthPercent, toDepthPercent, turned)
    this.#clock.step(
      fromDepthPercent,
      toDepthPercent,
      hours,
      (days, depth) => this.#rates(days, depth, kelvin),
      () => this.#endDay(),
    )
  }

  capacityPercent(): number {
    return this.#percent
  }

  #rates(days: number, depthPercent: number, kelvin: number): void {
    const soc = this.#cycles.meanSocFraction(depthPercent)
    this.#ageDays += days
    this.#kelvinDays += kelvin * days
    this.#b1 += P.b1 * arrhenius(P.b1Energy, kelvin) * days
    this.#b2 += P.b2 * arrhenius(P.b2Energy, kelvin) * days
    this.#b3 +=
      P.b3 *
      arrhenius(P.b3Energy, kelvin) *
      tafel(P.b3Alpha, volt(OPEN_CIRCUIT_VOLT, soc), P.cellVolt, kelvin) *
      (1 + P.b3Theta * this.#cycles.rangeFraction) *
      days
    this.#c2 += P.c2 * arrhenius(P.c2Energy, kelvin) * days
    this.#c0 += P.c0 * arrhenius(P.c0Energy, kelvin) * days
  }

  #endDay(): void {
    const kelvin = this.#kelvinDays
    const colder = 1 / kelvin - 1 / REFERENCE_KELVIN
    const d0 =
      P.d0 * Math.exp(-(P.d0Energy1 / GAS_CONSTANT) * colder - (P.d0Energy2 / GAS_CONSTANT) * colder ** 2)
    const range = this.#cycles.rangeFraction
    // On a day without a cycle SAM hands the range, a fraction, where a depth in per cent is meant.
    const soc = this.#cycles.meanSocFraction(range)
    const b1 =
      this.#b1 *
      tafel(P.b1Alpha, volt(ANODE_VOLT, soc), P.anodeVolt, kelvin) *
      Math.exp(P.b1Gamma * range ** P.b1Beta)
    this.#lithium1 += this.#lithium1 === 0 ? b1 / Math.sqrt(this.#ageDays) : (0.5 * b1 ** 2) / this.#lithium1
    // SAM weighs the cycles by temperature twice: over the day, and by its mean.
    this.#lithium2 += this.#b2 * arrhenius(P.b2Energy, kelvin) * this.#cycles.norm(1)
    this.#lithium3 += Math.max(0, this.#b3 - this.#lithium3) / P.b3Days
    const lithium = (d0 / P.ampereHours) * 100 * (P.b0 - this.#lithium1 - this.#lithium2 - this.#lithium3)
    if (this.#negative < P.c0) {
      this.#negative += (this.#c2 * this.#cycles.norm(P.c2Beta / 2) * P.c0) / (P.c0 - this.#negative)
    }
    const sites = (this.#c0 / P.ampereHours) * (1 - this.#negative) * 100
    this.#percent = Math.min(lithium, sites)
    this.#kelvinDays = 0
    this.#b1 = 0
    this.#b2 = 0
    this.#b3 = 0
    this.#c0 = 0
    this.#c2 = 0
    this.#cycles.endDay()
  }
}
