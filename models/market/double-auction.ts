import { type Crossing, crossBook, newCrossing } from './crossing.ts'
import { match } from './match.ts'
import type { Book, Clearing, Members } from './mechanism.ts'
import { shareProRata } from './pro-rata.ts'

const crossing = newCrossing()

/**
 * Uniform-price double auction: bids and asks cross in merit order, at greatest welfare and then greatest volume; all
 * pay the middle of the supporting prices, `p = ⌊(low + high) / 2⌋`. Orders at the price of the last one served
 * share what is left for them in proportion. Individually rational and budget balanced; not strategy-proof.
 */
export function clearDoubleAuction(book: Book, _members: Members, turn: number, clearing: Clearing): void {
  crossBook(book, clearing.scratch, crossing)
  if (crossing.volume === 0) return
  serveInMeritOrder(book, clearing, crossing)
  clearing.scratch.rate.fill(Math.floor((crossing.lowPrice + crossing.highPrice) / 2))
  match(clearing, turn)
}

/** Sets what each sells and buys: all of the better orders, a share of those at the last price served. */
export function serveInMeritOrder(
  { ask, bid }: Book,
  clearing: Clearing,
  { volume, lastBid, lastAsk }: Crossing,
): void {
  const { surplus, deficit, sold, bought, claims } = clearing.scratch
  serve(ask, surplus, lastAsk, 1, volume, claims, sold)
  serve(bid, deficit, lastBid, -1, volume, claims, bought)
}

function serve(
  prices: Int32Array,
  quantities: Int32Array,
  last: number,
  sign: 1 | -1,
  volume: number,
  claims: Int32Array,
  served: Int32Array,
): void {
  let left = volume
  for (let home = 0; home < prices.length; home++) {
    const better = sign * prices[home] < sign * last
    claims[home] = prices[home] === last ? quantities[home] : 0
    if (better) left -= quantities[home]
  }
  shareProRata(claims, left, served)
  for (let home = 0; home < prices.length; home++)
    if (sign * prices[home] < sign * last) served[home] = quantities[home]
}
