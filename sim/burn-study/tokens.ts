import { judgeAnchor, newReferenceLosses, type ReferenceLosses } from '../../models/burn/reference-loss.ts'

/** Tokens of a cohort's batteries under one method, whole milliwatt-hours, as the contract counts them. */
export interface Stocks {
  readonly nameplate: Float64Array
  /** Registered factor, ppm. */
  readonly factorPpm: Float64Array
  /** Sa and Ss. */
  readonly active: Float64Array
  readonly setAside: Float64Array
  /** M, W, B. */
  readonly minted: Float64Array
  readonly delivered: Float64Array
  readonly burned: Float64Array
  readonly unclaimed: Float64Array
  readonly released: Float64Array
  readonly reference: ReferenceLosses
}

export function newStocks(nameplate: Float64Array, factorPpm: number): Stocks {
  const zeros = () => new Float64Array(nameplate.length)
  return {
    nameplate,
    factorPpm: zeros().fill(factorPpm),
    active: zeros(),
    setAside: zeros(),
    minted: zeros(),
    delivered: zeros(),
    burned: zeros(),
    unclaimed: zeros(),
    released: zeros(),
    reference: newReferenceLosses(nameplate.length),
  }
}

/** What the registers moved: mints at the factor up to the room left, deliveries active first. */
export function moveRegisters(stocks: Stocks, battery: number, charged: number, discharged: number): void {
  const { active, setAside } = stocks
  if (charged > 0) {
    const room = Math.max(0, stocks.nameplate[battery] - active[battery] - setAside[battery])
    const mint = Math.min(Math.floor((charged * stocks.factorPpm[battery]) / 1e6), room)
    stocks.minted[battery] += mint
    active[battery] += mint
  }
  if (discharged > 0) {
    const fromActive = Math.min(active[battery], discharged)
    const fromSetAside = Math.min(setAside[battery], discharged - fromActive)
    active[battery] -= fromActive
    setAside[battery] -= fromSetAside
    stocks.delivered[battery] += fromActive + fromSetAside
    stocks.unclaimed[battery] += discharged - fromActive - fromSetAside
  }
}

/** Sets aside (above zero) or releases (below). */
export function moveAside(stocks: Stocks, battery: number, milliWh: number): void {
  stocks.active[battery] -= milliWh
  stocks.setAside[battery] += milliWh
  if (milliWh < 0) stocks.released[battery] -= milliWh
}

/** Burns what is set aside. */
export function burnAside(stocks: Stocks, battery: number, milliWh: number): void {
  stocks.setAside[battery] -= milliWh
  stocks.burned[battery] += milliWh
}

/** Burns active tokens: what a method without verification does. */
export function burnActive(stocks: Stocks, battery: number, milliWh: number): void {
  const part = Math.min(stocks.active[battery], Math.max(0, Math.floor(milliWh)))
  stocks.active[battery] -= part
  stocks.burned[battery] += part
}

/** Judges what was burned so far at an anchor. */
export function judge(stocks: Stocks, battery: number, energyMilliWh: number): void {
  judgeAnchor(
    stocks.reference,
    battery,
    stocks.minted[battery] - stocks.delivered[battery],
    stocks.burned[battery],
    energyMilliWh,
  )
}
