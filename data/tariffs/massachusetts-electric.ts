import type { PublishedTariff } from './published.ts'

/**
 * Basic service (supply) of Massachusetts Electric, classes, fixed price option, cents per kWh: facts
 * transcribed from web copies of the rate tables (checked: means of the monthly option agree within 2 to 9 %).
 */
export const BASIC_SERVICE_FIXED = [
  { start: '2021-05', end: '2021-10', centsPerKwh: 9.707 },
  { start: '2021-11', end: '2022-04', centsPerKwh: 14.821 },
  { start: '2022-05', end: '2022-10', centsPerKwh: 11.491 },
  { start: '2022-11', end: '2023-04', centsPerKwh: 33.891 },
  { start: '2023-05', end: '2023-10', centsPerKwh: 14.115 },
  { start: '2023-11', end: '2024-07', centsPerKwh: 18.213 },
  { start: '2024-08', end: '2024-10', centsPerKwh: 16.055 },
  { start: '2024-11', end: '2025-01', centsPerKwh: 16.029 },
  { start: '2025-02', end: '2025-07', centsPerKwh: 14.672 },
] as const

/** The same, variable price option, May 2021 to July 2025. Where two months shared a line their order is by position. */
export const BASIC_SERVICE_VARIABLE: readonly number[] = [
  10.38, 9.62, 9.356, 9.412, 9.822, 10.022, 12.551, 14.961, 18.018, 17.651, 12.986, 11.183, 11.762, 11.029,
  11.799, 11.573, 11.177, 11.61, 28.571, 35.959, 40.5, 39.776, 29.733, 25.248, 14.249, 13.634, 14.909, 14.67,
  13.436, 13.467, 15.694, 21.876, 25.874, 24.573, 17.335, 14.533, 11.789, 12.968, 13.987, 15.176, 14.548,
  14.25, 15.04, 16.841, 19.121, 17.091, 14.421, 13.885, 13.648, 13.589, 14.541,
]

/** Basic service in force in a month (`2024-03`), USD/kWh; NaN where no rate is known. */
export function basicServiceUsdPerKwh(month: string, option: 'fixed' | 'variable'): number {
  if (option === 'variable') {
    const at = (Number(month.slice(0, 4)) - 2021) * 12 + Number(month.slice(5)) - 5
    return cents(BASIC_SERVICE_VARIABLE[at] ?? Number.NaN)
  }
  const found = BASIC_SERVICE_FIXED.find(({ start, end }) => start <= month && month <= end)
  return cents(found?.centsPerKwh ?? Number.NaN)
}

const cents = (value: number): number => Math.round(value * 1000) / 100_000

/** Delivery lines of R-1, USD/kWh: National Grid's page of service rates, undated, after October 2024 by inference. */
export const R1_DELIVERY = [
  { label: 'distribution', usdPerKwh: [0.08549], grade: 'A' },
  { label: 'transmission', usdPerKwh: [0.041], grade: 'A' },
  { label: 'transition', usdPerKwh: [-0.0005], grade: 'A' },
  { label: 'energy efficiency', usdPerKwh: [0.03025], grade: 'A' },
  { label: 'renewables', usdPerKwh: [0.0005], grade: 'A' },
  { label: 'net-metering recovery', usdPerKwh: [0.01767], grade: 'A' },
  { label: 'distributed solar', usdPerKwh: [0.00681], grade: 'A' },
  { label: 'electric vehicles', usdPerKwh: [0.00038], grade: 'A' },
] as const

const NOTES = [
  'Net-metering credit of solar up to 25 kW: basic service + distribution + transmission + transition, 220 CMR 18.04(1) [A].',
  'R-2 pays the same lines less 32 to 71 % of the bill in five tiers, DPU 23-150, complete September 2025 [A]; the middle tiers were not found.',
  'No time-varying rate is on offer; the state petitioned for one in April 2026, aimed at 2028 [secondary].',
]

/** R-1 with basic service of February to July 2025 throughout. */
export const MA_R1: PublishedTariff = {
  label: 'Massachusetts Electric R-1',
  utility: 'Massachusetts Electric (National Grid)',
  source:
    'nationalgridus.com/ma-home/Rates/Service-Rates (undated, after October 2024); basic service February to July 2025, web copy of the rate table',
  date: '2025-02 to 2025-07',
  price: {
    lines: [{ label: 'basic service', usdPerKwh: [0.14672], grade: 'A', supply: true }, ...R1_DELIVERY],
  },
  fixedUsdPerMonth: [10],
  fixedGrade: 'A',
  notes: NOTES,
}

/** R-1 with the basic service of one calendar year, month by month; its delivery lines are those of the later page. */
export function massachusettsYear(year: number, option: 'fixed' | 'variable'): PublishedTariff {
  const months = Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`)
  return {
    ...MA_R1,
    label: `Massachusetts Electric R-1, ${option} basic service of ${year}`,
    date: `${year}`,
    price: {
      lines: [
        {
          label: `basic service, ${option} option`,
          usdPerKwh: months.map((month) => basicServiceUsdPerKwh(month, option)),
          grade: 'A',
          supply: true,
        },
        // The sheet of that year was not found: today's lines stand in.
        ...R1_DELIVERY.map((line) => ({ ...line, grade: 'C' as const })),
      ],
    },
    fixedGrade: 'C',
  }
}
