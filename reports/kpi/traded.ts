import type { Kpi } from './kpi.ts'
import { homesOf, totalOf } from './sums.ts'

export const traded = {
  id: 'traded',
  label: 'Traded among neighbors',
  unit: 'kWh',
  better: 'neutral',
  formula: 'Σ sold to neighbors = Σ bought from neighbors; spread: each home’s bought + sold',
  source: 'communities[].market.tradedMilliWh; homes[].total.peerBoughtMilliWh, peerSoldMilliWh',
  compute: ({ results }) => totalOf(results, ({ market }) => market.tradedMilliWh) / 1e6,
  homes: ({ results }) =>
    homesOf(results).map(({ total }) => (total.peerBoughtMilliWh + total.peerSoldMilliWh) / 1e6),
} as const satisfies Kpi
