import type { Kpi } from './kpi.ts'
import { fromUtility, homesOf, ratio, totalEnergy } from './sums.ts'

export const selfSufficiency = {
  id: 'self-sufficiency',
  label: 'Self-sufficiency, community, AC side',
  unit: 'fraction',
  better: 'higher',
  formula:
    '(Σ load − Σ bought from the utility) / Σ load, after trades; a battery’s standby or grid charge counts against it; spread: each home’s (load − all its import) / load',
  source: 'homes[].total',
  compute: ({ results }) => {
    const load = totalEnergy(results, 'loadMilliWh')
    return ratio(load - homesOf(results).reduce((sum, { total }) => sum + fromUtility(total), 0), load)
  },
  homes: ({ results }) =>
    homesOf(results).flatMap(
      ({ total }) => ratio(total.loadMilliWh - total.importMilliWh, total.loadMilliWh) ?? [],
    ),
} as const satisfies Kpi
