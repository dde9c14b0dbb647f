import type { Kpi } from './kpi.ts'
import { ratio, totalEnergy } from './sums.ts'
import { keptTokens, tokenTotal } from './tokens.ts'

export const unclaimedShare = {
  id: 'unclaimed-share',
  label: 'Discharge that no token claims',
  unit: 'fraction',
  better: 'lower',
  formula: 'Σ unclaimed / Σ discharge: energy that the batteries gave beyond all lots',
  source: 'communities[].batteries[].unclaimedMilliWh; homes[].total.dischargeMilliWh',
  applies: keptTokens,
  compute: ({ results }) =>
    ratio(
      tokenTotal(results, ({ batteries }) =>
        batteries.reduce((sum, battery) => sum + battery.unclaimedMilliWh, 0),
      ),
      totalEnergy(results, 'dischargeMilliWh'),
    ),
} as const satisfies Kpi
