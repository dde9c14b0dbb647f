import type { Kpi } from './kpi.ts'
import { keptTokens, tokenTotal } from './tokens.ts'

export const tstorageMinted = {
  id: 'tstorage-minted',
  label: 'Tstorage minted',
  unit: 'kWh',
  better: 'neutral',
  formula: 'Σ ⌊Tgen exchanged × the battery’s registered factor⌋',
  source: 'communities[].tstorage.mintedMilliWh',
  applies: keptTokens,
  compute: ({ results }) => tokenTotal(results, ({ tstorage }) => tstorage.mintedMilliWh) / 1e6,
} as const satisfies Kpi
