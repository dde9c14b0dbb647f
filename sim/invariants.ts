import {
  BURN_REASONS,
  CONSUMED,
  EXPORTED,
  LOT_KINDS,
  SHADOW,
  TGEN,
  TSTORAGE,
} from '../ledger/contract/vocabulary.ts'
import type { LocalLedger } from '../ledger/local/ledger.ts'
import { assert } from '../data/errors.ts'
import type { Tokenizer } from './tokenize.ts'

/**
 * What must hold after every interval, to the milliwatt-hour and the micro-dollar: each kind's
 * tokens add up; no Tgen is left; what the ledger minted, consumed and exported is what the meters
 * saw; batteries' stocks are the sum of the kinds; no money came or went.
 */
export function checkInterval(
  ledger: LocalLedger,
  tokenizer: Tokenizer,
  accounts: number,
  assets: number,
): void {
  const { totals, view } = ledger
  for (let kind = 1; kind <= LOT_KINDS.length; kind++) {
    let burned = 0
    for (let reason = 1; reason <= BURN_REASONS.length; reason++) burned += totals.burnedFor(kind, reason)
    assert(
      totals.minted[kind] === totals.active[kind] + totals.setAside[kind] + burned,
      `${LOT_KINDS[kind - 1]}: minted ${totals.minted[kind]} is not active + set aside + burned`,
    )
  }
  assert(totals.active[TGEN] === 0, `${totals.active[TGEN]} mWh of Tgen outlived their interval`)
  assert(totals.minted[TGEN] === tokenizer.minted, 'Tgen minted differs from what the panels generated')
  assert(totals.burnedFor(TGEN, CONSUMED) === tokenizer.consumed, 'Tgen consumed differs from the meters')
  assert(totals.burnedFor(TGEN, EXPORTED) === tokenizer.exported, 'Tgen exported differs from the meters')
  assert(
    totals.burnedFor(TSTORAGE, CONSUMED) + totals.burnedFor(SHADOW, CONSUMED) ===
      tokenizer.delivered - tokenizer.storageExported,
    'storage consumed differs from the meters',
  )
  assert(
    totals.burnedFor(TSTORAGE, EXPORTED) + totals.burnedFor(SHADOW, EXPORTED) === tokenizer.storageExported,
    'storage exported differs from the meters',
  )
  let active = 0
  let setAside = 0
  for (let asset = 1; asset <= assets; asset++) {
    active += view.batteryActive[asset]
    setAside += view.batterySetAside[asset]
  }
  assert(active === totals.active[TSTORAGE] + totals.active[SHADOW], 'active storage differs by battery')
  assert(
    setAside === totals.setAside[TSTORAGE] + totals.setAside[SHADOW],
    'set-aside storage differs by battery',
  )
  let money = 0
  for (let account = 1; account <= accounts; account++) {
    money += view.accountBalance[account] + view.accountCredit[account]
  }
  assert(
    money === totals.openingMicroUsd,
    `balances sum to ${money}, not to the opening ${totals.openingMicroUsd}`,
  )
}

/** The same for every living lot: its parts, and the sum of all of them. Once a day. */
export function checkLots(ledger: LocalLedger): void {
  const { view, totals } = ledger
  let active = 0
  let setAside = 0
  for (const row of view.livingLots()) {
    assert(
      0 <= view.lotLow[row] &&
        view.lotLow[row] <= view.lotMid[row] &&
        view.lotMid[row] <= view.lotHigh[row] &&
        view.lotHigh[row] <= view.lotMinted[row],
      `a lot's marks are out of order at row ${row}`,
    )
    active += view.lotMid[row] - view.lotLow[row]
    setAside += view.lotHigh[row] - view.lotMid[row]
  }
  assert(
    active === totals.active[TSTORAGE] + totals.active[SHADOW],
    'living lots differ from the active total',
  )
  assert(
    setAside === totals.setAside[TSTORAGE] + totals.setAside[SHADOW],
    'living lots differ from what is set aside',
  )
}
