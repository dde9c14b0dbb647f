import type { RefusalCode } from '../refusal.ts'
import type { LedgerView } from '../view.ts'
import { CONSUMED, EXPORTED, OPERATOR, TGEN } from '../vocabulary.ts'
import { readI64 } from '../words.ts'
import {
  freeOf,
  LOT_WORDS,
  lotAt,
  lotNameOfRow,
  ownerMay,
  releasePart,
  setAsidePart,
  useActive,
} from './lots.ts'
import { deliver } from './market.ts'

/**
 * `burn`: the owner's own use. Tgen is consumed in its interval; storage is consumed or exported
 * against a metered discharge, active parts first; delivery releases what is set aside.
 */
export function burn(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const row = lotAt(view, words, at + 1)
  if (row < 0) return 'unknown-lot'
  const actor = words[at]
  const refused = ownerMay(view, actor, row)
  if (refused !== null) return refused
  const reason = words[at + 1 + LOT_WORDS]
  const minute = words[at + 2 + LOT_WORDS]
  const milliWh = readI64(words, at + 3 + LOT_WORDS)
  const name = lotNameOfRow(view, row)
  if (milliWh <= 0) return view.refuse('zero-quantity', name, milliWh)
  if (view.lotKind[row] === TGEN) {
    if (reason !== CONSUMED) return view.refuse('malformed', name, reason)
    if (minute !== view.lotMinute[row]) return view.refuse('bad-interval', name, minute, view.lotMinute[row])
    if (milliWh > freeOf(view, row)) return view.refuse('exceeds-lot', name, milliWh, freeOf(view, row))
    useActive(view, row, milliWh, CONSUMED, actor)
    return null
  }
  if (reason !== CONSUMED && reason !== EXPORTED) return view.refuse('malformed', name, reason)
  const battery = view.lotAsset[row]
  if (minute !== view.batteryMinute[battery]) {
    return view.refuse('bad-interval', name, minute, view.batteryMinute[battery])
  }
  const active = view.lotMid[row] - view.lotLow[row]
  const free = freeOf(view, row)
  const fromSetAside = milliWh - active
  if (fromSetAside <= 0) {
    if (milliWh > free) return view.refuse('exceeds-lot', name, milliWh, free)
  } else {
    if (milliWh > view.lotHigh[row] - view.lotLow[row] || view.lotOffered[row] > 0) {
      return view.refuse('exceeds-lot', name, milliWh, view.lotHigh[row] - view.lotLow[row])
    }
    if (view.batteryActive[battery] > active) {
      return view.refuse('active-first', name, fromSetAside, view.batteryActive[battery] - active)
    }
  }
  const unmetered = deliver(view, battery, milliWh)
  if (unmetered !== null) return unmetered
  if (fromSetAside > 0) releasePart(view, row, fromSetAside)
  useActive(view, row, milliWh, reason, actor)
  return null
}

/** `setAside` and `release`: the operator takes Tstorage out of use, or gives it back. */
export function setAside(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  return move(view, words, at, true)
}

export function release(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  return move(view, words, at, false)
}

function move(view: LedgerView, words: Int32Array, at: number, aside: boolean): RefusalCode | null {
  const actor = words[at]
  if (!view.speaksFor(actor)) return view.refuse('not-authorised', `account ${actor}`)
  if (view.accountRole[actor] !== OPERATOR) return view.refuse('wrong-role', `account ${actor}`)
  const row = lotAt(view, words, at + 1)
  if (row < 0) return 'unknown-lot'
  const name = lotNameOfRow(view, row)
  const milliWh = readI64(words, at + 1 + LOT_WORDS)
  if (view.lotKind[row] === TGEN) return view.refuse('unknown-lot', name)
  if (milliWh <= 0) return view.refuse('zero-quantity', name, milliWh)
  if (aside) {
    const active = view.lotMid[row] - view.lotLow[row]
    if (milliWh > active) return view.refuse('exceeds-lot', name, milliWh, active)
    setAsidePart(view, row, milliWh)
  } else {
    const held = view.lotHigh[row] - view.lotMid[row]
    if (milliWh > held) return view.refuse('exceeds-set-aside', name, milliWh, held)
    releasePart(view, row, milliWh)
  }
  return null
}
