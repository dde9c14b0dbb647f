import { feedersOf, withFeeder } from './feeders.ts'
import type { Kpi } from './kpi.ts'

export const wireLosses = {
  id: 'wire-losses',
  label: 'Lost in wires and transformers',
  unit: 'kWh',
  better: 'lower',
  formula: 'Σ over intervals of the losses of all lines and transformers × hours; not part of any bill',
  source: 'feeder.cases.plant.lossMilliWh',
  applies: withFeeder,
  compute: ({ results }) =>
    feedersOf(results).length === 0
      ? null
      : feedersOf(results).reduce((sum, { cases }) => sum + cases.plant.lossMilliWh, 0) / 1e6,
} as const satisfies Kpi
