import type { Kpi } from './kpi.ts'
import { homesOf, ratio, totalEnergy } from './sums.ts'

export const batteryLosses = {
  id: 'battery-losses',
  label: 'Lost in batteries, share of what was charged',
  unit: 'fraction',
  better: 'lower',
  formula:
    '(Σ charge − Σ discharge − change of stored deliverable energy) / Σ charge; standby drawn from the home comes on top',
  source: 'homes[].total, batteryStartMilliWh, batteryEndMilliWh',
  compute: ({ results }) => {
    const charge = totalEnergy(results, 'chargeMilliWh')
    const stored = homesOf(results).reduce(
      (sum, home) => sum + home.batteryEndMilliWh - home.batteryStartMilliWh,
      0,
    )
    return ratio(charge - totalEnergy(results, 'dischargeMilliWh') - stored, charge)
  },
} as const satisfies Kpi
