import * as columns from '../columns.ts'
import { fullEnergyHigh, recordPass } from '../full-energy.ts'
import type { RefusalCode } from '../refusal.ts'
import type { LedgerView } from '../view.ts'
import * as vocabulary from '../vocabulary.ts'
import * as encoding from '../words.ts'
import * as lotRules from './lots.ts'
const { readI64 } = encoding
const { acts, burnSetAside, intervalOf } = lotRules
const {
  ASSET,
  ASSET_FIRST_LOT,
  ASSET_OWNER,
  BATTERY_ACTIVE,
  BATTERY_ANCHORED,
  BATTERY_CHARGE,
  BATTERY_DISCHARGE,
  BATTERY_ENERGY,
  BATTERY_FACTOR,
  BATTERY_MINUTE,
  BATTERY_OPEN_CHARGE,
  BATTERY_OPEN_DISCHARGE,
  BATTERY_SET_ASIDE,
  BATTERY_UNCLAIMED,
  LOT,
  LOT_HIGH,
  LOT_MID,
  LOT_NEXT,
  PASS_CHARGE,
  PASS_DISCHARGE,
  PASS_MINUTE,
} = columns
const { ANCHOR_FULL, ANCHOR_REFUSAL, BATTERY, EXACT, ORACLE, STORAGE_LOSS } = vocabulary

function oracleMay(view: LedgerView, actor: number, battery: number): RefusalCode | null {
  const refused = acts(view, actor, ORACLE)
  if (refused !== null) return refused
  return view.assetIs(battery, BATTERY) ? null : view.refuse('unknown-asset', 'asset', battery)
}

/**
 * `reading`: the battery's registers at the end of the interval that starts at `minute`. Discharge
 * of the interval before that no lot has claimed is unclaimed from here on: reported, never minted.
 */
export function reading(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const battery = words[at + 1]
  const minute = words[at + 2]
  const charge = readI64(words, at + 3)
  const discharge = readI64(words, at + 5)
  const refused = oracleMay(view, words[at], battery)
  if (refused !== null) return refused
  const { assets } = view
  const place = battery * ASSET
  const interval = intervalOf(view, battery)
  if (minute % interval !== 0) return view.refuse('bad-interval', 'asset', battery, minute, interval)
  const last = assets[place + BATTERY_MINUTE] | 0
  const charged = charge - assets[place + BATTERY_CHARGE]
  const discharged = discharge - assets[place + BATTERY_DISCHARGE]
  if (minute <= last || charged < 0 || discharged < 0) {
    return view.refuse('register-backwards', 'asset', battery, minute, last)
  }
  if (charge > EXACT || discharge > EXACT) return view.refuse('out-of-range', 'asset', battery, charge, EXACT)
  const open = assets[place + BATTERY_OPEN_CHARGE]
  if (open > 0) return view.refuse('open-charge', 'asset', battery, 0, open)
  view.touchAsset(battery)
  const unclaimed = assets[place + BATTERY_OPEN_DISCHARGE]
  if (unclaimed > 0) {
    assets[place + BATTERY_UNCLAIMED] += unclaimed
    view.events.unclaimed(battery, last, unclaimed, assets[place + ASSET_OWNER] | 0)
  }
  assets[place + BATTERY_OPEN_CHARGE] = charged
  assets[place + BATTERY_OPEN_DISCHARGE] = discharged
  assets[place + BATTERY_CHARGE] = charge
  assets[place + BATTERY_DISCHARGE] = discharge
  assets[place + BATTERY_MINUTE] = minute
  return null
}

/**
 * `anchor`: at the end of the last reading the battery refused to discharge, or was full. What it
 * can deliver is then at most E_hi, which the contract derives itself from its own registers; of the
 * tokens that are set aside it burns `clamp(S − E_hi, 0, Ss)`, the oldest first.
 */
export function anchor(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const battery = words[at + 1]
  const minute = words[at + 2]
  const kind = words[at + 3]
  const refused = oracleMay(view, words[at], battery)
  if (refused !== null) return refused
  if (kind !== ANCHOR_REFUSAL && kind !== ANCHOR_FULL) return view.refuse('malformed', 'asset', battery, kind)
  const { assets } = view
  const place = battery * ASSET
  const read = assets[place + BATTERY_MINUTE]
  const end = read < 0 ? -1 : read + intervalOf(view, battery)
  const setAside = assets[place + BATTERY_SET_ASIDE]
  const stock = assets[place + BATTERY_ACTIVE] + setAside
  const open = assets[place + BATTERY_OPEN_CHARGE] + (stock > 0 ? assets[place + BATTERY_OPEN_DISCHARGE] : 0)
  if (minute !== end || open > 0) return view.refuse('stale-anchor', 'asset', battery, minute, end)
  const anchored = assets[place + BATTERY_ANCHORED]
  if (minute <= anchored) return view.refuse('already-anchored', 'asset', battery, minute, anchored)
  view.touchAsset(battery)
  view.keepWholeAsset(battery)
  view.assets[place + BATTERY_ANCHORED] = minute
  // One per cent of nameplate energy, rounded up.
  const refusalHigh = Math.ceil(assets[place + BATTERY_ENERGY] / 100)
  let energyHigh = refusalHigh
  if (kind === ANCHOR_REFUSAL) recordPass(view, battery, minute, refusalHigh)
  else {
    energyHigh = fullEnergyHigh(view, battery, minute)
    view.assets[place + PASS_MINUTE] = minute
    view.assets[place + PASS_CHARGE] = assets[place + BATTERY_CHARGE]
    view.assets[place + PASS_DISCHARGE] = assets[place + BATTERY_DISCHARGE]
  }
  burnLoss(view, battery, Math.min(setAside, Math.max(0, stock - energyHigh)))
  return null
}

function burnLoss(view: LedgerView, battery: number, milliWh: number): void {
  const { lots } = view
  let left = milliWh
  for (let link = view.asset(battery, ASSET_FIRST_LOT) | 0; left > 0 && link !== 0;) {
    const lot = (link - 1) * LOT
    link = lots[lot + LOT_NEXT] | 0
    const part = Math.min(left, lots[lot + LOT_HIGH] - lots[lot + LOT_MID])
    if (part === 0) continue
    burnSetAside(view, lot, part, STORAGE_LOSS)
    left -= part
  }
}

/** `setFactor`: a new AC-to-AC factor for the mints that follow; what is minted stays as it is. */
export function setFactor(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const battery = words[at + 1]
  const factor = words[at + 2]
  const refused = oracleMay(view, words[at], battery)
  if (refused !== null) return refused
  if (factor < 1 || factor > 1_000_000)
    return view.refuse('out-of-range', 'asset', battery, factor, 1_000_000)
  view.touchAsset(battery)
  view.keepWholeAsset(battery)
  view.assets[battery * ASSET + BATTERY_FACTOR] = factor
  return null
}
