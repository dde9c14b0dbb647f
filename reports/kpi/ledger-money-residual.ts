import type { Kpi } from './kpi.ts'

export const ledgerMoneyResidual = {
  id: 'ledger-money-residual',
  label: 'Balances, what is left over',
  unit: 'USD',
  better: 'lower',
  formula: 'max over ledgers of |Σ balances − Σ opening balances|; must be 0',
  source: 'communities[].ledger',
  compute: ({ results }) =>
    Math.max(
      0,
      ...results.communities.map(({ ledger }) => Math.abs(ledger.balancesMicroUsd - ledger.openingMicroUsd)),
    ) / 1e6,
} as const satisfies Kpi
