import type { Kpi } from './kpi.ts'
import { monthsOf, totalOf } from './sums.ts'

export const utilityRevenueChange = {
  id: 'utility-revenue-change',
  label: 'Utility’s revenue, change against solar only',
  unit: 'USD/month',
  better: 'neutral',
  formula: '(revenue with the plant − revenue with solar only) / months',
  source: 'communities[].utilityRevenueMicroUsd',
  compute: ({ results }) =>
    totalOf(results, ({ utilityRevenueMicroUsd: revenue }) => revenue.plant - revenue['solar-only']) /
    1e6 /
    monthsOf(results),
} as const satisfies Kpi
