/**
 * What a kWh between neighbors is worth to each side in one interval, whole micro-dollars per kWh.
 */
export interface Worth {
  /** What the buyer would pay the utility for it. */
  readonly avoidedMicroUsdPerKwh: number
  /** What the utility still charges the buyer for bringing it, and the operator for matching it. */
  readonly chargesMicroUsdPerKwh: number
  /** What the seller would get from the utility for it. */
  readonly forgoneMicroUsdPerKwh: number
}

/** One interval's result, by home; reused from interval to interval. */
export interface Clearing {
  /** Bought and sold by each home, whole milliwatt-hours; the two sums are equal. */
  readonly bought: Int32Array
  readonly sold: Int32Array
  /** Sum of either side. */
  tradedMilliWh: number
  /** Paid to the seller, µ$ per kWh; the buyer pays this and the charges. */
  rateMicroUsdPerKwh: number
  /** Both sides were there, but no price leaves neither worse off. */
  noPrice: boolean
}

/**
 * A market mechanism: surplus and deficit by home (whole milliwatt-hours, >= 0) and what the energy
 * is worth → who sells and buys how much, at what rate. It must never trade at a loss for either.
 */
export type Mechanism = (surplus: Int32Array, deficit: Int32Array, worth: Worth, clearing: Clearing) => void

export const newClearing = (homes: number): Clearing => ({
  bought: new Int32Array(homes),
  sold: new Int32Array(homes),
  tradedMilliWh: 0,
  rateMicroUsdPerKwh: 0,
  noPrice: false,
})

/** Forgets the interval before. */
export function clearNothing(clearing: Clearing): void {
  clearing.bought.fill(0)
  clearing.sold.fill(0)
  clearing.tradedMilliWh = 0
  clearing.rateMicroUsdPerKwh = 0
  clearing.noPrice = false
}
