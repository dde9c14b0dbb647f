import { type Book, EVENT_BURNED, EVENT_MINTED, EVENT_RELEASED } from '../book.ts'
import { ASSET_TABLE } from '../tables/assets.ts'
import { LOT_TABLE } from '../tables/lots.ts'
import { TOTAL_MINTED, TOTAL_RELEASED } from '../totals.ts'

const { ACTIVE, ASIDE, ASSET_INTS, ASSET_NUMBER, ASSET_SUMS, READ_MINUTE } = ASSET_TABLE
const {
  HIGH,
  LOT_ASSET_ROW,
  LOT_INTS,
  LOT_KIND,
  LOT_OWNER,
  LOT_SUMS,
  LOW,
  MID,
  OFFER_MINUTE,
  OFFERED,
  TGEN,
} = LOT_TABLE

/** Adds a lot, all of it active. */
export function mintLot(
  book: Book,
  assetRow: number,
  minute: number,
  source: number,
  from: number,
  kind: number,
  owner: number,
  carbon: number,
  milliWh: number,
  madeOf: number,
): void {
  const { assets, lots } = book
  const asset = assets.ints[assetRow * ASSET_INTS + ASSET_NUMBER]
  const row = lots.create(assets, assetRow, asset, minute, source, from, kind, owner, carbon, milliWh)
  book.totals.add(kind, TOTAL_MINTED, milliWh)
  if (kind !== TGEN) assets.sums[assetRow * ASSET_SUMS + ACTIVE] += milliWh
  if (book.sink !== null) book.sink(EVENT_MINTED, row, 0, milliWh, madeOf, owner, 0)
}

/**
 * Burns from the bottom of a lot's active part, which is at least that much; the offer shrinks to what stays, and
 * a lot of which nothing is left is forgotten.
 */
export function burnActive(book: Book, lot: number, milliWh: number, reason: number, account: number): void {
  const { assets, lots } = book
  const { sums, ints } = lots
  const i = lot * LOT_INTS
  const s = lot * LOT_SUMS
  const low = sums[s + LOW]
  if (book.sink !== null) book.sink(EVENT_BURNED, lot, low, milliWh, reason, account, 0)
  const kind = ints[i + LOT_KIND]
  sums[s + LOW] = low + milliWh
  book.totals.add(kind, reason, milliWh)
  if (kind !== TGEN) assets.sums[ints[i + LOT_ASSET_ROW] * ASSET_SUMS + ACTIVE] -= milliWh
  if (low + milliWh === sums[s + HIGH]) lots.remove(assets, lot)
  else if (sums[s + OFFERED] > sums[s + MID] - sums[s + LOW])
    sums[s + OFFERED] = sums[s + MID] - sums[s + LOW]
}

/** Gives back to the active part from the bottom of what is set aside, which is at least that much. */
export function releaseAside(book: Book, lot: number, milliWh: number): void {
  const { assets, lots } = book
  const { sums, ints } = lots
  const s = lot * LOT_SUMS
  const battery = ints[lot * LOT_INTS + LOT_ASSET_ROW] * ASSET_SUMS
  if (book.sink !== null) {
    book.sink(EVENT_RELEASED, lot, sums[s + MID], milliWh, 0, ints[lot * LOT_INTS + LOT_OWNER], 0)
  }
  sums[s + MID] += milliWh
  assets.sums[battery + ACTIVE] += milliWh
  assets.sums[battery + ASIDE] -= milliWh
  book.totals.add(ints[lot * LOT_INTS + LOT_KIND], TOTAL_RELEASED, milliWh)
}

/**
 * What of a lot is on offer in an interval that has not passed: Tgen while it lives, storage until its battery's
 * reading is of a later interval.
 */
export function openOffer({ lots, assets }: Book, lot: number): number {
  const offered = lots.sums[lot * LOT_SUMS + OFFERED]
  if (offered === 0) return 0
  const i = lot * LOT_INTS
  if (lots.ints[i + LOT_KIND] === TGEN) return offered
  const read = assets.ints[lots.ints[i + LOT_ASSET_ROW] * ASSET_INTS + READ_MINUTE]
  return read > lots.ints[i + OFFER_MINUTE] ? 0 : offered
}
