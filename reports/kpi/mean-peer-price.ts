import type { Kpi } from './kpi.ts'
import { ratio, totalOf } from './sums.ts'

export const meanPeerPrice = {
  id: 'mean-peer-price',
  label: 'Mean price between neighbors',
  unit: 'USD/kWh',
  better: 'neutral',
  formula: 'Σ paid to sellers / Σ traded, before the platform’s fee',
  source: 'communities[].market.meanPriceUsdPerKwh, weighted by tradedMilliWh',
  compute: ({ results }) =>
    ratio(
      totalOf(results, ({ market }) => (market.meanPriceUsdPerKwh ?? 0) * market.tradedMilliWh),
      totalOf(results, ({ market }) => market.tradedMilliWh),
    ),
} as const satisfies Kpi
