import { type Book, EVENT_CANCELLED, EVENT_OFFERED, EVENT_SOLD } from '../book.ts'
import {
  ACCOUNT_INTS,
  ACCOUNT_SUMS,
  BALANCE,
  CREDIT,
  CREDIT_LIMIT,
  ROLE,
  UTILITY,
} from '../tables/accounts.ts'
import { ASSET_INTS, ASSET_OWNER, INTERVAL, LOAD, READ_MINUTE } from '../tables/assets.ts'
import {
  LOT_ASSET_ROW,
  LOT_INTS,
  LOT_KIND,
  LOT_MINUTE,
  LOT_OWNER,
  LOT_SUMS,
  LOW,
  MID,
  OFFER_MINUTE,
  OFFERED,
  RATE,
  SHADOW,
  TGEN,
} from '../tables/lots.ts'
import { CONSUMED, EXPORTED } from '../totals.ts'
import { burnActive, openOffer } from './parts.ts'
import { acts, ANYONE, assetOf, lotOf, perMillion, refuse, whole } from './refusals.ts'
import { charge, discharge, owns } from './storage.ts'

const TO_BE_USED = 1
const TO_BE_EXCHANGED = 2

export function offer(book: Book, w: Int32Array, at: number): void {
  const { assets, lots } = book
  const lot = lotOf(book, w, at)
  const actor = w[at + 1]
  const minute = w[at + 7]
  const milliWh = whole(w, at + 9)
  const i = lot * LOT_INTS
  const s = lot * LOT_SUMS
  const { ints, sums } = lots
  owns(book, lot, actor)
  if (ints[i + LOT_KIND] === SHADOW) refuse('never-offered', 0, 0)
  if (milliWh <= 0) refuse('zero-quantity', milliWh, 0)
  if (w[at + 8] < 0) refuse('out-of-range', w[at + 8], 0)
  if (openOffer(book, lot) > 0) refuse('already-offered', milliWh, sums[s + OFFERED])
  const active = sums[s + MID] - sums[s + LOW]
  if (milliWh > active) refuse('exceeds-lot', milliWh, active)
  if (ints[i + LOT_KIND] === TGEN) {
    if (minute !== ints[i + LOT_MINUTE]) refuse('bad-interval', minute, ints[i + LOT_MINUTE])
  } else {
    const battery = ints[i + LOT_ASSET_ROW] * ASSET_INTS
    if (minute < assets.ints[battery + READ_MINUTE] || minute % assets.ints[battery + INTERVAL] !== 0) {
      refuse('bad-interval', minute, assets.ints[battery + READ_MINUTE])
    }
  }
  sums[s + OFFERED] = milliWh
  ints[i + RATE] = w[at + 8]
  ints[i + OFFER_MINUTE] = minute
  if (book.sink !== null) book.sink(EVENT_OFFERED, lot, sums[s + LOW], milliWh, minute, actor, w[at + 8])
}

export function cancel(book: Book, w: Int32Array, at: number): void {
  const lot = lotOf(book, w, at)
  owns(book, lot, w[at + 1])
  const open = openOffer(book, lot)
  if (open === 0) refuse('no-offer', 0, 0)
  const { sums } = book.lots
  sums[lot * LOT_SUMS + OFFERED] = 0
  if (book.sink !== null) book.sink(EVENT_CANCELLED, lot, sums[lot * LOT_SUMS + LOW], open, 0, w[at + 1], 0)
}

/** Adds to what an account received and has not folded yet. */
export function credit({ accounts }: Book, row: number, microUsd: number): void {
  accounts.sums[row * ACCOUNT_SUMS + CREDIT] += microUsd
}

export function trade(book: Book, w: Int32Array, at: number): void {
  const { accounts, assets, lots } = book
  const lot = lotOf(book, w, at)
  const buyer = w[at + 1]
  const use = w[at + 7]
  const target = w[at + 8]
  const rate = w[at + 9]
  const milliWh = whole(w, at + 10)
  const buyerRow = acts(book, buyer, ANYONE)
  if (use !== TO_BE_USED && use !== TO_BE_EXCHANGED) refuse('malformed', use, 0)
  const i = lot * LOT_INTS
  const s = lot * LOT_SUMS
  const { ints, sums } = lots
  const seller = ints[i + LOT_OWNER]
  const stored = ints[i + LOT_KIND] !== TGEN
  if (seller === buyer) refuse('own-offer', buyer, 0)
  if (milliWh <= 0) refuse('zero-quantity', milliWh, 0)
  const read = assets.ints[ints[i + LOT_ASSET_ROW] * ASSET_INTS + READ_MINUTE]
  if (openOffer(book, lot) === 0 || ints[i + RATE] !== rate || (stored && read !== ints[i + OFFER_MINUTE])) {
    refuse('no-offer', rate, 0)
  }
  if (milliWh > sums[s + OFFERED]) {
    refuse('exceeds-lot', milliWh, sums[s + OFFERED])
  }
  const price = perMillion(milliWh, rate, true)
  const fee = perMillion(milliWh, book.fee, true)
  const money = buyerRow * ACCOUNT_SUMS
  if (price + fee > accounts.sums[money + BALANCE] + accounts.sums[money + CREDIT_LIMIT]) {
    refuse('credit-limit', price + fee, accounts.sums[money + BALANCE] + accounts.sums[money + CREDIT_LIMIT])
  }
  accounts.sums[money + BALANCE] -= price + fee
  credit(book, accounts.find(seller), price)
  credit(book, accounts.find(book.operator), fee)
  if (book.sink !== null) book.sink(EVENT_SOLD, lot, sums[s + LOW], milliWh, use, buyer, price)
  sums[s + OFFERED] -= milliWh

  if (use === TO_BE_EXCHANGED) return charge(book, lot, target, milliWh, buyer)
  const utility = accounts.ints[buyerRow * ACCOUNT_INTS + ROLE] === UTILITY
  if (!utility) {
    const load = assetOf(book, target, LOAD)
    if (assets.ints[load * ASSET_INTS + ASSET_OWNER] !== buyer) {
      refuse('unknown-asset', target, buyer)
    }
  }
  if (stored) discharge(book, lot, milliWh)
  burnActive(book, lot, milliWh, utility ? EXPORTED : CONSUMED, buyer)
}
