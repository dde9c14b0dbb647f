import { withTokens } from '../../data/run-files.ts'
import type { Kpi } from './kpi.ts'
import { keptTokens } from './tokens.ts'

export const ledgerMoneyResidual = {
  id: 'ledger-money-residual',
  label: 'Balances, what is left over',
  unit: 'USD',
  better: 'lower',
  formula: 'max over ledgers of |Σ balances − Σ opening balances|; must be 0',
  source: 'communities[].ledger',
  applies: keptTokens,
  compute: ({ results }) =>
    Math.max(
      0,
      ...withTokens(results.communities).map(({ ledger }) =>
        Math.abs(ledger.balancesMicroUsd - ledger.openingMicroUsd),
      ),
    ) / 1e6,
} as const satisfies Kpi
