import type { Book, Scratch } from './mechanism.ts'

/** Where the merit orders of bids and asks cross. */
export interface Crossing {
  /** Greatest volume at greatest welfare, in the unit of the quantities. */
  volume: number
  /** Lowest bid and highest ask that are served, at least in part. */
  lastBid: number
  lastAsk: number
  /** Uniform prices that support it: nobody served would rather not be, nobody unserved would rather be. */
  lowPrice: number
  highPrice: number
}

export const newCrossing = (): Crossing => ({ volume: 0, lastBid: 0, lastAsk: 0, lowPrice: 0, highPrice: 0 })

/**
 * Serves the highest bids by the lowest asks while a bid is at least its ask: no other allocation has more welfare
 * `Σ bid · bought − Σ ask · sold`, and of those that have as much none has more volume. Supporting prices lie between
 * the greater of the last ask served and the best bid left over, and the lesser of the last bid served and the
 * best ask left over. Any units; exact where sums and differences of the quantities are.
 *
 * @param bidOrder places of the bids, the highest first
 * @param askOrder places of the asks, the lowest first
 */
export function cross(
  bids: ArrayLike<number>,
  wanted: ArrayLike<number>,
  bidOrder: ArrayLike<number>,
  asks: ArrayLike<number>,
  offered: ArrayLike<number>,
  askOrder: ArrayLike<number>,
  result: Crossing,
): void {
  result.volume = 0
  let b = 0
  let a = 0
  let want = b < bidOrder.length ? wanted[bidOrder[b]] : 0
  let have = a < askOrder.length ? offered[askOrder[a]] : 0
  while (b < bidOrder.length && a < askOrder.length) {
    const bid = bids[bidOrder[b]]
    const ask = asks[askOrder[a]]
    if (bid < ask) break
    const part = want < have ? want : have
    if (part > 0) {
      result.volume += part
      result.lastBid = bid
      result.lastAsk = ask
    }
    want -= part
    have -= part
    if (want === 0) want = ++b < bidOrder.length ? wanted[bidOrder[b]] : 0
    if (have === 0) have = ++a < askOrder.length ? offered[askOrder[a]] : 0
  }
  const { lastBid, lastAsk } = result
  result.lowPrice = b < bidOrder.length ? Math.max(lastAsk, bids[bidOrder[b]]) : lastAsk
  result.highPrice = a < askOrder.length ? Math.min(lastBid, asks[askOrder[a]]) : lastBid
}

/** More than there are homes in any community; times a price it stays a whole number that a double holds. */
const PLACES = 2 ** 20

/** Crosses a book; quantities of zero take no part. */
export function crossBook({ bid, ask }: Book, scratch: Scratch, result: Crossing): void {
  const { surplus, deficit, order, orderOther } = scratch
  cross(
    bid,
    deficit,
    sorted(bid, deficit, order, -1),
    ask,
    surplus,
    sorted(ask, surplus, orderOther, 1),
    result,
  )
}

/** Places with a quantity, by price times sign, on a tie the first; price and place share one double to sort fast. */
function sorted(prices: Int32Array, quantities: Int32Array, keys: Float64Array, sign: 1 | -1): Float64Array {
  let count = 0
  for (let at = 0; at < prices.length; at++)
    if (quantities[at] > 0) keys[count++] = sign * prices[at] * PLACES + at
  const used = keys.subarray(0, count).toSorted()
  for (let at = 0; at < count; at++) used[at] -= Math.floor(used[at] / PLACES) * PLACES
  return used
}
