import { greatest, withFeeder } from './feeders.ts'
import type { Kpi } from './kpi.ts'

export const transformerAgeing = {
  id: 'transformer-ageing',
  label: 'Ageing of the transformer, against its rated hot spot',
  unit: 'fraction',
  better: 'lower',
  formula: 'Σ ageing rate × hours / hours: 1 is ageing as at the rated hot spot; the oldest transformer',
  source: 'feeder.cases.plant.ageingDays / simulatedDays',
  applies: withFeeder,
  compute: (input) =>
    greatest(input, ({ cases: { plant } }) =>
      plant.ageingDays === null ? null : plant.ageingDays / input.results.simulatedDays,
    ),
} as const satisfies Kpi
