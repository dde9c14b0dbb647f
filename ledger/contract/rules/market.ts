import * as units from '../../../data/units.ts'
import * as columns from '../columns.ts'
import * as events from '../events.ts'
import type { RefusalCode } from '../refusal.ts'
import type { LedgerView } from '../view.ts'
import * as vocabulary from '../vocabulary.ts'
import * as encoding from '../words.ts'
import * as lotRules from './lots.ts'
import * as minting from './mint.ts'
const { mulDivMillionCeil } = units
const { readI64 } = encoding
const { charge } = minting
const {
  ACCOUNT,
  ACCOUNT_BALANCE,
  ACCOUNT_LIMIT,
  ACCOUNT_ROLE,
  ASSET,
  ASSET_OWNER,
  BATTERY_MINUTE,
  BATTERY_OPEN_DISCHARGE,
  LOT_KIND,
  LOT_MINUTE,
  LOT_OFFER_MINUTE,
  LOT_OFFERED,
  LOT_RATE,
  PLATFORM_FEE,
  PLATFORM_OPERATOR,
} = columns
const { PAID } = events
const { CONSUMED, EXPORTED, LOAD, SHADOW, TGEN, USE_CONSUMED, USE_EXCHANGED, UTILITY } = vocabulary
const { LOT_WORDS } = lotRules
const { activeOf, acts, assetOf, ownerOf, lotAt, openOffer, owns, useActive, intervalOf } = lotRules

/**
 * `offer`: the owner puts a part of a lot up at a rate, for the interval that the lot is of use in:
 * Tgen in its own, Tstorage in the one at hand or a later one.
 */
export function offer(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const { lots } = view
  const lot = lotAt(view, words, at + 1)
  if (lot < 0) return 'unknown-lot'
  const refused = owns(view, words[at], lot)
  if (refused !== null) return refused
  const minute = words[at + 1 + LOT_WORDS]
  const rate = words[at + 2 + LOT_WORDS]
  const milliWh = readI64(words, at + 3 + LOT_WORDS)
  const kind = lots[lot + LOT_KIND]
  if (kind === SHADOW) return view.refuseLot('never-offered', lot)
  if (milliWh <= 0) return view.refuseLot('zero-quantity', lot, milliWh)
  if (rate < 0) return view.refuseLot('out-of-range', lot, rate)
  const offered = openOffer(view, lot)
  if (offered > 0) return view.refuseLot('already-offered', lot, milliWh, offered)
  const active = activeOf(view, lot)
  if (milliWh > active) return view.refuseLot('exceeds-lot', lot, milliWh, active)
  if (kind === TGEN) {
    const own = lots[lot + LOT_MINUTE]
    if (minute !== own) return view.refuseLot('bad-interval', lot, minute, own)
  } else {
    const battery = assetOf(view, lot)
    const read = view.asset(battery, BATTERY_MINUTE)
    if (minute < read || minute % intervalOf(view, battery) !== 0) {
      return view.refuseLot('bad-interval', lot, minute, read)
    }
  }
  view.touchLot(lot)
  view.keepOffer(lot)
  lots[lot + LOT_OFFERED] = milliWh
  lots[lot + LOT_RATE] = rate
  lots[lot + LOT_OFFER_MINUTE] = minute
  return null
}

/** `cancel`: the owner takes an open offer back. */
export function cancel(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const lot = lotAt(view, words, at + 1)
  if (lot < 0) return 'unknown-lot'
  const refused = owns(view, words[at], lot)
  if (refused !== null) return refused
  if (openOffer(view, lot) === 0) return view.refuseLot('no-offer', lot)
  view.touchLot(lot)
  view.lots[lot + LOT_OFFERED] = 0
  return null
}

/**
 * `trade`: the buyer takes a part of an offer. Money moves to the seller (rounded up once, so that
 * splitting never makes energy free) and the fee to the operator; the energy is used at once, by a
 * load of the buyer, by the utility's grid or, Tgen only, by charging a battery, the buyer owning
 * the Tstorage.
 */
export function trade(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const { lots } = view
  const buyer = words[at]
  const lot = lotAt(view, words, at + 1)
  if (lot < 0) return 'unknown-lot'
  const use = words[at + 1 + LOT_WORDS]
  const target = words[at + 2 + LOT_WORDS]
  const rate = words[at + 3 + LOT_WORDS]
  const milliWh = readI64(words, at + 4 + LOT_WORDS)
  let refused = acts(view, buyer, 0)
  if (refused !== null) return refused
  if (use !== USE_CONSUMED && use !== USE_EXCHANGED) return view.refuseLot('malformed', lot, use)
  const seller = ownerOf(view, lot)
  if (seller === buyer) return view.refuseLot('own-offer', lot)
  if (milliWh <= 0) return view.refuseLot('zero-quantity', lot, milliWh)
  const offered = openOffer(view, lot)
  if (offered === 0 || lots[lot + LOT_RATE] !== rate || !isDue(view, lot)) {
    return view.refuseLot('no-offer', lot, rate, lots[lot + LOT_RATE])
  }
  if (milliWh > offered) return view.refuseLot('exceeds-lot', lot, milliWh, offered)
  refused = pay(view, buyer, seller, milliWh, rate)
  if (refused !== null) return refused
  view.touchLot(lot)
  lots[lot + LOT_OFFERED] = offered - milliWh
  return use === USE_CONSUMED
    ? consume(view, lot, target, milliWh, buyer)
    : charge(view, lot, target, milliWh, buyer)
}

/** Storage is sold only in the interval that its offer names: the battery's reading is of it. */
const isDue = (view: LedgerView, lot: number): boolean =>
  view.lots[lot + LOT_KIND] === TGEN ||
  view.asset(assetOf(view, lot), BATTERY_MINUTE) === view.lots[lot + LOT_OFFER_MINUTE]

function consume(
  view: LedgerView,
  lot: number,
  load: number,
  milliWh: number,
  buyer: number,
): RefusalCode | null {
  const utility = view.account(buyer, ACCOUNT_ROLE) === UTILITY
  if (!utility && !(view.assetIs(load, LOAD) && view.asset(load, ASSET_OWNER) === buyer)) {
    return view.refuse('unknown-asset', 'asset', load)
  }
  if (view.lots[lot + LOT_KIND] !== TGEN) {
    const refused = deliver(view, assetOf(view, lot), milliWh)
    if (refused !== null) return refused
  }
  useActive(view, lot, milliWh, utility ? EXPORTED : CONSUMED, buyer)
  return null
}

/** Counts a delivery against the metered discharge of the battery's last interval. */
export function deliver(view: LedgerView, battery: number, milliWh: number): RefusalCode | null {
  const { assets } = view
  const place = battery * ASSET + BATTERY_OPEN_DISCHARGE
  const metered = assets[place]
  if (milliWh > metered) return view.refuse('exceeds-discharge', 'asset', battery, milliWh, metered)
  view.touchAsset(battery)
  assets[place] = metered - milliWh
  return null
}

function pay(
  view: LedgerView,
  buyer: number,
  seller: number,
  milliWh: number,
  rate: number,
): RefusalCode | null {
  const { accounts } = view
  const price = mulDivMillionCeil(milliWh, rate)
  const fee = mulDivMillionCeil(milliWh, view.platform[PLATFORM_FEE])
  const balance = buyer * ACCOUNT + ACCOUNT_BALANCE
  const spendable = accounts[balance] + accounts[buyer * ACCOUNT + ACCOUNT_LIMIT]
  if (price + fee > spendable) return view.refuse('credit-limit', 'account', buyer, price + fee, spendable)
  const operator = view.platform[PLATFORM_OPERATOR] | 0
  view.touchAccount(buyer)
  accounts[balance] -= price + fee
  view.addCredit(seller, price)
  view.events.money(PAID, buyer, seller, price)
  if (fee > 0) {
    view.addCredit(operator, fee)
    view.events.money(PAID, buyer, operator, fee)
  }
  return null
}
