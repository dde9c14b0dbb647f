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
  const { batteries, batteryWords } = view
  const place = view.batteryAt(battery)
  const interval = intervalOf(view, battery)
  if (minute % interval !== 0) return view.refuse('bad-interval', 'asset', battery, minute, interval)
  const last = batteryWords[(place << 1) + BATTERY_MINUTE]
  const charged = charge - batteries[place + BATTERY_CHARGE]
  const discharged = discharge - batteries[place + BATTERY_DISCHARGE]
  if (minute <= last || charged < 0 || discharged < 0) {
    return view.refuse('register-backwards', 'asset', battery, minute, last)
  }
  if (charge > EXACT || discharge > EXACT) return view.refuse('out-of-range', 'asset', battery, charge, EXACT)
  const open = batteries[place + BATTERY_OPEN_CHARGE]
  if (open > 0) return view.refuse('open-charge', 'asset', battery, 0, open)
  view.touchAsset(battery)
  const unclaimed = batteries[place + BATTERY_OPEN_DISCHARGE]
  if (unclaimed > 0) {
    view.keepWholeBattery(battery)
    batteries[place + BATTERY_UNCLAIMED] += unclaimed
    view.events.unclaimed(battery, last, unclaimed, view.assetField(battery, ASSET_OWNER))
  }
  batteries[place + BATTERY_OPEN_CHARGE] = charged
  batteries[place + BATTERY_OPEN_DISCHARGE] = discharged
  batteries[place + BATTERY_CHARGE] = charge
  batteries[place + BATTERY_DISCHARGE] = discharge
  batteryWords[(place << 1) + BATTERY_MINUTE] = minute
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
  const { batteries, batteryWords } = view
  const place = view.batteryAt(battery)
  const read = batteryWords[(place << 1) + BATTERY_MINUTE]
  const end = read < 0 ? -1 : read + intervalOf(view, battery)
  const setAside = batteries[place + BATTERY_SET_ASIDE]
  const stock = batteries[place + BATTERY_ACTIVE] + setAside
  const delivering = stock > 0 ? batteries[place + BATTERY_OPEN_DISCHARGE] : 0
  const open = batteries[place + BATTERY_OPEN_CHARGE] + delivering
  if (minute !== end || open > 0) return view.refuse('stale-anchor', 'asset', battery, minute, end)
  const anchored = batteryWords[(place << 1) + BATTERY_ANCHORED]
  if (minute <= anchored) return view.refuse('already-anchored', 'asset', battery, minute, anchored)
  view.touchAsset(battery)
  view.keepWholeBattery(battery)
  batteryWords[(place << 1) + BATTERY_ANCHORED] = minute
  // One per cent of nameplate energy, rounded up.
  const refusalHigh = Math.ceil(batteries[place + BATTERY_ENERGY] / 100)
  let energyHigh = refusalHigh
  if (kind === ANCHOR_REFUSAL) recordPass(view, battery, minute, refusalHigh)
  else {
    energyHigh = fullEnergyHigh(view, battery, minute)
    batteryWords[(place << 1) + PASS_MINUTE] = minute
    batteries[place + PASS_CHARGE] = batteries[place + BATTERY_CHARGE]
    batteries[place + PASS_DISCHARGE] = batteries[place + BATTERY_DISCHARGE]
  }
  burnLoss(view, battery, Math.min(setAside, Math.max(0, stock - energyHigh)))
  return null
}

function burnLoss(view: LedgerView, battery: number, milliWh: number): void {
  const { lots, lotWords } = view
  let left = milliWh
  for (let link = view.assetField(battery, ASSET_FIRST_LOT); left > 0 && link !== 0;) {
    const lot = (link - 1) * LOT
    link = lotWords[(lot << 1) + LOT_NEXT]
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
  view.keepWholeBattery(battery)
  view.batteryWords[view.batteryAt(battery) * 2 + BATTERY_FACTOR] = factor
  return null
}
