import type { Kpi } from './kpi.ts'
import { keptTokens, tokenTotal } from './tokens.ts'

export const unbacked = {
  id: 'unbacked',
  label: 'Claims without energy behind them',
  unit: 'kWh·h',
  better: 'lower',
  formula: 'Σ ∫ max(0, active Tstorage − true deliverable energy) dt',
  source: 'communities[].batteries[].unbackedKwhHours',
  applies: keptTokens,
  compute: ({ results }) =>
    tokenTotal(results, ({ batteries }) =>
      batteries.reduce((sum, battery) => sum + battery.unbackedKwhHours, 0),
    ),
} as const satisfies Kpi
