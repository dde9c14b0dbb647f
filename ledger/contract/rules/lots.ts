import * as columns from '../columns.ts'
import * as events from '../events.ts'
import type { RefusalCode } from '../refusal.ts'
import type { LedgerView } from '../view.ts'
import * as vocabulary from '../vocabulary.ts'
import * as encoding from '../words.ts'
const { readI64 } = encoding
const {
  ACCOUNT_ROLE,
  ASSET,
  ASSET_INTERVAL,
  BATTERY_ACTIVE,
  BATTERY_MINUTE,
  BATTERY_SET_ASIDE,
  LOT_ASSET,
  LOT_HIGH,
  LOT_KIND,
  LOT_LOW,
  LOT_MID,
  LOT_OFFER_MINUTE,
  LOT_OFFERED,
  LOT_OWNER,
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
  const had = view.account(actor, ACCOUNT_ROLE)
  return had === role || had === orRole ? null : view.refuse('wrong-role', 'account', actor, role, had)
}

/** May the client act for this account, and does the account own the lot? */
export function owns(view: LedgerView, actor: number, lot: number): RefusalCode | null {
  if (!view.speaksFor(actor)) return view.refuse('not-authorised', 'account', actor)
  const owner = ownerOf(view, lot)
  return owner === actor ? null : view.refuseLot('not-owner', lot, actor, owner)
}

/**
 * Length of an asset's interval, minutes; a 32-bit integer also for the compiler, since the remainder of a
 * division takes many times as long in doubles.
 */
export const intervalOf = (view: LedgerView, asset: number): number =>
  view.assets[asset * ASSET + ASSET_INTERVAL] | 0

/** Numbers of the asset that issued a lot, and of its owner; 32-bit for the same reason: they become places. */
export const assetOf = (view: LedgerView, lot: number): number => view.lots[lot + LOT_ASSET] | 0
export const ownerOf = (view: LedgerView, lot: number): number => view.lots[lot + LOT_OWNER] | 0

export const activeOf = (view: LedgerView, lot: number): number =>
  view.lots[lot + LOT_MID] - view.lots[lot + LOT_LOW]

/** What the lot's offer still holds; nothing once its interval has passed. */
export function openOffer(view: LedgerView, lot: number): number {
  const { lots } = view
  const offered = lots[lot + LOT_OFFERED]
  if (offered === 0 || lots[lot + LOT_KIND] === TGEN) return offered
  const read = view.assets[assetOf(view, lot) * ASSET + BATTERY_MINUTE]
  return read <= lots[lot + LOT_OFFER_MINUTE] ? offered : 0
}

/** Active and not promised to an open offer. */
export const freeOf = (view: LedgerView, lot: number): number => activeOf(view, lot) - openOffer(view, lot)

/** An offer never holds more than what is active; the lot is touched. */
function shrinkOffer(view: LedgerView, lot: number): void {
  const { lots } = view
  const offered = lots[lot + LOT_OFFERED]
  if (offered === 0) return
  const active = lots[lot + LOT_MID] - lots[lot + LOT_LOW]
  if (offered > active) lots[lot + LOT_OFFERED] = active
}

/** Burns the next `milliWh` of the active part; the caller has checked that it is there. */
export function useActive(
  view: LedgerView,
  lot: number,
  milliWh: number,
  reason: number,
  account: number,
): void {
  const { assets, lots } = view
  const low = lots[lot + LOT_LOW]
  const kind = lots[lot + LOT_KIND] | 0
  view.touchLot(lot)
  lots[lot + LOT_LOW] = low + milliWh
  if (kind !== TGEN) assets[assetOf(view, lot) * ASSET + BATTERY_ACTIVE] -= milliWh
  shrinkOffer(view, lot)
  view.events.ofLot(BURNED, kind, reason, lot, low, milliWh, account)
  view.mayBeEmpty(lot)
}

/** Moves the mark between active and set aside; the battery's sums follow. */
function moveMid(view: LedgerView, lot: number, mid: number, released: number): void {
  const { assets, lots } = view
  const battery = assetOf(view, lot) * ASSET
  view.touchLot(lot)
  lots[lot + LOT_MID] = mid
  assets[battery + BATTERY_ACTIVE] += released
  assets[battery + BATTERY_SET_ASIDE] -= released
}

/** Active → set aside, from the top of the active part; an open offer shrinks to what stays. */
export function setAsidePart(view: LedgerView, lot: number, milliWh: number): void {
  const mid = view.lots[lot + LOT_MID] - milliWh
  moveMid(view, lot, mid, -milliWh)
  shrinkOffer(view, lot)
  view.events.ofLot(SET_ASIDE, view.lots[lot + LOT_KIND], 0, lot, mid, milliWh, ownerOf(view, lot))
}

/** Set aside → active, from the bottom of the part that is set aside. */
export function releasePart(view: LedgerView, lot: number, milliWh: number): void {
  const mid = view.lots[lot + LOT_MID]
  moveMid(view, lot, mid + milliWh, milliWh)
  view.events.ofLot(RELEASED, view.lots[lot + LOT_KIND], 0, lot, mid, milliWh, ownerOf(view, lot))
}

/** Burns the top of the part that is set aside: energy that is verified to be gone. */
export function burnSetAside(view: LedgerView, lot: number, milliWh: number, reason: number): void {
  const { lots } = view
  const high = lots[lot + LOT_HIGH] - milliWh
  view.touchLot(lot)
  lots[lot + LOT_HIGH] = high
  view.assets[assetOf(view, lot) * ASSET + BATTERY_SET_ASIDE] -= milliWh
  view.events.ofLot(BURNED, lots[lot + LOT_KIND], reason, lot, high, milliWh, lots[lot + LOT_OWNER])
  view.mayBeEmpty(lot)
}
