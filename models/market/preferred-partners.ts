import { addPair, type Book, type Clearing, type Members } from './mechanism.ts'
import { clearMidMarket } from './mid-market.ts'

/**
 * Preferred partners: first every home deals with the neighbors that it has named, in its order, each pair at the
 * middle between its own bid and ask; what is left is traded at the mid-market rate. Homes take turns at being first.
 */
export function clearPreferredPartners(book: Book, members: Members, turn: number, clearing: Clearing): void {
  const { partners } = members
  const homes = partners.length
  for (let step = 0; step < homes; step++) {
    const home = (turn + step) % homes
    for (const partner of partners[home]) {
      deal(book, clearing, home, partner)
      deal(book, clearing, partner, home)
    }
  }
  clearMidMarket(book, members, turn, clearing)
}

/** As much as both have left, where the bid is at least the ask. */
function deal({ ask, bid }: Book, clearing: Clearing, seller: number, buyer: number): void {
  const { surplus, deficit } = clearing.scratch
  const part = Math.min(surplus[seller], deficit[buyer])
  if (part === 0 || bid[buyer] < ask[seller]) return
  addPair(clearing, seller, buyer, part, Math.floor((bid[buyer] + ask[seller]) / 2))
  surplus[seller] -= part
  deficit[buyer] -= part
}
