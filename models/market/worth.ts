import type { Book } from './mechanism.ts'

/** What a kWh between neighbors is worth in one interval, by home, whole micro-dollars per kWh. */
export interface Worth {
  /** What the buyer would pay the utility for it, its discount taken off. */
  readonly avoided: Int32Array
  /** What the utility still charges the buyer for bringing it, and the operator for matching it. */
  readonly charges: Int32Array
  /** What the seller would get from the utility for it. */
  readonly forgone: Int32Array
}

/** Prices that a home has set itself, µ$ per kWh. */
export interface PriceLimits {
  /** Most that it pays a neighbor, before charges. */
  readonly mostPaid: Int32Array
  /** Least that it takes from one. */
  readonly leastTaken: Int32Array
}

/**
 * Every home's bid and ask: a buyer bids what it saves, `avoided − charges`, or its own limit if that is lower; a seller
 * asks for what it forgoes, or its own limit if that is higher. A bid that is at least an ask therefore is a pair whose
 * saving covers the forgone credit and the fees, whatever the limits are.
 */
export function setPrices({ bid, ask }: Book, worth: Worth, { mostPaid, leastTaken }: PriceLimits): void {
  const { avoided, charges, forgone } = worth
  for (let home = 0; home < bid.length; home++) {
    const saved = avoided[home] - charges[home]
    bid[home] = saved < mostPaid[home] ? saved : mostPaid[home]
    ask[home] = forgone[home] > leastTaken[home] ? forgone[home] : leastTaken[home]
  }
}
