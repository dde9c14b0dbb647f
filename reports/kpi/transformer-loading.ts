import { greatest, withFeeder } from './feeders.ts'
import type { Kpi } from './kpi.ts'

export const transformerLoading = {
  id: 'transformer-loading',
  label: 'Greatest loading of a transformer',
  unit: 'fraction',
  better: 'lower',
  formula: 'max over intervals of current / rated current',
  source: 'feeder.cases.plant.transformerPercent',
  applies: withFeeder,
  compute: (input) =>
    greatest(input, ({ cases: { plant } }) =>
      plant.transformerPercent === null ? null : plant.transformerPercent / 100,
    ),
} as const satisfies Kpi
