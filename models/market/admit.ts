import { crossBook, newCrossing } from './crossing.ts'
import type { Book, Clearing } from './mechanism.ts'
import { match } from './match.ts'
import { shareProRata } from './pro-rata.ts'

/** What one price can serve: its sides, and how far apart they are. */
export interface Admitted {
  supply: number
  demand: number
  /** Lowest bid and highest ask of those admitted: any price between suits them all. */
  lowestBid: number
  highestAsk: number
}

const crossing = newCrossing()

/**
 * Who can trade at one price: everybody, where the highest ask is at most the lowest bid; else those whose price is
 * at least as good as that of the last served in merit order, so that as much as possible is traded. The others'
 * quantities in the round's columns become zero.
 */
export function admit(book: Book, clearing: Clearing, admitted: Admitted): boolean {
  const { surplus, deficit } = clearing.scratch
  const { ask, bid } = book
  span(book, clearing, admitted)
  if (admitted.supply === 0 || admitted.demand === 0) return false
  if (admitted.lowestBid >= admitted.highestAsk) return true
  crossBook(book, clearing.scratch, crossing)
  if (crossing.volume === 0) return false
  for (let home = 0; home < surplus.length; home++) {
    if (ask[home] > crossing.lastAsk) surplus[home] = 0
    if (bid[home] < crossing.lastBid) deficit[home] = 0
  }
  span(book, clearing, admitted)
  return true
}

function span({ ask, bid }: Book, { scratch: { surplus, deficit } }: Clearing, admitted: Admitted): void {
  let supply = 0
  let demand = 0
  let lowestBid = 0x7fff_ffff
  let highestAsk = -0x7fff_ffff
  for (let home = 0; home < surplus.length; home++) {
    if (surplus[home] > 0) {
      supply += surplus[home]
      if (ask[home] > highestAsk) highestAsk = ask[home]
    }
    if (deficit[home] > 0) {
      demand += deficit[home]
      if (bid[home] < lowestBid) lowestBid = bid[home]
    }
  }
  admitted.supply = supply
  admitted.demand = demand
  admitted.lowestBid = lowestBid
  admitted.highestAsk = highestAsk
}

/** Trades the smaller side at one rate, the longer one in proportion. */
export function tradeAtOneRate(
  clearing: Clearing,
  { supply, demand }: Admitted,
  rate: number,
  turn: number,
): void {
  const { surplus, deficit, sold, bought, rate: rates } = clearing.scratch
  const traded = Math.min(supply, demand)
  shareProRata(surplus, traded, sold)
  shareProRata(deficit, traded, bought)
  rates.fill(rate)
  match(clearing, turn)
}

export const newAdmitted = (): Admitted => ({ supply: 0, demand: 0, lowestBid: 0, highestAsk: 0 })
