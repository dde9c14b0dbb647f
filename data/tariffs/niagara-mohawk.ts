import type { PublishedTariff } from './published.ts'

const SOURCE =
  'github.com/switchbox-data/rate-design-platform @ b38fa34, rate_design/hp_rates/ny/config (MIT, Copyright 2026 Switchbox): monthly rates of 2025 from the utility’s statements'

const by = (...runs: readonly (readonly [number, number])[]): number[] =>
  runs.flatMap(([months, value]) => Array.from({ length: months }, () => value))

/** Residential SC-1 of Niagara Mohawk (National Grid, upstate New York), every line of 2025 by month, USD/kWh. */
export const NY_SC1: PublishedTariff = {
  label: 'Niagara Mohawk SC-1, 2025',
  utility: 'Niagara Mohawk (National Grid, upstate New York)',
  source: SOURCE,
  date: '2025-01 to 2025-12',
  price: {
    lines: [
      { label: 'core delivery', usdPerKwh: by([8, 0.07576], [4, 0.08889]), grade: 'A' },
      { label: 'electric vehicle make-ready', usdPerKwh: by([1, 0.00022], [11, 0.00036]), grade: 'A' },
      { label: 'system benefits charge', usdPerKwh: by([6, 0.007235], [6, 0.003024]), grade: 'A' },
      { label: 'clean energy standard, delivery', usdPerKwh: by([12, 0.00025]), grade: 'A' },
      { label: 'dynamic load management', usdPerKwh: by([12, 0.000649]), grade: 'A' },
      { label: 'late payment and waived fees', usdPerKwh: by([6, 0.00037], [6, 0]), grade: 'A' },
      { label: 'arrears', usdPerKwh: by([7, 0.0021], [5, 0.00087]), grade: 'A' },
      {
        label: 'supply',
        usdPerKwh: [
          0.09303, 0.09041, 0.06353, 0.05105, 0.05458, 0.067, 0.07874, 0.08025, 0.06669, 0.06854, 0.06498,
          0.11251,
        ],
        grade: 'A',
        supply: true,
      },
      {
        label: 'merchant function',
        usdPerKwh: [
          -0.01489, -0.003884, 0.021668, 0.016067, 0.007874, 0.013252, 0.011478, 0.028161, 0.03061, 0.015403,
          0.00513, -0.025051,
        ],
        grade: 'A',
        supply: true,
      },
      {
        label: 'clean energy standard, supply',
        usdPerKwh: by([3, 0.0057], [9, 0.00741]),
        grade: 'A',
        supply: true,
      },
    ],
  },
  fixedUsdPerMonth: by([8, 17.33], [4, 19]),
  fixedGrade: 'A',
  notes: [
    'Zonal, true-up and eligibility lines are left out, as the source leaves them out.',
    'Customer benefit contribution of new solar under net metering: 0.97 USD per kW and month, tariff of September 2025 [A].',
    'Low-income credit: 5 USD a month, 15 with electric heat [A].',
  ],
}

const every = (winter: string, summer: string): string[] =>
  Array.from({ length: 12 }, (_, month) => (month >= 3 && month <= 8 ? summer : winter))

const STUDY = every('000000000000000001110000', '222222222222222223332222')

/** A seasonal time-of-use rate that a study designed: nobody can take it. */
export const NY_SEASONAL_TOU_STUDY: PublishedTariff = {
  label: 'Seasonal time of use, a study design for Niagara Mohawk',
  utility: 'Niagara Mohawk (National Grid, upstate New York)',
  source: `${SOURCE}; nimo_hp_seasonalTOU_supply`,
  date: '2025',
  notOffered: 'a study design by Switchbox, not a tariff on offer',
  price: {
    periods: [
      { label: 'winter', usdPerKwh: 0.072028 },
      { label: 'winter peak, 17 to 20', usdPerKwh: 0.126182 },
      { label: 'summer', usdPerKwh: 0.059142 },
      { label: 'summer peak, 17 to 20', usdPerKwh: 0.172204 },
    ],
    weekday: STUDY,
    weekend: STUDY,
    grade: 'C',
  },
  fixedUsdPerMonth: [17.89],
  fixedGrade: 'B',
  notes: ['The file does not say whether delivery is in its prices.'],
}
