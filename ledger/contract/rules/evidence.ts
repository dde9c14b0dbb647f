import { UNCLAIMED } from '../events.ts'
import { fullEnergyHigh, recordPass } from '../full-energy.ts'
import type { RefusalCode } from '../refusal.ts'
import type { LedgerView } from '../view.ts'
import { ANCHOR_FULL, ANCHOR_REFUSAL, BATTERY, ORACLE, SHADOW, STORAGE_LOSS } from '../vocabulary.ts'
import { readI64 } from '../words.ts'
import { burnSetAside } from './lots.ts'

function oracleMay(view: LedgerView, actor: number, battery: number): RefusalCode | null {
  if (!view.speaksFor(actor)) return view.refuse('not-authorised', `account ${actor}`)
  if (view.accountRole[actor] !== ORACLE) return view.refuse('wrong-role', `account ${actor}`)
  if (!view.assetIs(battery, BATTERY)) return view.refuse('unknown-asset', `asset ${battery}`)
  return null
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
  const subject = `asset ${battery}`
  const interval = view.assetInterval[battery]
  if (minute < 0 || minute % interval !== 0) return view.refuse('bad-interval', subject, minute, interval)
  const last = view.batteryMinute[battery]
  if (minute <= last || charge < view.batteryCharge[battery] || discharge < view.batteryDischarge[battery]) {
    return view.refuse('register-backwards', subject, minute, last)
  }
  if (charge > Number.MAX_SAFE_INTEGER || discharge > Number.MAX_SAFE_INTEGER) {
    return view.refuse('out-of-range', subject, charge)
  }
  if (view.batteryDeltaCharge[battery] > 0) {
    return view.refuse('open-charge', subject, 0, view.batteryDeltaCharge[battery])
  }
  const unclaimed = view.batteryDeltaDischarge[battery]
  if (unclaimed > 0) {
    view.put(view.batteryUnclaimed, battery, view.batteryUnclaimed[battery] + unclaimed)
    view.events.lot(UNCLAIMED, SHADOW, 0, battery, last, 0, 0, 0, unclaimed, view.assetOwner[battery])
  }
  view.put(view.batteryDeltaCharge, battery, charge - view.batteryCharge[battery])
  view.put(view.batteryDeltaDischarge, battery, discharge - view.batteryDischarge[battery])
  view.put(view.batteryCharge, battery, charge)
  view.put(view.batteryDischarge, battery, discharge)
  view.put(view.batteryMinute, battery, minute)
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
  const subject = `asset ${battery}`
  if (kind !== ANCHOR_REFUSAL && kind !== ANCHOR_FULL) return view.refuse('malformed', subject, kind)
  const read = view.batteryMinute[battery]
  const end = read < 0 ? -1 : read + view.assetInterval[battery]
  const stock = view.batteryActive[battery] + view.batterySetAside[battery]
  const open = view.batteryDeltaCharge[battery] + (stock > 0 ? view.batteryDeltaDischarge[battery] : 0)
  if (minute !== end || open > 0) return view.refuse('stale-anchor', subject, minute, end)
  if (minute <= view.batteryAnchored[battery]) {
    return view.refuse('already-anchored', subject, minute, view.batteryAnchored[battery])
  }
  view.put(view.batteryAnchored, battery, minute)
  // One per cent of nameplate energy, rounded up.
  const refusalHigh = Math.ceil(view.batteryEnergy[battery] / 100)
  let energyHigh = refusalHigh
  if (kind === ANCHOR_REFUSAL) recordPass(view, battery, minute, refusalHigh)
  else {
    energyHigh = fullEnergyHigh(view, battery, minute)
    view.put(view.passMinute, battery, minute)
    view.put(view.passCharge, battery, view.batteryCharge[battery])
    view.put(view.passDischarge, battery, view.batteryDischarge[battery])
  }
  burnLoss(view, battery, Math.min(view.batterySetAside[battery], Math.max(0, stock - energyHigh)))
  return null
}

function burnLoss(view: LedgerView, battery: number, milliWh: number): void {
  let left = milliWh
  for (let link = view.batteryFirst[battery]; left > 0 && link !== 0; link = view.lotNext[link - 1]) {
    const row = link - 1
    const part = Math.min(left, view.lotHigh[row] - view.lotMid[row])
    if (part === 0) continue
    burnSetAside(view, row, part, STORAGE_LOSS)
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
    return view.refuse('out-of-range', `asset ${battery}`, factor, 1_000_000)
  view.put(view.batteryFactor, battery, factor)
  return null
}
