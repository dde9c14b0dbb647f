import {
  ACCOUNT_BALANCE,
  ACCOUNT_CREDIT,
  BATTERY_ACTIVE,
  BATTERY_SET_ASIDE,
  LOT_HIGH,
  LOT_MINTED,
} from '../ledger/contract/columns.ts'
import { CONSUMED, EXPORTED, SHADOW, TGEN, TSTORAGE } from '../ledger/contract/vocabulary.ts'
import type { LocalLedger } from '../ledger/local/ledger.ts'
import { assert } from '../data/errors.ts'
import type { Tokenizer } from './tokenize.ts'

/**
 * What must hold after every interval, to the milliwatt-hour and the micro-dollar: no Tgen
 * is left; what the ledger minted, consumed and exported is what the meters
 * saw; batteries' stocks are what was minted and neither burned nor moved; no money came or went.
 */
export function checkInterval(
  ledger: LocalLedger,
  tokenizer: Tokenizer,
  accounts: number,
  assets: number,
): void {
  const { totals, view } = ledger
  assert(totals.active(TGEN) === 0, `${totals.active(TGEN)} mWh of Tgen outlived their interval`)
  assert(totals.minted(TGEN) === tokenizer.minted, 'Tgen minted differs from what the panels generated')
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
    active += view.asset(asset, BATTERY_ACTIVE)
    setAside += view.asset(asset, BATTERY_SET_ASIDE)
  }
  assert(active === totals.active(TSTORAGE) + totals.active(SHADOW), 'active storage differs by battery')
  assert(
    setAside === totals.setAside(TSTORAGE) + totals.setAside(SHADOW),
    'set-aside storage differs by battery',
  )
  let money = 0
  for (let account = 1; account <= accounts; account++) {
    money += view.account(account, ACCOUNT_BALANCE) + view.account(account, ACCOUNT_CREDIT)
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
  for (const asset of view.assetNumbers()) {
    for (const lot of view.lotsOf(asset)) {
      const [minted, low, mid, high] = view.lots.subarray(lot + LOT_MINTED, lot + LOT_HIGH + 1)
      assert(
        0 <= low && low <= mid && mid <= high && high <= minted,
        `a lot's marks are out of order at ${lot}`,
      )
      active += mid - low
      setAside += high - mid
    }
  }
  assert(
    active === totals.active(TSTORAGE) + totals.active(SHADOW),
    'living lots differ from the active total',
  )
  assert(
    setAside === totals.setAside(TSTORAGE) + totals.setAside(SHADOW),
    'living lots differ from what is set aside',
  )
}
