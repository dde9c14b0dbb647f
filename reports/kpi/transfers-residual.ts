import type { Kpi } from './kpi.ts'
import { billNet, homesOf, totalOf } from './sums.ts'

export const transfersResidual = {
  id: 'transfers-residual',
  label: 'Transfers, what is left over',
  unit: 'USD',
  better: 'lower',
  formula:
    'homes’ gain + operator’s income + utility’s revenue change, all against solar only, whole run; must be 0: money only changes hands',
  source: 'homes[].months[].bills, operatorIncomeMicroUsd, utilityRevenueMicroUsd',
  compute: ({ results }) => {
    const homes = homesOf(results).reduce(
      (sum, home) => sum + billNet(home, 'solar-only') - billNet(home, 'plant'),
      0,
    )
    const others = totalOf(
      results,
      ({ operatorIncomeMicroUsd, utilityRevenueMicroUsd: revenue }) =>
        operatorIncomeMicroUsd + revenue.plant - revenue['solar-only'],
    )
    return (homes + others) / 1e6
  },
} as const satisfies Kpi
