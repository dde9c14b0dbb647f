import { mulDivMillionFloor } from '../../../data/units.ts'
import { MINTED } from '../events.ts'
import type { RefusalCode } from '../refusal.ts'
import type { LedgerView } from '../view.ts'
import { BATTERY, CONVERSION_LOSS, EXCHANGED, ORACLE, SHADOW, SOLAR, TGEN, TSTORAGE } from '../vocabulary.ts'
import { readI64 } from '../words.ts'
import { freeOf, LOT_WORDS, lotAt, lotNameOfRow, ownerMay, useActive } from './lots.ts'

/**
 * `mint`: the oracle attests what a solar asset generated in one interval (a Tgen lot), or what a
 * battery took from the grid (a shadow lot, the rest of the interval's charge after exchanges).
 */
export function mint(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const actor = words[at]
  const asset = words[at + 1]
  const minute = words[at + 2]
  const carbon = words[at + 3]
  const milliWh = readI64(words, at + 4)
  const subject = `asset ${asset}`
  if (!view.speaksFor(actor)) return view.refuse('not-authorised', `account ${actor}`)
  if (view.accountRole[actor] !== ORACLE) return view.refuse('wrong-role', `account ${actor}`)
  if (milliWh <= 0) return view.refuse('zero-quantity', subject, milliWh)
  const solar = view.assetIs(asset, SOLAR)
  if (!solar && !view.assetIs(asset, BATTERY)) return view.refuse('unknown-asset', subject)
  const interval = view.assetInterval[asset]
  if (minute < 0 || minute % interval !== 0) return view.refuse('bad-interval', subject, minute, interval)
  if (minute <= view.assetMinted[asset])
    return view.refuse('already-minted', subject, minute, view.assetMinted[asset])
  if (!solar) return mintShadow(view, asset, minute, carbon, milliWh)

  const closed = view.siteClosed[view.assetSite[asset]]
  if (minute <= closed) return view.refuse('interval-closed', subject, minute, closed)
  // 1.1 × W × minutes / 60 × 1000, whole milliwatt-hours.
  const most = Math.floor((view.assetNameplateW[asset] * interval * 55) / 3)
  if (milliWh > most) return view.refuse('exceeds-nameplate', subject, milliWh, most)
  view.put(view.assetMinted, asset, minute)
  const owner = view.assetOwner[asset]
  view.addLot(TGEN, asset, minute, 0, 0, owner, carbon, milliWh)
  view.events.lot(MINTED, TGEN, 0, asset, minute, 0, 0, 0, milliWh, owner)
  return null
}

function mintShadow(view: LedgerView, battery: number, minute: number, carbon: number, milliWh: number) {
  const subject = `asset ${battery}`
  if (minute !== view.batteryMinute[battery]) {
    return view.refuse('bad-interval', subject, minute, view.batteryMinute[battery])
  }
  const open = view.batteryDeltaCharge[battery]
  if (milliWh > open) return view.refuse('exceeds-charge', subject, milliWh, open)
  view.put(view.assetMinted, battery, minute)
  view.put(view.batteryDeltaCharge, battery, open - milliWh)
  storeTokens(view, SHADOW, battery, minute, battery, 0, view.assetOwner[battery], carbon, milliWh)
  return null
}

/**
 * `exchange`: the owner's Tgen goes into a battery in the interval in which it was generated. Of
 * `milliWh` charged, `floor(milliWh × factor)` becomes Tstorage, at most the room that the battery's
 * nameplate energy leaves; the rest is burned as conversion loss.
 */
export function exchange(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const row = lotAt(view, words, at + 1)
  if (row < 0) return 'unknown-lot'
  const refused = ownerMay(view, words[at], row)
  if (refused !== null) return refused
  const battery = words[at + 1 + LOT_WORDS]
  const milliWh = readI64(words, at + 2 + LOT_WORDS)
  if (milliWh > freeOf(view, row)) {
    return view.refuse('exceeds-lot', lotNameOfRow(view, row), milliWh, freeOf(view, row))
  }
  return charge(view, row, battery, milliWh, words[at])
}

/** The exchange itself, for `exchange` and for a trade that charges; the lot's part is checked. */
export function charge(
  view: LedgerView,
  row: number,
  battery: number,
  milliWh: number,
  owner: number,
): RefusalCode | null {
  const name = lotNameOfRow(view, row)
  if (milliWh <= 0) return view.refuse('zero-quantity', name, milliWh)
  if (view.lotKind[row] !== TGEN) return view.refuse('unknown-lot', name)
  if (!view.assetIs(battery, BATTERY)) return view.refuse('unknown-asset', `asset ${battery}`)
  const minute = view.lotMinute[row]
  if (minute !== view.batteryMinute[battery]) {
    return view.refuse('bad-interval', `asset ${battery}`, minute, view.batteryMinute[battery])
  }
  const open = view.batteryDeltaCharge[battery]
  if (milliWh > open) return view.refuse('exceeds-charge', `asset ${battery}`, milliWh, open)
  view.put(view.batteryDeltaCharge, battery, open - milliWh)
  const source = view.lotAsset[row]
  const from = view.lotLow[row]
  const tokens = storeTokens(
    view,
    TSTORAGE,
    battery,
    minute,
    source,
    from,
    owner,
    view.lotCarbon[row],
    milliWh,
  )
  if (tokens > 0) useActive(view, row, tokens, EXCHANGED, owner)
  if (tokens < milliWh) useActive(view, row, milliWh - tokens, CONVERSION_LOSS, owner)
  return null
}

/** Mints what `milliWh` of charge are worth at the battery's factor, and returns how much that is. */
function storeTokens(
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
  const room = view.batteryEnergy[battery] - view.batteryActive[battery] - view.batterySetAside[battery]
  const tokens = Math.min(mulDivMillionFloor(milliWh, view.batteryFactor[battery]), Math.max(0, room))
  if (tokens === 0) return 0
  view.addLot(kind, battery, minute, source, from, owner, carbon, tokens)
  view.put(view.batteryActive, battery, view.batteryActive[battery] + tokens)
  view.events.lot(MINTED, kind, 0, battery, minute, source, from, 0, tokens, owner)
  return tokens
}
