import type { RunResults } from '../../data/run-files.ts'
import type { Kpi } from './kpi.ts'
import { homesOf, totalOf } from './sums.ts'
import { keptTokens, tokenTotal } from './tokens.ts'

/** Who pays for exported energy, milliwatt-hours; what is paid twice or not at all is left over. */
export interface PaidOnce {
  /** Measured at the homes' meters. */
  readonly exported: number
  /** Sold to a neighbor: trades of the ledger. */
  readonly traded: number
  /** Solar that the ledger settled with the utility: burned as exported. */
  readonly solarSettled: number
  /** Out of batteries to the utility: burned as exported, and what no lot covered. */
  readonly storageSettled: number
  readonly leftOver: number
}

export function paidOnce(results: RunResults): PaidOnce {
  const exported = homesOf(results).reduce((sum, { total }) => sum + total.exportMilliWh, 0)
  const traded = totalOf(results, ({ market }) => market.tradedMilliWh)
  const solarSettled = tokenTotal(results, ({ tgen }) => tgen.burned.exportedMilliWh)
  const storageSettled = tokenTotal(
    results,
    ({ tstorage, shadow, batteries }) =>
      tstorage.burned.exportedMilliWh +
      shadow.burned.exportedMilliWh +
      batteries.reduce((sum, battery) => sum + battery.exportedUnclaimedMilliWh, 0),
  )
  const leftOver = exported - traded - solarSettled - storageSettled
  return { exported, traded, solarSettled, storageSettled, leftOver }
}

export const paidOnceResidual = {
  id: 'paid-once-residual',
  label: 'Exported energy paid twice or not at all',
  unit: 'kWh',
  better: 'lower',
  formula:
    'exported at the meters − traded − solar settled with the utility − storage settled with the utility; must be 0',
  source:
    'homes[].total.exportMilliWh, market.tradedMilliWh, tgen|tstorage|shadow.burned.exportedMilliWh, batteries[].exportedUnclaimedMilliWh',
  applies: keptTokens,
  compute: ({ results }) => Math.abs(paidOnce(results).leftOver) / 1e6,
} as const satisfies Kpi
