import { admit, newAdmitted, tradeAtOneRate } from './admit.ts'
import type { Book, Clearing, Members } from './mechanism.ts'
import { ratioPrice } from './supply-demand-prices.ts'

const admitted = newAdmitted()

/**
 * Supply-demand ratio: as the mid-market rate, but the price falls from λ_b to λ_s as `R = S / D` of those admitted
 * goes from 0 to 1, and stays at λ_s beyond (`supply-demand-prices.ts`); rounded to the nearest µ$ per kWh.
 */
export function clearSupplyDemandRatio(
  book: Book,
  _members: Members,
  turn: number,
  clearing: Clearing,
): void {
  if (!admit(book, clearing, admitted)) return
  const { supply, demand, lowestBid, highestAsk } = admitted
  tradeAtOneRate(clearing, admitted, Math.round(ratioPrice(supply, demand, lowestBid, highestAsk)), turn)
}
