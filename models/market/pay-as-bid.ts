import { crossBook, newCrossing } from './crossing.ts'
import { serveInMeritOrder } from './double-auction.ts'
import { match } from './match.ts'
import type { Book, Clearing, Members } from './mechanism.ts'

const crossing = newCrossing()

/**
 * Pay as bid: the same orders are served as in the double auction, but each buyer pays its own bid. A home that bids
 * all that a kWh is worth to it gains nothing: its price limit is what it keeps.
 */
export function clearPayAsBid(book: Book, _members: Members, turn: number, clearing: Clearing): void {
  crossBook(book, clearing.scratch, crossing)
  if (crossing.volume === 0) return
  serveInMeritOrder(book, clearing, crossing)
  clearing.scratch.rate.set(book.bid)
  match(clearing, turn)
}
