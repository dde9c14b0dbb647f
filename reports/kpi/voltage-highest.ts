import { greatest, withFeeder } from './feeders.ts'
import type { Kpi } from './kpi.ts'

export const voltageHighest = {
  id: 'voltage-highest',
  label: 'Highest voltage at any bus',
  unit: 'p.u.',
  better: 'neutral',
  formula: 'max over intervals and buses of |V| / nominal, interval means',
  source: 'feeder.cases.plant.voltageMaxPu',
  applies: withFeeder,
  compute: (input) => greatest(input, ({ cases }) => cases.plant.voltageMaxPu),
} as const satisfies Kpi
