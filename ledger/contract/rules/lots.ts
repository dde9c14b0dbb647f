import * as columns from '../columns.ts'
import * as events from '../events.ts'
import type { RefusalCode } from '../refusal.ts'
import type { LedgerView } from '../view.ts'
import * as vocabulary from '../vocabulary.ts'
import * as encoding from '../words.ts'
const { readI64 } = encoding
const {
  ACCOUNT_ROLE,
  ASSET_SHIFT,
  ASSET_INTERVAL,
  BATTERY_ACTIVE,
  BATTERY_MINUTE,
  BATTERY_SET_ASIDE,
  LOT_ASSET,
  LOT_HAS_OFFER,
  LOT_HIGH,
  LOT_KIND,
  LOT_LOW,
  LOT_MID,
  LOT_OWNER,
  TERMS_OFFERED,
  TERMS_OFFER_MINUTE,
} = columns
const { BURNED, RELEASED, SET_ASIDE } = events
const { TGEN } = vocabulary

/** Words that a lot's name takes in an operation. */
export const LOT_WORDS = 5

/**
 * Place of the living lot that an operation names at `at`, or −1 with the refusal recorded. One that
 * ran empty earlier in the same transaction is gone already.
 */
export function lotAt(view: LedgerView, words: Int32Array, at: number): number {
  const lot = view.findLot(words[at], words[at + 1], words[at + 2], readI64(words, at + 3))
  if (lot >= 0 && view.lots[lot + LOT_LOW] < view.lots[lot + LOT_HIGH]) return lot
  const name = `lot ${words[at]}/${words[at + 1]}/${words[at + 2]}/${readI64(words, at + 3)}`
  view.refusal = { code: 'unknown-lot', operation: 0, subject: name, asked: 0, had: 0 }
  return -1
}

/** May the client act for this account, and, where one is named, has it the role? */
export function acts(
  view: LedgerView,
  actor: number,
  role: number,
  orRole: number = role,
): RefusalCode | null {
  if (!view.speaksFor(actor)) return view.refuse('not-authorised', 'account', actor)
  if (role === 0) return null
  const had = view.accountField(actor, ACCOUNT_ROLE)
  return had === role || had === orRole ? null : view.refuse('wrong-role', 'account', actor, role, had)
}

/** May the client act for this account, and does the account own the lot? */
export function owns(view: LedgerView, actor: number, lot: number): RefusalCode | null {
  if (!view.speaksFor(actor)) return view.refuse('not-authorised', 'account', actor)
  const owner = ownerOf(view, lot)
  return owner === actor ? null : view.refuseLot('not-owner', lot, actor, owner)
}

/** Length of an asset's interval, minutes. */
export const intervalOf = (view: LedgerView, asset: number): number =>
  view.assetWords[(asset << ASSET_SHIFT) + ASSET_INTERVAL]

/** Kind of a lot, the number of the asset that issued it, and of its owner. */
export const kindOf = (view: LedgerView, lot: number): number => view.lotWords[(lot << 1) + LOT_KIND]
export const assetOf = (view: LedgerView, lot: number): number => view.lotWords[(lot << 1) + LOT_ASSET]
export const ownerOf = (view: LedgerView, lot: number): number => view.lotWords[(lot << 1) + LOT_OWNER]

/** Place of a lot's terms, and of the row of the battery that issued it. */
export const termsAt = (lot: number): number => lot >> 1
export const storeAt = (view: LedgerView, lot: number): number => view.batteryAt(assetOf(view, lot))

export const activeOf = (view: LedgerView, lot: number): number =>
  view.lots[lot + LOT_MID] - view.lots[lot + LOT_LOW]

/** What the lot's offer still holds; nothing once its interval has passed. */
export function openOffer(view: LedgerView, lot: number): number {
  if (view.lotWords[(lot << 1) + LOT_HAS_OFFER] === 0) return 0
  const offered = view.terms[termsAt(lot) + TERMS_OFFERED]
  if (offered === 0 || kindOf(view, lot) === TGEN) return offered
  const read = view.batteryWords[(storeAt(view, lot) << 1) + BATTERY_MINUTE]
  return read <= view.termWords[(termsAt(lot) << 1) + TERMS_OFFER_MINUTE] ? offered : 0
}

/** Active and not promised to an open offer. */
export const freeOf = (view: LedgerView, lot: number): number => activeOf(view, lot) - openOffer(view, lot)

/** An offer never holds more than what is active; the lot is touched. */
function shrinkOffer(view: LedgerView, lot: number): void {
  if (view.lotWords[(lot << 1) + LOT_HAS_OFFER] === 0) return
  const { lots, terms } = view
  const active = lots[lot + LOT_MID] - lots[lot + LOT_LOW]
  const offered = termsAt(lot) + TERMS_OFFERED
  if (terms[offered] > active) terms[offered] = active
}

/** Burns the next `milliWh` of the active part; the caller has checked that it is there. */
export function useActive(
  view: LedgerView,
  lot: number,
  milliWh: number,
  reason: number,
  account: number,
): void {
  const { batteries, lots } = view
  const low = lots[lot + LOT_LOW]
  const kind = kindOf(view, lot)
  view.touchLot(lot)
  lots[lot + LOT_LOW] = low + milliWh
  if (kind !== TGEN) batteries[storeAt(view, lot) + BATTERY_ACTIVE] -= milliWh
  shrinkOffer(view, lot)
  view.events.ofLot(BURNED, kind, reason, lot, low, milliWh, account)
  view.mayBeEmpty(lot)
}

/** Moves the mark between active and set aside; the battery's sums follow. */
function moveMid(view: LedgerView, lot: number, mid: number, released: number): void {
  const { batteries, lots } = view
  const store = storeAt(view, lot)
  view.touchLot(lot)
  lots[lot + LOT_MID] = mid
  batteries[store + BATTERY_ACTIVE] += released
  batteries[store + BATTERY_SET_ASIDE] -= released
}

/** Active → set aside, from the top of the active part; an open offer shrinks to what stays. */
export function setAsidePart(view: LedgerView, lot: number, milliWh: number): void {
  const mid = view.lots[lot + LOT_MID] - milliWh
  moveMid(view, lot, mid, -milliWh)
  shrinkOffer(view, lot)
  view.events.ofLot(SET_ASIDE, kindOf(view, lot), 0, lot, mid, milliWh, ownerOf(view, lot))
}

/** Set aside → active, from the bottom of the part that is set aside. */
export function releasePart(view: LedgerView, lot: number, milliWh: number): void {
  const mid = view.lots[lot + LOT_MID]
  moveMid(view, lot, mid + milliWh, milliWh)
  view.events.ofLot(RELEASED, kindOf(view, lot), 0, lot, mid, milliWh, ownerOf(view, lot))
}

/** Burns the top of the part that is set aside: energy that is verified to be gone. */
export function burnSetAside(view: LedgerView, lot: number, milliWh: number, reason: number): void {
  const { lots } = view
  const high = lots[lot + LOT_HIGH] - milliWh
  view.touchLot(lot)
  lots[lot + LOT_HIGH] = high
  view.batteries[storeAt(view, lot) + BATTERY_SET_ASIDE] -= milliWh
  view.events.ofLot(BURNED, kindOf(view, lot), reason, lot, high, milliWh, ownerOf(view, lot))
  view.mayBeEmpty(lot)
}
