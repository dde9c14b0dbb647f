import type { RunResults } from '../../data/run-files.ts'
import type { Kpi } from './kpi.ts'
import { billNet, homesOf } from './sums.ts'

/** What a few summer days save says nothing of a year. */
export const LEAST_DAYS_FOR_A_YEAR = 360

/** What each battery alone saves its home, USD a year of 365 days. */
export const savingsByBattery = (results: RunResults): { id: string; kwh: number; usdPerYear: number }[] =>
  homesOf(results)
    .filter(({ batteryKwh }) => batteryKwh > 0)
    .map((home) => ({
      id: home.id,
      kwh: home.batteryKwh,
      usdPerYear:
        (((billNet(home, 'solar-only') - billNet(home, 'own-battery')) / 1e6) * 365) / results.simulatedDays,
    }))

export const batterySaving = {
  id: 'battery-saving',
  label: 'What the batteries save their homes, without trading',
  unit: 'USD/year',
  better: 'higher',
  formula:
    'Σ over homes with a battery of (bill with solar only − bill with own battery), scaled to 365 days; none for a run of less than 360 days',
  source: 'homes[].months[].bills',
  compute: ({ results }) => {
    const savings = savingsByBattery(results)
    return savings.length === 0 || results.simulatedDays < LEAST_DAYS_FOR_A_YEAR
      ? null
      : savings.reduce((sum, { usdPerYear }) => sum + usdPerYear, 0)
  },
  homes: ({ results }) =>
    results.simulatedDays < LEAST_DAYS_FOR_A_YEAR
      ? []
      : savingsByBattery(results).map(({ usdPerYear }) => usdPerYear),
} as const satisfies Kpi
