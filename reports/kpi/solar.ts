import type { Kpi } from './kpi.ts'
import { totalEnergy } from './sums.ts'

export const solar = {
  id: 'solar',
  label: 'Solar generation',
  unit: 'kWh',
  better: 'neutral',
  formula: 'Σ solar over homes (AC)',
  source: 'homes[].total.solarMilliWh',
  compute: ({ results }) => totalEnergy(results, 'solarMilliWh') / 1e6,
} as const satisfies Kpi
