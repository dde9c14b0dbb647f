import * as units from '../../../data/units.ts'
import * as columns from '../columns.ts'
import * as events from '../events.ts'
import type { RefusalCode } from '../refusal.ts'
import type { LedgerView } from '../view.ts'
import * as vocabulary from '../vocabulary.ts'
import * as encoding from '../words.ts'
import * as lotRules from './lots.ts'
const { mulDivMillionFloor } = units
const { readI64 } = encoding
const {
  ASSET_SHIFT,
  ASSET_MINTED,
  ASSET_NAMEPLATE_W,
  ASSET_OWNER,
  ASSET_SITE,
  BATTERY_ACTIVE,
  BATTERY_ENERGY,
  BATTERY_FACTOR,
  BATTERY_MINUTE,
  BATTERY_OPEN_CHARGE,
  BATTERY_SET_ASIDE,
  LOT_LOW,
  LOT_MINUTE,
  METER_CLOSED,
  TERMS_CARBON,
} = columns
const { MINTED } = events
const { BATTERY, CONVERSION_LOSS, EXCHANGED, ORACLE, SHADOW, SOLAR, TGEN, TSTORAGE } = vocabulary
const { LOT_WORDS } = lotRules
const { acts, assetOf, freeOf, intervalOf, kindOf, lotAt, owns, termsAt, useActive } = lotRules

/**
 * `mint`: the oracle attests what a solar asset generated in one interval (a Tgen lot), or what a
 * battery took from the grid (a shadow lot, the rest of the interval's charge after exchanges).
 */
export function mint(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const asset = words[at + 1]
  const minute = words[at + 2]
  const carbon = words[at + 3]
  const milliWh = readI64(words, at + 4)
  const refused = acts(view, words[at], ORACLE)
  if (refused !== null) return refused
  if (milliWh <= 0) return view.refuse('zero-quantity', 'asset', asset, milliWh)
  if (carbon < 0) return view.refuse('out-of-range', 'asset', asset, carbon)
  const solar = view.assetIs(asset, SOLAR)
  if (!solar && !view.assetIs(asset, BATTERY)) return view.refuse('unknown-asset', 'asset', asset)
  const { assetWords } = view
  const its = asset << ASSET_SHIFT
  const interval = intervalOf(view, asset)
  if (minute % interval !== 0) return view.refuse('bad-interval', 'asset', asset, minute, interval)
  const minted = assetWords[its + ASSET_MINTED]
  if (minute <= minted) return view.refuse('already-minted', 'asset', asset, minute, minted)
  if (!solar) return mintShadow(view, asset, minute, carbon, milliWh)

  const closed = view.assetField(assetWords[its + ASSET_SITE], METER_CLOSED)
  if (minute <= closed) return view.refuse('interval-closed', 'asset', asset, minute, closed)
  // 1.1 × W × minutes / 60 × 1000, whole milliwatt-hours.
  const thrice = assetWords[its + ASSET_NAMEPLATE_W] * interval * 55
  if (milliWh * 3 > thrice) {
    return view.refuse('exceeds-nameplate', 'asset', asset, milliWh, Math.floor(thrice / 3))
  }
  view.touchAsset(asset)
  assetWords[its + ASSET_MINTED] = minute
  const owner = assetWords[its + ASSET_OWNER]
  const lot = view.addLot(TGEN, asset, minute, 0, 0, owner, carbon, milliWh)
  view.events.ofLot(MINTED, TGEN, 0, lot, 0, milliWh, owner)
  return null
}

function mintShadow(
  view: LedgerView,
  battery: number,
  minute: number,
  carbon: number,
  milliWh: number,
): RefusalCode | null {
  const read = view.batteryField(battery, BATTERY_MINUTE)
  if (minute !== read) return view.refuse('bad-interval', 'asset', battery, minute, read)
  const refused = takeCharge(view, battery, milliWh)
  if (refused !== null) return refused
  view.assetWords[(battery << ASSET_SHIFT) + ASSET_MINTED] = minute
  store(view, SHADOW, battery, minute, battery, 0, view.assetField(battery, ASSET_OWNER), carbon, milliWh)
  return null
}

/** Counts a mint against the metered charge of the battery's last interval. */
function takeCharge(view: LedgerView, battery: number, milliWh: number): RefusalCode | null {
  const { batteries } = view
  const place = view.batteryAt(battery) + BATTERY_OPEN_CHARGE
  const open = batteries[place]
  if (milliWh > open) return view.refuse('exceeds-charge', 'asset', battery, milliWh, open)
  view.touchAsset(battery)
  batteries[place] = open - milliWh
  return null
}

/**
 * `exchange`: the owner's Tgen goes into a battery in the interval in which it was generated. Of
 * `milliWh` charged, `floor(milliWh × factor)` becomes Tstorage, at most the room that the battery's
 * nameplate energy leaves; the rest is burned as conversion loss.
 */
export function exchange(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const lot = lotAt(view, words, at + 1)
  if (lot < 0) return 'unknown-lot'
  const refused = owns(view, words[at], lot)
  if (refused !== null) return refused
  const milliWh = readI64(words, at + 2 + LOT_WORDS)
  const free = freeOf(view, lot)
  if (milliWh > free) return view.refuseLot('exceeds-lot', lot, milliWh, free)
  return charge(view, lot, words[at + 1 + LOT_WORDS], milliWh, words[at])
}

/** The exchange itself, for `exchange` and for a trade that charges; the lot's part is checked. */
export function charge(
  view: LedgerView,
  lot: number,
  battery: number,
  milliWh: number,
  owner: number,
): RefusalCode | null {
  if (milliWh <= 0) return view.refuseLot('zero-quantity', lot, milliWh)
  if (kindOf(view, lot) !== TGEN) return view.refuseLot('unknown-lot', lot)
  if (!view.assetIs(battery, BATTERY)) return view.refuse('unknown-asset', 'asset', battery)
  const minute = view.lotWords[(lot << 1) + LOT_MINUTE]
  const read = view.batteryField(battery, BATTERY_MINUTE)
  if (minute !== read) return view.refuse('bad-interval', 'asset', battery, minute, read)
  const refused = takeCharge(view, battery, milliWh)
  if (refused !== null) return refused
  const tokens = store(
    view,
    TSTORAGE,
    battery,
    minute,
    assetOf(view, lot),
    view.lots[lot + LOT_LOW],
    owner,
    view.termWords[(termsAt(lot) << 1) + TERMS_CARBON],
    milliWh,
  )
  if (tokens > 0) useActive(view, lot, tokens, EXCHANGED, owner)
  if (tokens < milliWh) useActive(view, lot, milliWh - tokens, CONVERSION_LOSS, owner)
  return null
}

/** Mints what `milliWh` of charge are worth at the battery's factor, and returns how much that is. */
function store(
  view: LedgerView,
  kind: number,
  battery: number,
  minute: number,
  source: number,
  from: number,
  owner: number,
  carbon: number,
  milliWh: number,
): number {
  const place = view.batteryAt(battery)
  const { batteries } = view
  const room =
    batteries[place + BATTERY_ENERGY] -
    batteries[place + BATTERY_ACTIVE] -
    batteries[place + BATTERY_SET_ASIDE]
  const factor = view.batteryWords[(place << 1) + BATTERY_FACTOR]
  const tokens = Math.min(mulDivMillionFloor(milliWh, factor), Math.max(0, room))
  if (tokens === 0) return 0
  const lot = view.addLot(kind, battery, minute, source, from, owner, carbon, tokens)
  batteries[place + BATTERY_ACTIVE] += tokens
  view.events.ofLot(MINTED, kind, 0, lot, 0, tokens, owner)
  return tokens
}
