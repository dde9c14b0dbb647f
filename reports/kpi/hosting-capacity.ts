import { least, withFeeder } from './feeders.ts'
import type { Kpi } from './kpi.ts'

export const hostingCapacity = {
  id: 'hosting-capacity',
  label: 'Hosting capacity, the same solar power at every home',
  unit: 'kW',
  better: 'higher',
  formula:
    'greatest AC power of each home at full output, beside the sunlit interval of least load, before a voltage or loading passes its limit',
  source: 'feeder.hosting.uniformKw',
  applies: withFeeder,
  compute: (input) => least(input, ({ hosting }) => hosting.uniformKw),
} as const satisfies Kpi
