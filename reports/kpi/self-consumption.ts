import type { Kpi } from './kpi.ts'
import { fromUtility, homesOf, ratio, totalEnergy } from './sums.ts'

export const selfConsumption = {
  id: 'self-consumption',
  label: 'Self-consumption, community, AC side',
  unit: 'fraction',
  better: 'higher',
  formula:
    '(Σ load − Σ bought from the utility) / Σ solar, after trades: what served a load, so battery losses are not in it; spread: each solar home’s (load − all its import) / solar',
  source: 'homes[].total',
  compute: ({ results }) => {
    const served = homesOf(results).reduce(
      (sum, { total }) => sum + total.loadMilliWh - fromUtility(total),
      0,
    )
    return ratio(served, totalEnergy(results, 'solarMilliWh'))
  },
  homes: ({ results }) =>
    homesOf(results).flatMap(
      ({ total }) => ratio(total.loadMilliWh - total.importMilliWh, total.solarMilliWh) ?? [],
    ),
} as const satisfies Kpi
