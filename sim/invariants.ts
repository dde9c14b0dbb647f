import {
  ACCOUNT_BALANCE,
  ACCOUNT_CREDIT,
  BATTERY_ACTIVE,
  BATTERY_SET_ASIDE,
  LOT_HIGH,
  LOT_LOW,
  LOT_MID,
  TERMS_MINTED,
} from '../ledger/contract/columns.ts'
import { CONSUMED, EXPORTED, SHADOW, STORAGE_LOSS, TGEN, TSTORAGE } from '../ledger/contract/vocabulary.ts'
import type { LocalLedger } from '../ledger/local/ledger.ts'
import { assert } from '../data/errors.ts'
import { accountOf } from './accounts.ts'

/** What the agents' own books say at the end of an interval: running sums of the whole community, milliwatt-hours. */
export interface Told {
  /** Tgen: generated, used by loads, gone to the utility. */
  readonly minted: number
  readonly consumed: number
  readonly exported: number
  /** Out of batteries, and the part of it that went to the utility. */
  readonly delivered: number
  readonly storageExported: number
  /** In batteries: active, set aside, ever minted, lost. */
  readonly active: number
  readonly setAside: number
  readonly stored: number
  readonly lost: number
}

/** Books in which nothing stands yet. */
export const newTold = (): { -readonly [Field in keyof Told]: number } => ({
  minted: 0,
  consumed: 0,
  exported: 0,
  delivered: 0,
  storageExported: 0,
  active: 0,
  setAside: 0,
  stored: 0,
  lost: 0,
})
/** The fields of `Told` in the order in which they travel. */
export const TOLD = Object.keys(newTold()) as (keyof Told)[]

/**
 * What must hold after every interval, to the milliwatt-hour and the micro-dollar: no Tgen
 * is left; what the ledger minted, consumed and exported is what the meters
 * saw; batteries' stocks are what was minted and neither burned nor moved, in the ledger's sums, by battery and in
 * the agents' books; no money came or went.
 *
 * @param batteries by home: its battery's number, or 0
 */
export function checkInterval(ledger: LocalLedger, told: Told, batteries: Int32Array): void {
  const { totals, view } = ledger
  if (totals.active(TGEN) !== 0) assert(false, `${totals.active(TGEN)} mWh of Tgen outlived their interval`)
  assert(totals.minted(TGEN) === told.minted, 'Tgen minted differs from what the panels generated')
  assert(totals.burnedFor(TGEN, CONSUMED) === told.consumed, 'Tgen consumed differs from the meters')
  assert(totals.burnedFor(TGEN, EXPORTED) === told.exported, 'Tgen exported differs from the meters')
  const stored = (reason: number) => totals.burnedFor(TSTORAGE, reason) + totals.burnedFor(SHADOW, reason)
  assert(
    stored(CONSUMED) === told.delivered - told.storageExported,
    'storage consumed differs from the meters',
  )
  assert(stored(EXPORTED) === told.storageExported, 'storage exported differs from the meters')
  assert(stored(STORAGE_LOSS) === told.lost, 'storage lost differs from the agents’ books')
  assert(
    totals.minted(TSTORAGE) + totals.minted(SHADOW) === told.stored,
    'storage minted differs from the agents’ books',
  )
  let active = 0
  let setAside = 0
  let money = 0
  for (let account = 1; account < accountOf(0); account++) money += moneyOf(ledger, account)
  for (let home = 0; home < batteries.length; home++) {
    money += moneyOf(ledger, accountOf(home))
    const battery = batteries[home]
    if (battery === 0) continue
    active += view.batteryAmount(battery, BATTERY_ACTIVE)
    setAside += view.batteryAmount(battery, BATTERY_SET_ASIDE)
  }
  assert(active === totals.active(TSTORAGE) + totals.active(SHADOW), 'active storage differs by battery')
  assert(
    setAside === totals.setAside(TSTORAGE) + totals.setAside(SHADOW),
    'set-aside storage differs by battery',
  )
  assert(active === told.active, 'active storage differs from the agents’ books')
  assert(setAside === told.setAside, 'set-aside storage differs from the agents’ books')
  if (money !== totals.openingMicroUsd)
    assert(false, `balances sum to ${money}, not to the opening ${totals.openingMicroUsd}`)
}

const moneyOf = ({ view }: LocalLedger, account: number): number =>
  view.accountAmount(account, ACCOUNT_BALANCE) + view.accountAmount(account, ACCOUNT_CREDIT)

/** The same for every living lot: its parts, and the sum of all of them. Once a day. */
export function checkLots(ledger: LocalLedger): void {
  const { view, totals } = ledger
  let active = 0
  let setAside = 0
  for (const asset of view.assetNumbers()) {
    for (const lot of view.lotsOf(asset)) {
      const low = view.lots[lot + LOT_LOW]
      const mid = view.lots[lot + LOT_MID]
      const high = view.lots[lot + LOT_HIGH]
      const sound = 0 <= low && low <= mid && mid <= high && high <= view.terms[lot / 2 + TERMS_MINTED]
      if (!sound) assert(false, `a lot's marks are out of order at ${lot}`)
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
