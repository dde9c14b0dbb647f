import type { Kpi } from './kpi.ts'
import { homesOf } from './sums.ts'

export const batteryCost = {
  id: 'battery-cost',
  label: 'Batteries, installed cost',
  unit: 'USD',
  better: 'lower',
  formula: 'Σ usable kWh × cost per kWh; spread: over homes with a battery',
  source: 'homes[].batteryKwh, economics.batteryUsdPerKwh',
  compute: ({ results, scenario }) => {
    const kwh = homesOf(results).reduce((sum, { batteryKwh }) => sum + batteryKwh, 0)
    return kwh === 0 ? null : kwh * scenario.economics.batteryUsdPerKwh
  },
  homes: ({ results, scenario }) =>
    homesOf(results).flatMap(({ batteryKwh }) =>
      batteryKwh > 0 ? batteryKwh * scenario.economics.batteryUsdPerKwh : [],
    ),
} as const satisfies Kpi
