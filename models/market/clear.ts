import { type Book, type Clearing, clearNothing, type Mechanism, type Members } from './mechanism.ts'

/**
 * Clears one interval: where some share with low-income neighbors first, the mechanism clears between those alone,
 * then between all for what is left; every buyer's premium comes on top of the price that was found.
 */
export function clearInterval(
  mechanism: Mechanism,
  book: Book,
  members: Members,
  turn: number,
  clearing: Clearing,
): void {
  clearNothing(clearing)
  const { sharesFirst, lowIncome, premium, mostPaid } = members
  if (any(sharesFirst) && any(lowIncome)) {
    open(book, clearing, sharesFirst, lowIncome)
    mechanism(book, members, turn, clearing)
  }
  open(book, clearing, null, null)
  mechanism(book, members, turn, clearing)
  const { pairs } = clearing
  for (let at = 0; at < pairs.count; at++) {
    clearing.tradedMilliWh += pairs.milliWh[at]
    const buyer = pairs.buyer[at]
    if (premium[buyer] === 0) continue
    const rate = pairs.rateMicroUsdPerKwh[at]
    pairs.rateMicroUsdPerKwh[at] = Math.max(rate, Math.min(rate + premium[buyer], mostPaid[buyer]))
  }
  clearing.noPrice = clearing.tradedMilliWh === 0 && some(book.surplus) && some(book.deficit)
}

const any = (flags: Uint8Array): boolean => flags.includes(1)
const some = (quantities: Int32Array): boolean => quantities.some((milliWh) => milliWh > 0)

/** What is left of the sellers and buyers of a round; null: of all. */
function open(book: Book, clearing: Clearing, sellers: Uint8Array | null, buyers: Uint8Array | null): void {
  const { scratch, sold, bought } = clearing
  for (let home = 0; home < sold.length; home++) {
    scratch.surplus[home] = sellers === null || sellers[home] === 1 ? book.surplus[home] - sold[home] : 0
    scratch.deficit[home] = buyers === null || buyers[home] === 1 ? book.deficit[home] - bought[home] : 0
  }
}
