import { BURNED, RELEASED, SET_ASIDE } from '../events.ts'
import type { RefusalCode } from '../refusal.ts'
import type { LedgerView } from '../view.ts'
import { TGEN } from '../vocabulary.ts'
import { readI64 } from '../words.ts'

/** Words that a lot's name takes in an operation. */
export const LOT_WORDS = 5

/** A lot's name for people: asset, minute, source and first serial number. */
export const lotName = (asset: number, minute: number, source: number, from: number): string =>
  `lot ${asset}/${minute}/${source}/${from}`

export const lotNameOfRow = (view: LedgerView, row: number): string =>
  lotName(view.lotAsset[row], view.lotMinute[row], view.lotSource[row], view.lotFrom[row])

/** The row of the lot that an operation names at `at`, or −1 with the refusal recorded. */
export function lotAt(view: LedgerView, words: Int32Array, at: number): number {
  const asset = words[at]
  const minute = words[at + 1]
  const source = words[at + 2]
  const from = readI64(words, at + 3)
  const row = view.index.find(asset, minute, source, from)
  if (row < 0) view.refuse('unknown-lot', lotName(asset, minute, source, from))
  return row
}

/** May the client act for this account, and does the account own the lot? */
export function ownerMay(view: LedgerView, actor: number, row: number): RefusalCode | null {
  if (!view.speaksFor(actor)) return view.refuse('not-authorised', `account ${actor}`)
  if (view.lotOwner[row] !== actor)
    return view.refuse('not-owner', lotNameOfRow(view, row), actor, view.lotOwner[row])
  return null
}

/** Active and not promised to an open offer. */
export const freeOf = (view: LedgerView, row: number): number =>
  view.lotMid[row] - view.lotLow[row] - view.lotOffered[row]

function event(
  view: LedgerView,
  type: number,
  reason: number,
  row: number,
  from: number,
  milliWh: number,
  account: number,
) {
  view.events.lot(
    type,
    view.lotKind[row],
    reason,
    view.lotAsset[row],
    view.lotMinute[row],
    view.lotSource[row],
    view.lotFrom[row],
    from,
    milliWh,
    account,
  )
}

/** Burns the next `milliWh` of the active part; the caller has checked that it is there. */
export function useActive(
  view: LedgerView,
  row: number,
  milliWh: number,
  reason: number,
  account: number,
): void {
  const low = view.lotLow[row]
  view.put(view.lotLow, row, low + milliWh)
  if (view.lotKind[row] !== TGEN) {
    const battery = view.lotAsset[row]
    view.put(view.batteryActive, battery, view.batteryActive[battery] - milliWh)
  }
  event(view, BURNED, reason, row, low, milliWh, account)
  view.mayBeEmpty(row)
}

/** Active → set aside, from the top of the active part; an open offer shrinks to what stays. */
export function setAsidePart(view: LedgerView, row: number, milliWh: number): void {
  const mid = view.lotMid[row] - milliWh
  const battery = view.lotAsset[row]
  view.put(view.lotMid, row, mid)
  view.put(view.batteryActive, battery, view.batteryActive[battery] - milliWh)
  view.put(view.batterySetAside, battery, view.batterySetAside[battery] + milliWh)
  if (view.lotOffered[row] > mid - view.lotLow[row]) view.put(view.lotOffered, row, mid - view.lotLow[row])
  event(view, SET_ASIDE, 0, row, mid, milliWh, view.lotOwner[row])
}

/** Set aside → active, from the bottom of the part that is set aside. */
export function releasePart(view: LedgerView, row: number, milliWh: number): void {
  const mid = view.lotMid[row]
  const battery = view.lotAsset[row]
  view.put(view.lotMid, row, mid + milliWh)
  view.put(view.batteryActive, battery, view.batteryActive[battery] + milliWh)
  view.put(view.batterySetAside, battery, view.batterySetAside[battery] - milliWh)
  event(view, RELEASED, 0, row, mid, milliWh, view.lotOwner[row])
}

/** Burns the top of the part that is set aside: energy that is verified to be gone. */
export function burnSetAside(view: LedgerView, row: number, milliWh: number, reason: number): void {
  const high = view.lotHigh[row] - milliWh
  const battery = view.lotAsset[row]
  view.put(view.lotHigh, row, high)
  view.put(view.batterySetAside, battery, view.batterySetAside[battery] - milliWh)
  event(view, BURNED, reason, row, high, milliWh, view.lotOwner[row])
  view.mayBeEmpty(row)
}
