import type { Kpi } from './kpi.ts'
import { monthsOf, totalOf } from './sums.ts'

export const operatorIncome = {
  id: 'operator-income',
  label: 'Operator’s fee income',
  unit: 'USD/month',
  better: 'neutral',
  formula: 'Σ platform fees / months; the cost of running the platform is not in it',
  source: 'communities[].operatorIncomeMicroUsd',
  compute: ({ results }) =>
    totalOf(results, ({ operatorIncomeMicroUsd }) => operatorIncomeMicroUsd) / 1e6 / monthsOf(results),
} as const satisfies Kpi
