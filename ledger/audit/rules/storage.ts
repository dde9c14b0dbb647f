import { type Book, EVENT_SET_ASIDE } from '../book.ts'
import {
  ACTIVE,
  ASIDE,
  ASSET_INTS,
  ASSET_SUMS,
  BATTERY,
  CHARGE,
  DISCHARGE,
  ENERGY,
  FACTOR_PPM,
  INTERVAL,
  OPEN_CHARGE,
  OPEN_DISCHARGE,
  READ_MINUTE,
  UNCLAIMED,
} from '../tables/assets.ts'
import {
  CARBON,
  HIGH,
  LOT_ASSET,
  LOT_ASSET_ROW,
  LOT_INTS,
  LOT_KIND,
  LOT_MINUTE,
  LOT_OWNER,
  LOT_SUMS,
  LOW,
  MID,
  OFFERED,
  TGEN,
  TSTORAGE,
} from '../tables/lots.ts'
import { CONVERSION_LOSS, EXCHANGED, TOTAL_SET_ASIDE } from '../totals.ts'
import { burnActive, mintLot, openOffer, releaseAside } from './parts.ts'
import {
  acts,
  ANYONE,
  assetOf,
  lotOf,
  ONLY_OPERATOR,
  ONLY_ORACLE,
  perMillion,
  refuse,
  TOO_MUCH,
  whole,
} from './refusals.ts'

/** Mints what a battery can deliver of a charge, as far as it has room. Returns the tokens. */
export function store(
  book: Book,
  battery: number,
  milliWh: number,
  minute: number,
  source: number,
  from: number,
  kind: number,
  owner: number,
  carbon: number,
  madeOf: number,
): number {
  const { ints, sums } = book.assets
  const s = battery * ASSET_SUMS
  const room = sums[s + ENERGY] - sums[s + ACTIVE] - sums[s + ASIDE]
  const converted = perMillion(milliWh, ints[battery * ASSET_INTS + FACTOR_PPM], false)
  const tokens = converted < room ? converted : room > 0 ? room : 0
  if (tokens > 0) mintLot(book, battery, minute, source, from, kind, owner, carbon, tokens, madeOf)
  return tokens
}

/** Charges a battery from a part of a Tgen lot: tokens for the new owner, the rest is conversion loss. */
export function charge(book: Book, lot: number, number: number, milliWh: number, owner: number): void {
  const { assets, lots } = book
  const i = lot * LOT_INTS
  if (milliWh <= 0) refuse('zero-quantity', milliWh, 0)
  if (lots.ints[i + LOT_KIND] !== TGEN) refuse('unknown-lot', lots.ints[i + LOT_ASSET], 0)
  const battery = assetOf(book, number, BATTERY)
  const minute = lots.ints[i + LOT_MINUTE]
  const read = assets.ints[battery * ASSET_INTS + READ_MINUTE]
  if (minute !== read) refuse('bad-interval', minute, read)
  const open = assets.sums[battery * ASSET_SUMS + OPEN_CHARGE]
  if (milliWh > open) refuse('exceeds-charge', milliWh, open)
  assets.sums[battery * ASSET_SUMS + OPEN_CHARGE] = open - milliWh
  const source = lots.ints[i + LOT_ASSET]
  const low = lots.sums[lot * LOT_SUMS + LOW]
  const carbon = lots.ints[i + CARBON]
  const tokens = store(book, battery, milliWh, minute, source, low, TSTORAGE, owner, carbon, lot)
  if (tokens > 0) burnActive(book, lot, tokens, EXCHANGED, owner)
  if (tokens < milliWh) burnActive(book, lot, milliWh - tokens, CONVERSION_LOSS, owner)
}

export function exchange(book: Book, w: Int32Array, at: number): void {
  const lot = lotOf(book, w, at)
  owns(book, lot, w[at + 1])
  const milliWh = whole(w, at + 8)
  const { sums } = book.lots
  const free = sums[lot * LOT_SUMS + MID] - sums[lot * LOT_SUMS + LOW] - openOffer(book, lot)
  if (milliWh > free) refuse('exceeds-lot', milliWh, free)
  charge(book, lot, w[at + 7], milliWh, w[at + 1])
}

/** The actor may act, and the lot is its own. */
export function owns(book: Book, lot: number, actor: number): void {
  acts(book, actor, ANYONE)
  const owner = book.lots.ints[lot * LOT_INTS + LOT_OWNER]
  if (owner !== actor) refuse('not-owner', actor, owner)
}

/** Takes from the energy that a battery's last reading says was discharged. */
export function discharge({ assets, lots }: Book, lot: number, milliWh: number): void {
  const at = lots.ints[lot * LOT_INTS + LOT_ASSET_ROW] * ASSET_SUMS + OPEN_DISCHARGE
  const open = assets.sums[at]
  if (milliWh > open) refuse('exceeds-discharge', milliWh, open)
  assets.sums[at] = open - milliWh
}

export function setAside(book: Book, w: Int32Array, at: number): void {
  const { assets, lots } = book
  acts(book, w[at + 1], ONLY_OPERATOR)
  const lot = storageLot(book, w, at)
  const milliWh = whole(w, at + 7)
  const s = lot * LOT_SUMS
  const { sums, ints } = lots
  const active = sums[s + MID] - sums[s + LOW]
  if (milliWh <= 0) refuse('zero-quantity', milliWh, 0)
  if (milliWh > active) refuse('exceeds-lot', milliWh, active)
  sums[s + MID] -= milliWh
  if (sums[s + OFFERED] > active - milliWh) sums[s + OFFERED] = active - milliWh
  const battery = ints[lot * LOT_INTS + LOT_ASSET_ROW] * ASSET_SUMS
  assets.sums[battery + ACTIVE] -= milliWh
  assets.sums[battery + ASIDE] += milliWh
  book.totals.add(ints[lot * LOT_INTS + LOT_KIND], TOTAL_SET_ASIDE, milliWh)
  if (book.sink !== null) {
    book.sink(EVENT_SET_ASIDE, lot, sums[s + MID], milliWh, 0, ints[lot * LOT_INTS + LOT_OWNER], 0)
  }
}

export function release(book: Book, w: Int32Array, at: number): void {
  acts(book, w[at + 1], ONLY_OPERATOR)
  const lot = storageLot(book, w, at)
  const milliWh = whole(w, at + 7)
  const aside = book.lots.sums[lot * LOT_SUMS + HIGH] - book.lots.sums[lot * LOT_SUMS + MID]
  if (milliWh <= 0) refuse('zero-quantity', milliWh, 0)
  if (milliWh > aside) refuse('exceeds-set-aside', milliWh, aside)
  releaseAside(book, lot, milliWh)
}

function storageLot(book: Book, w: Int32Array, at: number): number {
  const lot = lotOf(book, w, at)
  if (book.lots.ints[lot * LOT_INTS + LOT_KIND] === TGEN) refuse('unknown-lot', w[at + 2], 0)
  return lot
}

export function reading(book: Book, w: Int32Array, at: number): void {
  acts(book, w[at + 1], ONLY_ORACLE)
  const battery = assetOf(book, w[at + 2], BATTERY)
  const minute = w[at + 3]
  const charged = whole(w, at + 4)
  const discharged = whole(w, at + 6)
  const { ints, sums } = book.assets
  const i = battery * ASSET_INTS
  const s = battery * ASSET_SUMS
  if (minute % ints[i + INTERVAL] !== 0)
    refuse('bad-interval', minute, minute - (minute % ints[i + INTERVAL]))
  if (minute <= ints[i + READ_MINUTE] || charged < sums[s + CHARGE] || discharged < sums[s + DISCHARGE]) {
    refuse('register-backwards', minute, ints[i + READ_MINUTE])
  }
  if (charged > TOO_MUCH || discharged > TOO_MUCH) {
    refuse('out-of-range', Math.max(charged, discharged), TOO_MUCH)
  }
  if (sums[s + OPEN_CHARGE] > 0) {
    refuse('open-charge', 0, sums[s + OPEN_CHARGE])
  }
  sums[s + UNCLAIMED] += sums[s + OPEN_DISCHARGE]
  sums[s + OPEN_CHARGE] = charged - sums[s + CHARGE]
  sums[s + OPEN_DISCHARGE] = discharged - sums[s + DISCHARGE]
  sums[s + CHARGE] = charged
  sums[s + DISCHARGE] = discharged
  ints[i + READ_MINUTE] = minute
}
