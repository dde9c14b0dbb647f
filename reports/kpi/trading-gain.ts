import type { Kpi } from './kpi.ts'
import { homesOf, monthlyGainUsd } from './sums.ts'
import { mean } from 'simple-statistics'

export const tradingGain = {
  id: 'trading-gain',
  label: 'Monthly net gain of a home from trading alone',
  unit: 'USD/month',
  better: 'higher',
  formula:
    'mean over homes of (bill with its own solar and battery, no trading − bill with the plant) / months',
  source: 'homes[].months[].bills',
  compute: ({ results }) =>
    mean(homesOf(results).map((home) => monthlyGainUsd(results, home, 'own-battery'))),
  homes: ({ results }) => homesOf(results).map((home) => monthlyGainUsd(results, home, 'own-battery')),
} as const satisfies Kpi
