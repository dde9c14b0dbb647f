import {
  ASSET_FIRST_LOT,
  LOT,
  LOT_KIND,
  LOT_LOW,
  LOT_MID,
  LOT_NEXT,
  LOT_OWNER,
} from '../ledger/contract/columns.ts'
import { type TradeUse, TSTORAGE } from '../ledger/contract/vocabulary.ts'
import type { LedgerView } from '../ledger/contract/view.ts'
import type { Pairs } from '../models/market/mechanism.ts'
import { accountOf, batteryOf } from './accounts.ts'
import type { IntervalFlows } from './interval-flows.ts'

/** A part of a pair out of one lot, for one use: what becomes one trade of the ledger. */
export interface Deal {
  readonly seller: number
  readonly buyer: number
  readonly milliWh: number
  readonly rateMicroUsdPerKwh: number
  /** Place of the Tstorage lot in `view.lots` (without tokens 0: out of storage); −1: this interval's Tgen of the seller. */
  readonly lot: number
  /** Consumed by the buyer's load, or exchanged into its battery. */
  readonly use: TradeUse
}

/** Active part of the lot at a place of `view.lots`. */
const activeOf = (view: LedgerView, lot: number): number =>
  view.lots[lot + LOT_MID] - view.lots[lot + LOT_LOW]

/** Places of a home's own Tstorage in its battery, the oldest first. */
function storageOf(view: LedgerView, home: number): number[] {
  const owner = accountOf(home)
  const lots: number[] = []
  for (let link = view.asset(batteryOf(home), ASSET_FIRST_LOT); link !== 0;) {
    const lot = (link - 1) * LOT
    link = view.lots[lot + LOT_NEXT]
    if (view.lots[lot + LOT_KIND] === TSTORAGE && view.lots[lot + LOT_OWNER] === owner) lots.push(lot)
  }
  return lots
}

/** Active Tstorage that a home itself holds in its battery, milliwatt-hours; shadow lots are never sold. */
export function ownStorage(view: LedgerView, home: number): number {
  let there = 0
  for (const lot of storageOf(view, home)) there += activeOf(view, lot)
  return there
}

/**
 * Splits pairs by where the energy comes from and goes to: a seller's solar first, then its storage,
 * the oldest lot first; a buyer's load first, then its battery, which takes Tgen only. Without sales from
 * storage or purchases to store, every pair is one deal.
 *
 * @param view the ledger; null where tokens are off: what comes out of storage is one part, from no lot
 * @param chargeable by home, what its battery's register still leaves to exchange, milliwatt-hours
 */
export function dealsOf(
  pairs: Pairs,
  flows: IntervalFlows,
  view: LedgerView | null,
  chargeable: Float64Array,
): Deal[] {
  const deals: Deal[] = []
  const solarLeft = Int32Array.from(flows.solarExport)
  const loadLeft = flows.import.map((milliWh, home) => milliWh - flows.gridCharge[home])
  const storeLeft = Float64Array.from(chargeable)
  /** Used of each lot in this interval. */
  const used = new Map<number, number>()
  const add = (at: number, milliWh: number, lot: number): void => {
    const seller = pairs.seller[at]
    const buyer = pairs.buyer[at]
    const rateMicroUsdPerKwh = pairs.rateMicroUsdPerKwh[at]
    let left = milliWh
    const eaten = Math.min(left, Math.max(0, loadLeft[buyer]))
    const stored = lot < 0 ? Math.min(left - eaten, storeLeft[buyer]) : 0
    if (stored > 0) {
      storeLeft[buyer] -= stored
      left -= stored
      deals.push({ seller, buyer, milliWh: stored, rateMicroUsdPerKwh, lot, use: 'exchanged' })
    }
    loadLeft[buyer] -= left
    if (left > 0) deals.push({ seller, buyer, milliWh: left, rateMicroUsdPerKwh, lot, use: 'consumed' })
  }
  for (let at = 0; at < pairs.count; at++) {
    const seller = pairs.seller[at]
    let left = pairs.milliWh[at]
    const solar = Math.min(left, solarLeft[seller])
    if (solar > 0) add(at, solar, -1)
    solarLeft[seller] -= solar
    left -= solar
    if (left === 0) continue
    if (view === null) {
      add(at, left, 0)
      continue
    }
    for (const lot of storageOf(view, seller)) {
      const before = used.get(lot) ?? 0
      const part = Math.min(left, activeOf(view, lot) - before)
      if (part <= 0) continue
      used.set(lot, before + part)
      add(at, part, lot)
      left -= part
    }
  }
  return deals
}
