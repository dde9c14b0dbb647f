import { mulDivMillionCeil } from '../../../data/units.ts'
import { PAID } from '../events.ts'
import type { RefusalCode } from '../refusal.ts'
import type { LedgerView } from '../view.ts'
import { BATTERY, CONSUMED, LOAD, TGEN, UTILITY } from '../vocabulary.ts'
import { readI64 } from '../words.ts'
import { freeOf, LOT_WORDS, lotAt, lotNameOfRow, ownerMay, useActive } from './lots.ts'
import { charge } from './mint.ts'

/** `offer`: the owner puts a part of a lot up at a rate, for the interval that the lot is of use in. */
export function offer(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const row = lotAt(view, words, at + 1)
  if (row < 0) return 'unknown-lot'
  const refused = ownerMay(view, words[at], row)
  if (refused !== null) return refused
  const minute = words[at + 1 + LOT_WORDS]
  const rate = words[at + 2 + LOT_WORDS]
  const milliWh = readI64(words, at + 3 + LOT_WORDS)
  const name = lotNameOfRow(view, row)
  if (milliWh <= 0) return view.refuse('zero-quantity', name, milliWh)
  if (rate < 0) return view.refuse('out-of-range', name, rate)
  if (view.lotOffered[row] !== 0) return view.refuse('already-offered', name, milliWh, view.lotOffered[row])
  if (milliWh > freeOf(view, row)) return view.refuse('exceeds-lot', name, milliWh, freeOf(view, row))
  const deliverable =
    view.lotKind[row] === TGEN ? view.lotMinute[row] : view.batteryMinute[view.lotAsset[row]]
  if (minute !== deliverable) return view.refuse('bad-interval', name, minute, deliverable)
  view.put(view.lotOffered, row, milliWh)
  view.put(view.lotRate, row, rate)
  return null
}

/** `cancel`: the owner takes an open offer back. */
export function cancel(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const row = lotAt(view, words, at + 1)
  if (row < 0) return 'unknown-lot'
  const refused = ownerMay(view, words[at], row)
  if (refused !== null) return refused
  if (view.lotOffered[row] === 0) return view.refuse('no-offer', lotNameOfRow(view, row))
  view.put(view.lotOffered, row, 0)
  return null
}

/**
 * `trade`: the buyer takes a part of an offer. Money moves to the seller (rounded up once, so that
 * splitting never makes energy free) and the fee to the operator; the energy is used at once, by a
 * load of the buyer or, Tgen only, by charging a battery, the buyer owning the Tstorage.
 */
export function trade(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const buyer = words[at]
  const row = lotAt(view, words, at + 1)
  if (row < 0) return 'unknown-lot'
  const use = words[at + 1 + LOT_WORDS]
  const target = words[at + 2 + LOT_WORDS]
  const rate = words[at + 3 + LOT_WORDS]
  const milliWh = readI64(words, at + 4 + LOT_WORDS)
  const name = lotNameOfRow(view, row)
  if (!view.speaksFor(buyer)) return view.refuse('not-authorised', `account ${buyer}`)
  const seller = view.lotOwner[row]
  if (seller === buyer) return view.refuse('own-offer', name)
  if (milliWh <= 0) return view.refuse('zero-quantity', name, milliWh)
  if (view.lotOffered[row] === 0 || view.lotRate[row] !== rate) {
    return view.refuse('no-offer', name, rate, view.lotRate[row])
  }
  if (milliWh > view.lotOffered[row]) return view.refuse('exceeds-lot', name, milliWh, view.lotOffered[row])
  const refused = pay(view, buyer, seller, milliWh, rate)
  if (refused !== null) return refused
  view.put(view.lotOffered, row, view.lotOffered[row] - milliWh)
  return use === CONSUMED
    ? consume(view, row, target, milliWh, buyer)
    : charge(view, row, target, milliWh, buyer)
}

function consume(
  view: LedgerView,
  row: number,
  load: number,
  milliWh: number,
  buyer: number,
): RefusalCode | null {
  const utility = view.accountRole[buyer] === UTILITY
  if (!utility && !(view.assetIs(load, LOAD) && view.assetOwner[load] === buyer)) {
    return view.refuse('unknown-asset', `asset ${load}`)
  }
  if (view.lotKind[row] !== TGEN) {
    const battery = view.lotAsset[row]
    const refused = deliver(view, battery, milliWh)
    if (refused !== null) return refused
  }
  useActive(view, row, milliWh, CONSUMED, buyer)
  return null
}

/** Counts a delivery against the metered discharge of the battery's last interval. */
export function deliver(view: LedgerView, battery: number, milliWh: number): RefusalCode | null {
  const metered = view.batteryDeltaDischarge[battery]
  if (!view.assetIs(battery, BATTERY) || milliWh > metered) {
    return view.refuse('exceeds-discharge', `asset ${battery}`, milliWh, metered)
  }
  view.put(view.batteryDeltaDischarge, battery, metered - milliWh)
  return null
}

function pay(
  view: LedgerView,
  buyer: number,
  seller: number,
  milliWh: number,
  rate: number,
): RefusalCode | null {
  const price = mulDivMillionCeil(milliWh, rate)
  const fee = mulDivMillionCeil(milliWh, view.platform[0])
  const spendable = view.accountBalance[buyer] + view.accountLimit[buyer]
  if (price + fee > spendable) return view.refuse('credit-limit', `account ${buyer}`, price + fee, spendable)
  view.put(view.accountBalance, buyer, view.accountBalance[buyer] - price - fee)
  view.put(view.accountCredit, seller, view.accountCredit[seller] + price)
  view.events.money(PAID, buyer, seller, price)
  if (fee > 0) {
    const operator = view.platform[1]
    view.put(view.accountCredit, operator, view.accountCredit[operator] + fee)
    view.events.money(PAID, buyer, operator, fee)
  }
  return null
}
