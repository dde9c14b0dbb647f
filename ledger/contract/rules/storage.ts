import * as columns from '../columns.ts'
import type { RefusalCode } from '../refusal.ts'
import type { LedgerView } from '../view.ts'
import * as vocabulary from '../vocabulary.ts'
import * as encoding from '../words.ts'
import * as lotRules from './lots.ts'
import * as market from './market.ts'
const { readI64 } = encoding
const { deliver } = market
const {
  ASSET,
  ASSET_SITE,
  BATTERY_ACTIVE,
  BATTERY_MINUTE,
  LOT_HIGH,
  LOT_LOW,
  LOT_MID,
  LOT_MINUTE,
  METER_UNSETTLED,
} = columns
const { CONSUMED, EXPORTED, OPERATOR, TGEN, TSTORAGE } = vocabulary
const { LOT_WORDS } = lotRules
const { activeOf, acts, assetOf, freeOf, kindOf, lotAt, openOffer, owns } = lotRules
const { releasePart, setAsidePart, useActive } = lotRules

/**
 * `burn`: the owner's own use. Tgen is consumed in its interval; storage is consumed or exported
 * against a metered discharge, active parts first; delivery releases what is set aside.
 */
export function burn(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const lot = lotAt(view, words, at + 1)
  if (lot < 0) return 'unknown-lot'
  const actor = words[at]
  const refused = owns(view, actor, lot)
  if (refused !== null) return refused
  const reason = words[at + 1 + LOT_WORDS]
  const minute = words[at + 2 + LOT_WORDS]
  const milliWh = readI64(words, at + 3 + LOT_WORDS)
  if (milliWh <= 0) return view.refuseLot('zero-quantity', lot, milliWh)
  if (kindOf(view, lot) !== TGEN) return burnStorage(view, lot, actor, reason, minute, milliWh)
  if (reason !== CONSUMED) return view.refuseLot('malformed', lot, reason)
  const own = view.lotWords[(lot << 1) + LOT_MINUTE]
  if (minute !== own) return view.refuseLot('bad-interval', lot, minute, own)
  const free = freeOf(view, lot)
  if (milliWh > free) return view.refuseLot('exceeds-lot', lot, milliWh, free)
  useActive(view, lot, milliWh, CONSUMED, actor)
  return null
}

function burnStorage(
  view: LedgerView,
  lot: number,
  actor: number,
  reason: number,
  minute: number,
  milliWh: number,
): RefusalCode | null {
  const { batteries, lots } = view
  if (reason !== CONSUMED && reason !== EXPORTED) return view.refuseLot('malformed', lot, reason)
  const battery = assetOf(view, lot)
  const store = view.batteryAt(battery)
  const read = view.batteryWords[(store << 1) + BATTERY_MINUTE]
  if (minute !== read) return view.refuseLot('bad-interval', lot, minute, read)
  const active = activeOf(view, lot)
  if (milliWh <= active) {
    const free = freeOf(view, lot)
    if (milliWh > free) return view.refuseLot('exceeds-lot', lot, milliWh, free)
  } else {
    const held = lots[lot + LOT_HIGH] - lots[lot + LOT_LOW]
    if (milliWh > held || openOffer(view, lot) > 0) return view.refuseLot('exceeds-lot', lot, milliWh, held)
    const elsewhere = batteries[store + BATTERY_ACTIVE] - active
    if (elsewhere > 0) return view.refuseLot('active-first', lot, milliWh - active, elsewhere)
  }
  const refused = deliver(view, battery, milliWh)
  if (refused !== null) return refused
  if (milliWh > active) releasePart(view, lot, milliWh - active)
  if (reason === EXPORTED && kindOf(view, lot) === TSTORAGE) {
    const site = view.assetField(battery, ASSET_SITE)
    view.touchAsset(site)
    view.assets[site * ASSET + METER_UNSETTLED] += milliWh
  }
  useActive(view, lot, milliWh, reason, actor)
  return null
}

/** The storage lot that the operator names, or −1 with the refusal recorded; `quantity` follows it. */
function operatorsLot(view: LedgerView, words: Int32Array, at: number): number {
  if (acts(view, words[at], OPERATOR) !== null) return -1
  const lot = lotAt(view, words, at + 1)
  if (lot < 0) return -1
  if (kindOf(view, lot) === TGEN) {
    view.refuseLot('unknown-lot', lot)
    return -1
  }
  const milliWh = readI64(words, at + 1 + LOT_WORDS)
  if (milliWh <= 0) {
    view.refuseLot('zero-quantity', lot, milliWh)
    return -1
  }
  return lot
}

/** `setAside`: the operator takes Tstorage out of use. */
export function setAside(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const lot = operatorsLot(view, words, at)
  if (lot < 0) return refusedCode(view)
  const milliWh = readI64(words, at + 1 + LOT_WORDS)
  const active = activeOf(view, lot)
  if (milliWh > active) return view.refuseLot('exceeds-lot', lot, milliWh, active)
  setAsidePart(view, lot, milliWh)
  return null
}

/** `release`: the operator gives back what was set aside. */
export function release(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const lot = operatorsLot(view, words, at)
  if (lot < 0) return refusedCode(view)
  const milliWh = readI64(words, at + 1 + LOT_WORDS)
  const held = view.lots[lot + LOT_HIGH] - view.lots[lot + LOT_MID]
  if (milliWh > held) return view.refuseLot('exceeds-set-aside', lot, milliWh, held)
  releasePart(view, lot, milliWh)
  return null
}

const refusedCode = (view: LedgerView): RefusalCode | null => view.refusal?.code ?? null
