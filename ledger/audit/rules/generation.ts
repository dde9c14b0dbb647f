import type { Book } from '../book.ts'
import {
  ASSET_INTS,
  ASSET_KIND,
  ASSET_OWNER,
  ASSET_SUMS,
  BATTERY,
  CLOSED,
  FIRST_LOT,
  FIRST_SOLAR,
  INTERVAL,
  LAST_MINT,
  METER,
  MOST_MINT,
  NEXT_SOLAR,
  OPEN_CHARGE,
  READ_MINUTE,
  SITE_ROW,
  SOLAR,
  UNSETTLED,
} from '../tables/assets.ts'
import { LOT_INTS, LOT_MINUTE, LOT_OWNER, LOT_SUMS, LOW, MID, OFFERED, SHADOW, TGEN } from '../tables/lots.ts'
import { EXPORTED } from '../totals.ts'
import { burnActive, mintLot } from './parts.ts'
import { acts, assetOf, ONLY_ORACLE, refuse, TOO_MUCH, whole } from './refusals.ts'
import { store } from './storage.ts'

export function mint(book: Book, w: Int32Array, at: number): void {
  const { assets } = book
  const number = w[at + 2]
  const minute = w[at + 3]
  const carbon = w[at + 4]
  const milliWh = whole(w, at + 5)
  acts(book, w[at + 1], ONLY_ORACLE)
  if (milliWh <= 0) refuse('zero-quantity', milliWh, 0)
  if (carbon < 0) refuse('out-of-range', carbon, 0)
  const row = assets.find(number)
  const { ints, sums } = assets
  const i = row * ASSET_INTS
  const s = row * ASSET_SUMS
  if (row < 0 || (ints[i + ASSET_KIND] !== SOLAR && ints[i + ASSET_KIND] !== BATTERY)) {
    refuse('unknown-asset', number, 0)
  }
  if (minute % ints[i + INTERVAL] !== 0)
    refuse('bad-interval', minute, minute - (minute % ints[i + INTERVAL]))
  if (minute <= ints[i + LAST_MINT]) {
    refuse('already-minted', minute, ints[i + LAST_MINT])
  }
  const owner = ints[i + ASSET_OWNER]
  if (ints[i + ASSET_KIND] === SOLAR) {
    const closed = ints[ints[i + SITE_ROW] * ASSET_INTS + CLOSED]
    if (minute <= closed) refuse('interval-closed', minute, closed)
    if (milliWh > sums[s + MOST_MINT]) {
      refuse('exceeds-nameplate', milliWh, sums[s + MOST_MINT])
    }
    ints[i + LAST_MINT] = minute
    mintLot(book, row, minute, 0, 0, TGEN, owner, carbon, milliWh, -1)
    return
  }
  if (minute !== ints[i + READ_MINUTE]) {
    refuse('bad-interval', minute, ints[i + READ_MINUTE])
  }
  if (milliWh > sums[s + OPEN_CHARGE]) {
    refuse('exceeds-charge', milliWh, sums[s + OPEN_CHARGE])
  }
  sums[s + OPEN_CHARGE] -= milliWh
  ints[i + LAST_MINT] = minute
  store(book, row, milliWh, minute, number, 0, SHADOW, owner, carbon, -1)
}

export function closeInterval(book: Book, w: Int32Array, at: number): void {
  acts(book, w[at + 1], ONLY_ORACLE)
  const minute = w[at + 3]
  const site = assetOf(book, w[at + 2], METER)
  const { assets, lots } = book
  const { ints, sums } = assets
  const i = site * ASSET_INTS
  const s = site * ASSET_SUMS
  if (minute % ints[i + INTERVAL] !== 0)
    refuse('bad-interval', minute, minute - (minute % ints[i + INTERVAL]))
  if (minute <= ints[i + CLOSED]) refuse('interval-closed', minute, ints[i + CLOSED])
  for (let solar = ints[i + FIRST_SOLAR]; solar >= 0; solar = ints[solar * ASSET_INTS + NEXT_SOLAR]) {
    // Lots stand in the order of minting, which is that of their intervals.
    let lot = ints[solar * ASSET_INTS + FIRST_LOT]
    while (lot >= 0 && lots.ints[lot * LOT_INTS + LOT_MINUTE] <= minute) {
      const next = lots.next(lot)
      const left = lots.sums[lot * LOT_SUMS + MID] - lots.sums[lot * LOT_SUMS + LOW]
      if (sums[s + UNSETTLED] + left > TOO_MUCH) refuse('out-of-range', TOO_MUCH, TOO_MUCH)
      sums[s + UNSETTLED] += left
      lots.sums[lot * LOT_SUMS + OFFERED] = 0
      burnActive(book, lot, left, EXPORTED, lots.ints[lot * LOT_INTS + LOT_OWNER])
      lot = next
    }
  }
  ints[i + CLOSED] = minute
}
