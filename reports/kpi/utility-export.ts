import type { Kpi } from './kpi.ts'
import { homesOf, toUtility } from './sums.ts'

export const utilityExport = {
  id: 'utility-export',
  label: 'Sold to the utility',
  unit: 'kWh',
  better: 'neutral',
  formula: 'Σ (export − sold to neighbors)',
  source: 'homes[].total.exportMilliWh, peerSoldMilliWh',
  compute: ({ results }) => homesOf(results).reduce((sum, { total }) => sum + toUtility(total), 0) / 1e6,
} as const satisfies Kpi
