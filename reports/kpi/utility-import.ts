import type { Kpi } from './kpi.ts'
import { fromUtility, homesOf } from './sums.ts'

export const utilityImport = {
  id: 'utility-import',
  label: 'Bought from the utility',
  unit: 'kWh',
  better: 'lower',
  formula: 'Σ (import − bought from neighbors)',
  source: 'homes[].total.importMilliWh, peerBoughtMilliWh',
  compute: ({ results }) => homesOf(results).reduce((sum, { total }) => sum + fromUtility(total), 0) / 1e6,
} as const satisfies Kpi
