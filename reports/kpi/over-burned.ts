import type { Kpi } from './kpi.ts'
import { keptTokens, tokenTotal } from './tokens.ts'

/** B above L by more than this at any anchor is an over-burn: 0.02 kWh. */
export const OVER_BURN_MILLI_WH = 20_000

export const overBurned = {
  id: 'over-burned',
  label: 'Batteries ever over-burned',
  unit: 'count',
  better: 'lower',
  formula: 'number of batteries with B − L > 0.02 kWh at any anchor',
  source: 'communities[].batteries[].worstOverBurnMilliWh',
  applies: keptTokens,
  compute: ({ results }) =>
    tokenTotal(
      results,
      ({ batteries }) =>
        batteries.filter(({ worstOverBurnMilliWh }) => worstOverBurnMilliWh > OVER_BURN_MILLI_WH).length,
    ),
} as const satisfies Kpi
