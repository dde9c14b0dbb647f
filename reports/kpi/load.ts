import type { Kpi } from './kpi.ts'
import { totalEnergy } from './sums.ts'

export const load = {
  id: 'load',
  label: 'Load',
  unit: 'kWh',
  better: 'neutral',
  formula: 'Σ load over homes, before solar and battery',
  source: 'homes[].total.loadMilliWh',
  compute: ({ results }) => totalEnergy(results, 'loadMilliWh') / 1e6,
} as const satisfies Kpi
