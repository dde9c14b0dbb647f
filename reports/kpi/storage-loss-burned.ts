import type { Kpi } from './kpi.ts'
import { keptTokens, tokenTotal } from './tokens.ts'

export const storageLossBurned = {
  id: 'storage-loss-burned',
  label: 'Burned as verified storage loss (B)',
  unit: 'kWh',
  better: 'neutral',
  formula: 'Σ B over batteries',
  source: 'communities[].batteries[].storageLossMilliWh',
  applies: keptTokens,
  compute: ({ results }) =>
    tokenTotal(results, ({ batteries }) =>
      batteries.reduce((sum, battery) => sum + battery.storageLossMilliWh, 0),
    ) / 1e6,
} as const satisfies Kpi
