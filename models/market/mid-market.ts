import { admit, newAdmitted, tradeAtOneRate } from './admit.ts'
import type { Book, Clearing, Members } from './mechanism.ts'

const admitted = newAdmitted()

/**
 * Mid-market rate: what can be traded is the smaller of the two sides, shared in proportion on the
 * longer one, at the middle between the lowest bid λ_b and the highest ask λ_s that are admitted:
 * `p = ⌊(λ_b + λ_s) / 2⌋`. Per home and interval this is the same money as the usual form,
 * in which the longer side is paid a blended price (`mid-market-prices.ts`).
 */
export function clearMidMarket(book: Book, _members: Members, turn: number, clearing: Clearing): void {
  if (!admit(book, clearing, admitted)) return
  const rate = Math.floor((admitted.lowestBid + admitted.highestAsk) / 2)
  tradeAtOneRate(clearing, admitted, rate, turn)
}
