import type { Kpi } from './kpi.ts'
import { ratio, totalOf } from './sums.ts'

export const peakImportChange = {
  id: 'peak-import-change',
  label: 'Peak import, against solar only',
  unit: 'fraction',
  better: 'lower',
  formula:
    'peak(plant) / peak(solar only) − 1; peak: greatest mean power of a community’s net import over one interval, summed over communities',
  source: 'communities[].peakImportW',
  compute: ({ results }) => {
    const before = totalOf(results, ({ peakImportW }) => peakImportW['solar-only'])
    const change = totalOf(results, ({ peakImportW }) => peakImportW.plant) - before
    return ratio(change, before)
  },
} as const satisfies Kpi
