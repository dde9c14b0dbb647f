import type { Kpi } from './kpi.ts'
import { monthsOf, totalOf } from './sums.ts'

export const avoidedSupply = {
  id: 'avoided-supply',
  label: 'Supply cost that the utility avoids, against solar only',
  unit: 'USD/month',
  better: 'higher',
  formula:
    '(net supply with solar only − with the plant) × avoided cost / months; negative: battery losses make the utility supply more',
  source: 'communities[].utilitySupplyMilliWh, economics.avoidedSupplyUsdPerKwh',
  compute: ({ results, scenario }) =>
    ((totalOf(results, ({ utilitySupplyMilliWh: supply }) => supply['solar-only'] - supply.plant) / 1e6) *
      scenario.economics.avoidedSupplyUsdPerKwh) /
    monthsOf(results),
} as const satisfies Kpi
