import type { Kpi } from './kpi.ts'
import { totalOf } from './sums.ts'

export const ledgerOperations = {
  id: 'ledger-operations',
  label: 'Ledger operations',
  unit: 'count',
  better: 'neutral',
  formula: 'Σ operations in all blocks',
  source: 'communities[].ledger.operations',
  compute: ({ results }) => totalOf(results, ({ ledger }) => ledger.operations),
} as const satisfies Kpi
