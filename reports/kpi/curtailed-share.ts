import { withFeeder } from './feeders.ts'
import type { Kpi } from './kpi.ts'
import { ratio } from './sums.ts'

export const curtailedShare = {
  id: 'curtailed-share',
  label: 'Solar that the wires did not take',
  unit: 'fraction',
  better: 'lower',
  formula: 'Σ curtailed / Σ (solar taken + curtailed); what is curtailed is never minted',
  source: 'feeder.cases.plant.curtailedMilliWh, homes[].total.solarMilliWh',
  applies: withFeeder,
  compute: ({ results }) => {
    const behind = results.communities.filter(({ feeder }) => feeder !== undefined)
    const cut = behind.reduce((sum, { feeder }) => sum + (feeder?.cases.plant.curtailedMilliWh ?? 0), 0)
    const taken = behind.reduce(
      (sum, { homes }) => sum + homes.reduce((all, { total }) => all + total.solarMilliWh, 0),
      0,
    )
    return ratio(cut, taken + cut)
  },
} as const satisfies Kpi
