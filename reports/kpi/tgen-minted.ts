import type { Kpi } from './kpi.ts'
import { totalOf } from './sums.ts'

export const tgenMinted = {
  id: 'tgen-minted',
  label: 'Tgen minted',
  unit: 'kWh',
  better: 'neutral',
  formula: 'Σ minted at generation, one token for each AC kWh',
  source: 'communities[].tgen.mintedMilliWh',
  compute: ({ results }) => totalOf(results, ({ tgen }) => tgen.mintedMilliWh) / 1e6,
} as const satisfies Kpi
