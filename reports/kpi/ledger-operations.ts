import type { Kpi } from './kpi.ts'
import { keptTokens, tokenTotal } from './tokens.ts'

export const ledgerOperations = {
  id: 'ledger-operations',
  label: 'Ledger operations',
  unit: 'count',
  better: 'neutral',
  formula: 'Σ operations in all blocks',
  source: 'communities[].ledger.operations',
  applies: keptTokens,
  compute: ({ results }) => tokenTotal(results, ({ ledger }) => ledger.operations),
} as const satisfies Kpi
