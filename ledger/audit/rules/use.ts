import { type Book, EVENT_SETTLED } from '../book.ts'
import { ACCOUNT_INTS, ACCOUNT_SUMS, BALANCE, CREDIT, SETTLED } from '../tables/accounts.ts'
import {
  ACTIVE,
  ASSET_INTS,
  ASSET_OWNER,
  ASSET_SUMS,
  METER,
  READ_MINUTE,
  SITE_ROW,
  UNSETTLED,
} from '../tables/assets.ts'
import {
  HIGH,
  LOT_ASSET_ROW,
  LOT_INTS,
  LOT_KIND,
  LOT_MINUTE,
  LOT_SUMS,
  LOW,
  MID,
  TGEN,
  TSTORAGE,
} from '../tables/lots.ts'
import { CONSUMED, EXPORTED } from '../totals.ts'
import { credit } from './market.ts'
import { burnActive, openOffer, releaseAside } from './parts.ts'
import { acts, assetOf, lotOf, ONLY_UTILITY, refuse, TOO_MUCH, whole } from './refusals.ts'
import { discharge, owns } from './storage.ts'

const MOST_MONEY = Math.floor(Number.MAX_SAFE_INTEGER / 1024)

/** `burn`: the owner uses its energy, or delivers what its battery holds. */
export function burn(book: Book, w: Int32Array, at: number): void {
  const lot = lotOf(book, w, at)
  const actor = w[at + 1]
  const reason = w[at + 7]
  const minute = w[at + 8]
  const milliWh = whole(w, at + 9)
  const i = lot * LOT_INTS
  const s = lot * LOT_SUMS
  const { ints, sums } = book.lots
  owns(book, lot, actor)
  if (milliWh <= 0) refuse('zero-quantity', milliWh, 0)
  if (ints[i + LOT_KIND] === TGEN) {
    if (reason !== CONSUMED) refuse('malformed', reason, 0)
    if (minute !== ints[i + LOT_MINUTE]) refuse('bad-interval', minute, ints[i + LOT_MINUTE])
    const free = sums[s + MID] - sums[s + LOW] - openOffer(book, lot)
    if (milliWh > free) refuse('exceeds-lot', milliWh, free)
    return burnActive(book, lot, milliWh, CONSUMED, actor)
  }
  deliver(book, lot, milliWh, reason, minute, actor)
}

/** Storage is delivered within its battery's metered discharge; what is set aside goes last. */
function deliver(
  book: Book,
  lot: number,
  milliWh: number,
  reason: number,
  minute: number,
  actor: number,
): void {
  const { assets, lots } = book
  const s = lot * LOT_SUMS
  const { ints, sums } = lots
  const battery = ints[lot * LOT_INTS + LOT_ASSET_ROW]
  const kind = ints[lot * LOT_INTS + LOT_KIND]
  if (reason !== CONSUMED && reason !== EXPORTED) refuse('malformed', reason, 0)
  const read = assets.ints[battery * ASSET_INTS + READ_MINUTE]
  if (minute !== read) refuse('bad-interval', minute, read)
  const active = sums[s + MID] - sums[s + LOW]
  const open = openOffer(book, lot)
  const beyond = milliWh - active
  if (beyond <= 0) {
    if (milliWh > active - open) refuse('exceeds-lot', milliWh, active - open)
  } else {
    if (milliWh > sums[s + HIGH] - sums[s + LOW] || open > 0) {
      refuse('exceeds-lot', milliWh, active)
    }
    if (assets.sums[battery * ASSET_SUMS + ACTIVE] !== active) {
      refuse('active-first', active, assets.sums[battery * ASSET_SUMS + ACTIVE])
    }
  }
  discharge(book, lot, milliWh)
  if (beyond > 0) releaseAside(book, lot, beyond)
  burnActive(book, lot, milliWh, reason, actor)
  if (reason === EXPORTED && kind === TSTORAGE) {
    const at = assets.ints[battery * ASSET_INTS + SITE_ROW] * ASSET_SUMS + UNSETTLED
    assets.sums[at] += milliWh
  }
}

export function settle(book: Book, w: Int32Array, at: number): void {
  const { accounts, assets } = book
  const number = w[at + 2]
  const minute = w[at + 4]
  const exported = whole(w, at + 5)
  const amount = whole(w, at + 7)
  const utility = acts(book, w[at + 1], ONLY_UTILITY)
  const row = accounts.find(number)
  if (row < 0) refuse('unknown-account', number, 0)
  const site = assetOf(book, w[at + 3], METER)
  if (assets.ints[site * ASSET_INTS + ASSET_OWNER] !== number) {
    refuse('unknown-asset', w[at + 3], number)
  }
  const settled = accounts.ints[row * ACCOUNT_INTS + SETTLED]
  if (minute <= settled) refuse('already-settled', minute, settled)
  const unsettled = assets.sums[site * ASSET_SUMS + UNSETTLED]
  if (exported < 0 || exported > unsettled) {
    refuse('exceeds-export', exported, unsettled)
  }
  if (Math.abs(amount) > MOST_MONEY) refuse('out-of-range', amount, MOST_MONEY)
  const money = row * ACCOUNT_SUMS
  const received = accounts.sums[money + CREDIT]
  const balance = accounts.sums[money + BALANCE] + received - amount
  if (Math.abs(received) > TOO_MUCH || Math.abs(balance) > TOO_MUCH) refuse('out-of-range', balance, TOO_MUCH)
  assets.sums[site * ASSET_SUMS + UNSETTLED] = unsettled - exported
  accounts.ints[row * ACCOUNT_INTS + SETTLED] = minute
  accounts.sums[money + BALANCE] = balance
  accounts.sums[money + CREDIT] = 0
  credit(book, utility, amount)
  if (book.sink !== null) book.sink(EVENT_SETTLED, -1, 0, exported, minute, number, amount)
}
