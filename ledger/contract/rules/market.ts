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
  ASSET_OWNER,
  BATTERY_MINUTE,
  BATTERY_OPEN_DISCHARGE,
  LOT_HAS_OFFER,
  LOT_MINUTE,
  PLATFORM_FEE,
  PLATFORM_OPERATOR,
  TERMS_OFFERED,
  TERMS_OFFER_MINUTE,
  TERMS_RATE,
} = columns
const { PAID } = events
const { CONSUMED, EXPORTED, LOAD, SHADOW, TGEN, USE_CONSUMED, USE_EXCHANGED, UTILITY } = vocabulary
const { LOT_WORDS } = lotRules
const { activeOf, acts, assetOf, intervalOf, kindOf, lotAt } = lotRules
const { openOffer, ownerOf, owns, storeAt, termsAt, useActive } = lotRules

/**
 * `offer`: the owner puts a part of a lot up at a rate, for the interval that the lot is of use in:
 * Tgen in its own, Tstorage in the one at hand or a later one.
 */
export function offer(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const lot = lotAt(view, words, at + 1)
  if (lot < 0) return 'unknown-lot'
  const refused = owns(view, words[at], lot)
  if (refused !== null) return refused
  const minute = words[at + 1 + LOT_WORDS]
  const rate = words[at + 2 + LOT_WORDS]
  const milliWh = readI64(words, at + 3 + LOT_WORDS)
  const kind = kindOf(view, lot)
  if (kind === SHADOW) return view.refuseLot('never-offered', lot)
  if (milliWh <= 0) return view.refuseLot('zero-quantity', lot, milliWh)
  if (rate < 0) return view.refuseLot('out-of-range', lot, rate)
  const offered = openOffer(view, lot)
  if (offered > 0) return view.refuseLot('already-offered', lot, milliWh, offered)
  const active = activeOf(view, lot)
  if (milliWh > active) return view.refuseLot('exceeds-lot', lot, milliWh, active)
  if (kind === TGEN) {
    const own = view.lotWords[(lot << 1) + LOT_MINUTE]
    if (minute !== own) return view.refuseLot('bad-interval', lot, minute, own)
  } else {
    const battery = assetOf(view, lot)
    const read = view.batteryField(battery, BATTERY_MINUTE)
    if (minute < read || minute % intervalOf(view, battery) !== 0) {
      return view.refuseLot('bad-interval', lot, minute, read)
    }
  }
  view.touchLot(lot)
  view.keepOffer(lot)
  const terms = termsAt(lot)
  view.lotWords[(lot << 1) + LOT_HAS_OFFER] = 1
  view.terms[terms + TERMS_OFFERED] = milliWh
  view.termWords[(terms << 1) + TERMS_RATE] = rate
  view.termWords[(terms << 1) + TERMS_OFFER_MINUTE] = minute
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
  view.terms[termsAt(lot) + TERMS_OFFERED] = 0
  return null
}

/**
 * `trade`: the buyer takes a part of an offer. Money moves to the seller (rounded up once, so that
 * splitting never makes energy free) and the fee to the operator; the energy is used at once, by a
 * load of the buyer, by the utility's grid or, Tgen only, by charging a battery, the buyer owning
 * the Tstorage.
 */
export function trade(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
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
  const asked = view.termWords[(termsAt(lot) << 1) + TERMS_RATE]
  if (offered === 0 || asked !== rate || !isDue(view, lot)) {
    return view.refuseLot('no-offer', lot, rate, asked)
  }
  if (milliWh > offered) return view.refuseLot('exceeds-lot', lot, milliWh, offered)
  refused = pay(view, buyer, seller, milliWh, rate)
  if (refused !== null) return refused
  view.touchLot(lot)
  view.terms[termsAt(lot) + TERMS_OFFERED] = offered - milliWh
  return use === USE_CONSUMED
    ? consume(view, lot, target, milliWh, buyer)
    : charge(view, lot, target, milliWh, buyer)
}

/** Storage is sold only in the interval that its offer names: the battery's reading is of it. */
const isDue = (view: LedgerView, lot: number): boolean =>
  kindOf(view, lot) === TGEN ||
  view.batteryWords[(storeAt(view, lot) << 1) + BATTERY_MINUTE] ===
    view.termWords[(termsAt(lot) << 1) + TERMS_OFFER_MINUTE]

function consume(
  view: LedgerView,
  lot: number,
  load: number,
  milliWh: number,
  buyer: number,
): RefusalCode | null {
  const utility = view.accountField(buyer, ACCOUNT_ROLE) === UTILITY
  if (!utility && !(view.assetIs(load, LOAD) && view.assetField(load, ASSET_OWNER) === buyer)) {
    return view.refuse('unknown-asset', 'asset', load)
  }
  if (kindOf(view, lot) !== TGEN) {
    const refused = deliver(view, assetOf(view, lot), milliWh)
    if (refused !== null) return refused
  }
  useActive(view, lot, milliWh, utility ? EXPORTED : CONSUMED, buyer)
  return null
}

/** Counts a delivery against the metered discharge of the battery's last interval. */
export function deliver(view: LedgerView, battery: number, milliWh: number): RefusalCode | null {
  const { batteries } = view
  const place = view.batteryAt(battery) + BATTERY_OPEN_DISCHARGE
  const metered = batteries[place]
  if (milliWh > metered) return view.refuse('exceeds-discharge', 'asset', battery, milliWh, metered)
  view.touchAsset(battery)
  batteries[place] = metered - milliWh
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
  const operator = view.platform[PLATFORM_OPERATOR]
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
