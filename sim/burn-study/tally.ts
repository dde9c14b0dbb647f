import { STEP_HOURS, STEPS_PER_YEAR } from './demand.ts'
import type { Stocks } from './tokens.ts'

/** One battery under one method. Energies in kWh. */
export interface MethodFigures {
  readonly name: string
  /** Greatest B − L at any anchor. */
  readonly overBurnKwh: number
  /** B and L of each year. */
  readonly burnedKwh: readonly number[]
  readonly lossKwh: readonly number[]
  /** Mean over time of max(0, Sa − E), of min(Ss, max(0, E − Sa)) and of E. */
  readonly unbackedKwh: number
  readonly lockedKwh: number
  readonly energyKwh: number
  readonly mintedKwh: number
  readonly deliveredKwh: number
  readonly heldKwh: number
  readonly releasedKwh: number
  readonly unclaimedKwh: number
  /** Failed redemptions. */
  readonly failedKwh: number
}

/** Sums for one method over a cohort's batteries. */
export class Tally {
  readonly name: string
  readonly #stocks: Stocks
  readonly #unbacked: Float64Array
  readonly #locked: Float64Array
  readonly #energy: Float64Array
  readonly #failed: Float64Array
  readonly #runUnmet: Float64Array
  readonly #runGap: Float64Array
  /** max(0, Sa − E) at the end of the interval before. */
  readonly #gap: Float64Array
  readonly #burned: number[][]
  readonly #loss: number[][]

  constructor(name: string, stocks: Stocks, count: number) {
    this.name = name
    this.#stocks = stocks
    const zeros = () => new Float64Array(count)
    this.#unbacked = zeros()
    this.#locked = zeros()
    this.#energy = zeros()
    this.#failed = zeros()
    this.#runUnmet = zeros()
    this.#runGap = zeros()
    this.#gap = zeros()
    this.#burned = Array.from({ length: count }, () => [])
    this.#loss = Array.from({ length: count }, () => [])
  }

  /** The end of an interval: E, what was asked and not met, and whether the battery charged; milliwatt-hours. */
  interval(battery: number, energy: number, unmet: number, charging: boolean): void {
    const active = this.#stocks.active[battery]
    const gap = active > energy ? active - energy : 0
    if (unmet > 0) {
      this.#runUnmet[battery] += unmet
      if (this.#gap[battery] > this.#runGap[battery]) this.#runGap[battery] = this.#gap[battery]
    } else if (charging && this.#runUnmet[battery] > 0) this.#endRun(battery)
    this.#gap[battery] = gap
    this.#unbacked[battery] += gap
    const free = energy > active ? energy - active : 0
    const aside = this.#stocks.setAside[battery]
    this.#locked[battery] += aside < free ? aside : free
    this.#energy[battery] += energy
  }

  /** A run of unmet demand ends with the next charge: what was asked of claims that nothing stood behind. */
  #endRun(battery: number): void {
    this.#failed[battery] += Math.min(this.#runUnmet[battery], this.#runGap[battery])
    this.#runUnmet[battery] = 0
    this.#runGap[battery] = 0
  }

  endYear(battery: number): void {
    const sum = (parts: readonly number[]) => parts.reduce((all, part) => all + part, 0)
    const burned = this.#stocks.burned[battery] / 1e6
    const loss = this.#stocks.reference.lossMilliWh[battery] / 1e6
    this.#burned[battery].push(burned - sum(this.#burned[battery]))
    this.#loss[battery].push(loss - sum(this.#loss[battery]))
  }

  figures(battery: number, steps: number): MethodFigures {
    this.#endRun(battery)
    const stocks = this.#stocks
    const mean = (sums: Float64Array) => sums[battery] / 1e6 / steps
    return {
      name: this.name,
      overBurnKwh: stocks.reference.worstOverBurnMilliWh[battery] / 1e6,
      burnedKwh: this.#burned[battery],
      lossKwh: this.#loss[battery],
      unbackedKwh: mean(this.#unbacked),
      lockedKwh: mean(this.#locked),
      energyKwh: mean(this.#energy),
      mintedKwh: stocks.minted[battery] / 1e6,
      deliveredKwh: stocks.delivered[battery] / 1e6,
      heldKwh: (stocks.active[battery] + stocks.setAside[battery]) / 1e6,
      releasedKwh: stocks.released[battery] / 1e6,
      unclaimedKwh: stocks.unclaimed[battery] / 1e6,
      failedKwh: this.#failed[battery] / 1e6,
    }
  }
}

/** kWh·h a year of a mean in kWh. */
export const perYear = (meanKwh: number): number => meanKwh * STEPS_PER_YEAR * STEP_HOURS
