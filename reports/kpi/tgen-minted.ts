import type { Kpi } from './kpi.ts'
import { keptTokens, tokenTotal } from './tokens.ts'

export const tgenMinted = {
  id: 'tgen-minted',
  label: 'Tgen minted',
  unit: 'kWh',
  better: 'neutral',
  formula: 'Σ minted at generation, one token for each AC kWh',
  source: 'communities[].tgen.mintedMilliWh',
  applies: keptTokens,
  compute: ({ results }) => tokenTotal(results, ({ tgen }) => tgen.mintedMilliWh) / 1e6,
} as const satisfies Kpi
