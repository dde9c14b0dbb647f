import { type TradeUse, TSTORAGE } from '../ledger/contract/vocabulary.ts'
import type { LedgerView } from '../ledger/contract/view.ts'
import type { Matches } from '../models/market/match.ts'
import { accountOf, batteryOf } from './accounts.ts'
import type { IntervalFlows } from './interval-flows.ts'

/** A part of a match out of one lot, for one use: what becomes one trade of the ledger. */
export interface Deal {
  readonly seller: number
  readonly buyer: number
  readonly milliWh: number
  /** Row of the Tstorage lot; −1: this interval's Tgen of the seller. */
  readonly row: number
  /** Consumed by the buyer's load, or exchanged into its battery. */
  readonly use: TradeUse
}

/** Active Tstorage that a home itself holds in its battery, milliwatt-hours; shadow lots are never sold. */
export function ownStorage(view: LedgerView, home: number): number {
  let there = 0
  const owner = accountOf(home)
  for (let link = view.batteryFirst[batteryOf(home)]; link !== 0; link = view.lotNext[link - 1]) {
    const row = link - 1
    if (view.lotKind[row] === TSTORAGE && view.lotOwner[row] === owner)
      there += view.lotMid[row] - view.lotLow[row]
  }
  return there
}

/**
 * Splits matches by where the energy comes from and goes to: a seller's solar first, then its storage,
 * the oldest lot first; a buyer's load first, then its battery, which takes Tgen only. Without sales from
 * storage or purchases to store, every match is one deal.
 *
 * @param chargeable by home, what its battery's register still leaves to exchange, milliwatt-hours
 */
export function dealsOf(
  matches: Matches,
  flows: IntervalFlows,
  view: LedgerView,
  chargeable: Float64Array,
): Deal[] {
  const deals: Deal[] = []
  const solarLeft = Int32Array.from(flows.solarExport)
  const loadLeft = flows.import.map((milliWh, home) => milliWh - flows.gridCharge[home])
  const storeLeft = Float64Array.from(chargeable)
  /** Used of each lot in this interval. */
  const used = new Map<number, number>()
  const add = (seller: number, buyer: number, milliWh: number, row: number): void => {
    let left = milliWh
    const eaten = Math.min(left, Math.max(0, loadLeft[buyer]))
    const stored = row < 0 ? Math.min(left - eaten, storeLeft[buyer]) : 0
    if (stored > 0) {
      storeLeft[buyer] -= stored
      left -= stored
      deals.push({ seller, buyer, milliWh: stored, row, use: 'exchanged' })
    }
    loadLeft[buyer] -= left
    if (left > 0) deals.push({ seller, buyer, milliWh: left, row, use: 'consumed' })
  }
  for (let at = 0; at < matches.count; at++) {
    const seller = matches.seller[at]
    const buyer = matches.buyer[at]
    let left = matches.milliWh[at]
    const solar = Math.min(left, solarLeft[seller])
    if (solar > 0) add(seller, buyer, solar, -1)
    solarLeft[seller] -= solar
    left -= solar
    const owner = accountOf(seller)
    for (
      let link = view.batteryFirst[batteryOf(seller)];
      link !== 0 && left > 0;
      link = view.lotNext[link - 1]
    ) {
      const row = link - 1
      if (view.lotKind[row] !== TSTORAGE || view.lotOwner[row] !== owner) continue
      const before = used.get(row) ?? 0
      const part = Math.min(left, view.lotMid[row] - view.lotLow[row] - before)
      if (part <= 0) continue
      used.set(row, before + part)
      add(seller, buyer, part, row)
      left -= part
    }
  }
  return deals
}
