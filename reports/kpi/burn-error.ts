import { withTokens } from '../../data/run-files.ts'
import type { Kpi } from './kpi.ts'
import { ratio } from './sums.ts'
import { keptTokens } from './tokens.ts'

export const burnError = {
  id: 'burn-error',
  label: 'Burned against the true loss, B / L − 1',
  unit: 'fraction',
  better: 'neutral',
  formula:
    'Σ B / Σ L − 1, L: what a reference that knows the true energy burns at the same anchors; 0 is exact, below 0 errs on the safe side',
  source: 'communities[].batteries[].storageLossMilliWh, trueLossMilliWh',
  applies: keptTokens,
  compute: ({ results }) => {
    const batteries = withTokens(results.communities).flatMap((community) => community.batteries)
    const truth = batteries.reduce((sum, { trueLossMilliWh }) => sum + trueLossMilliWh, 0)
    return ratio(
      batteries.reduce((sum, { storageLossMilliWh }) => sum + storageLossMilliWh, 0) - truth,
      truth,
    )
  },
} as const satisfies Kpi
