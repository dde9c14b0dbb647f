import type { Kpi } from './kpi.ts'
import { homesOf, monthlyGainUsd } from './sums.ts'
import { mean } from 'simple-statistics'

export const plantGain = {
  id: 'plant-gain',
  label: 'Monthly net gain of a home, against solar only',
  unit: 'USD/month',
  better: 'higher',
  formula:
    'mean over homes of (bill with its solar only − bill with the plant) / months; hardware cost is not in it',
  source: 'homes[].months[].bills',
  compute: ({ results }) => mean(homesOf(results).map((home) => monthlyGainUsd(results, home, 'solar-only'))),
  homes: ({ results }) => homesOf(results).map((home) => monthlyGainUsd(results, home, 'solar-only')),
} as const satisfies Kpi
