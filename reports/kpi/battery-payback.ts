import { batteryCost } from './battery-cost.ts'
import { batterySaving, LEAST_DAYS_FOR_A_YEAR, savingsByBattery } from './battery-saving.ts'
import type { Kpi } from './kpi.ts'

export const batteryPayback = {
  id: 'battery-payback',
  label: 'Simple payback of the batteries, without trading',
  unit: 'years',
  better: 'lower',
  formula:
    'installed cost / saving per year; no interest, no replacement, no fade; none when nothing is saved or the run is shorter than 360 days; spread: over batteries that save',
  source: 'battery-cost / battery-saving',
  compute: (input) => {
    const cost = batteryCost.compute(input)
    const saving = batterySaving.compute(input)
    return cost === null || saving === null || saving <= 0 ? null : cost / saving
  },
  homes: ({ results, scenario }) =>
    savingsByBattery(results).flatMap(({ kwh, usdPerYear }) =>
      usdPerYear > 0 && results.simulatedDays >= LEAST_DAYS_FOR_A_YEAR
        ? (kwh * scenario.economics.batteryUsdPerKwh) / usdPerYear
        : [],
    ),
} as const satisfies Kpi
