import { least, withFeeder } from './feeders.ts'
import type { Kpi } from './kpi.ts'

export const voltageLowest = {
  id: 'voltage-lowest',
  label: 'Lowest voltage at any bus',
  unit: 'p.u.',
  better: 'neutral',
  formula: 'min over intervals and buses of |V| / nominal, interval means',
  source: 'feeder.cases.plant.voltageMinPu',
  applies: withFeeder,
  compute: (input) => least(input, ({ cases }) => cases.plant.voltageMinPu),
} as const satisfies Kpi
