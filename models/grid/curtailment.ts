import type { LimitWatch } from './limits.ts'
import type { PowerFlow } from './power-flow.ts'

/**
 * Who is cut when the feeder cannot take all that homes feed in; homes in the order in which they were connected.
 * `pro-rata`: everyone by the same fraction. `last-in-first-out`: the last connected first, as far as needed.
 * `block-trades`: homes are let in one after the other, each with all or nothing of its export.
 */
export const CURTAILMENT_RULES = ['pro-rata', 'last-in-first-out', 'block-trades'] as const
export type CurtailmentRule = (typeof CURTAILMENT_RULES)[number]

/** Halvings of the interval in which the greatest feed-in lies. */
const HALVINGS = 24

/** Loads of the homes of a feeder at their buses. */
export interface HomePower {
  /** By home: its bus. */
  readonly bus: Int32Array
  /** By home: what it would draw net of its export, whole milliwatt-hours of the interval (< 0 feeds in). */
  readonly netMilliWh: Float64Array
  /** Part of the feed-in that may be cut (solar), whole milliwatt-hours. */
  readonly exportMilliWh: Int32Array
  /** Reactive load, kvar. */
  readonly kvar: Float64Array
  /** kW of one milliwatt-hour in an interval. */
  readonly kwPerMilliWh: number
}

/** Finds how much of the homes' exports a feeder takes; the power flow is left in the state that remains. */
export class Curtailment {
  readonly #flow: PowerFlow
  readonly #watch: LimitWatch
  readonly #rule: CurtailmentRule
  readonly #kw: Float64Array
  readonly #kvar: Float64Array
  /** By home: export that is let in, whole milliwatt-hours. */
  readonly keptMilliWh: Int32Array

  constructor(flow: PowerFlow, watch: LimitWatch, rule: CurtailmentRule, homes: number) {
    this.#flow = flow
    this.#watch = watch
    this.#rule = rule
    this.#kw = new Float64Array(flow.network.buses.length)
    this.#kvar = new Float64Array(flow.network.buses.length)
    this.keptMilliWh = new Int32Array(homes)
  }

  /**
   * Sets `keptMilliWh`.
   * @returns `false`: all is taken. `true`: some is cut. `null`: no voltages carry the loads, even without exports
   */
  limit(power: HomePower): boolean | null {
    const { exportMilliWh } = power
    this.keptMilliWh.set(exportMilliWh)
    const solved = this.#solve(power)
    if (solved && !this.#watch.exceeded(this.#flow)) return false
    let total = 0
    for (let home = 0; home < exportMilliWh.length; home++) total += exportMilliWh[home]
    if (total === 0) return solved ? false : null
    this.keptMilliWh.fill(0)
    if (!this.#solve(power)) return null
    this.#watch.relax(this.#flow)
    if (this.#rule === 'block-trades') this.#letInOneByOne(power)
    else this.#letInAsMuch(power, total)
    this.#solve(power)
    this.#watch.reset()
    for (let home = 0; home < exportMilliWh.length; home++)
      if (this.keptMilliWh[home] < exportMilliWh[home]) return true
    // Exceeded as much without any export: nothing to cut.
    return false
  }

  #fits(power: HomePower): boolean {
    return this.#solve(power) && !this.#watch.exceeded(this.#flow)
  }

  #solve({ bus, netMilliWh, exportMilliWh, kvar, kwPerMilliWh }: HomePower): boolean {
    this.#kw.fill(0)
    this.#kvar.fill(0)
    for (let home = 0; home < bus.length; home++) {
      const cut = exportMilliWh[home] - this.keptMilliWh[home]
      this.#kw[bus[home]] += (netMilliWh[home] + cut) * kwPerMilliWh
      this.#kvar[bus[home]] += kvar[home]
    }
    return this.#flow.solve(this.#kw, this.#kvar)
  }

  #letInOneByOne(power: HomePower): void {
    for (let home = 0; home < power.bus.length; home++) {
      if (power.exportMilliWh[home] === 0) continue
      this.keptMilliWh[home] = power.exportMilliWh[home]
      if (!this.#fits(power)) this.keptMilliWh[home] = 0
    }
  }

  /** The greatest share of all exports that fits, given out by the rule. */
  #letInAsMuch(power: HomePower, total: number): void {
    this.#share(power.exportMilliWh, 1, total)
    if (this.#fits(power)) return
    let [low, high] = [0, 1]
    for (let halving = 0; halving < HALVINGS; halving++) {
      const middle = (low + high) / 2
      this.#share(power.exportMilliWh, middle, total)
      if (this.#fits(power)) low = middle
      else high = middle
    }
    this.#share(power.exportMilliWh, low, total)
  }

  #share(exportMilliWh: Int32Array, share: number, total: number): void {
    let left = Math.floor(share * total)
    for (let home = 0; home < exportMilliWh.length; home++) {
      if (this.#rule === 'pro-rata') this.keptMilliWh[home] = Math.floor(share * exportMilliWh[home])
      else {
        this.keptMilliWh[home] = Math.min(left, exportMilliWh[home])
        left -= this.keptMilliWh[home]
      }
    }
  }
}
