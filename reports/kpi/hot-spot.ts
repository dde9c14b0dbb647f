import { greatest, withFeeder } from './feeders.ts'
import type { Kpi } from './kpi.ts'

export const hotSpot = {
  id: 'hot-spot',
  label: 'Hottest spot of a transformer',
  unit: '°C',
  better: 'lower',
  formula: 'IEC 60076-7: top oil + hot-spot rise, max over intervals',
  source: 'feeder.cases.plant.hotSpotC',
  applies: withFeeder,
  compute: (input) => greatest(input, ({ cases }) => cases.plant.hotSpotC),
} as const satisfies Kpi
