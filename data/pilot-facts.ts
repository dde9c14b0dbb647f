import type { InputGrade } from './viability-files.ts'

/**
 * What the defaults of a pilot's budget rest on: each with its source, year and grade. Where no source was found it says
 * that the value is an assumption; nothing here is a quotation of a price that somebody offered.
 */

export interface Fact {
  readonly value: number
  readonly unit: string
  readonly what: string
  readonly source: string
  /** Of the source; null: none is stated. */
  readonly year: number | null
  readonly grade: InputGrade
}

const assumed = (value: number, unit: string, what: string, note = 'assumption'): Fact => ({
  value,
  unit,
  what,
  source: note,
  year: null,
  grade: 'assumed',
})

/** By the name of the field of `pilot` in a scenario; `hardware.` and `production.` as there. */
export const PILOT_FACTS = {
  grantUsd: {
    value: 1_000_000,
    unit: 'USD',
    what: 'Grant',
    source:
      'NSF 20-545 (Phase II up to this); NSF 24-580 is reported with 1.25 million, its text was not read',
    year: 2020,
    grade: 'primary',
  },
  months: {
    value: 24,
    unit: 'months',
    what: 'Length of the pilot',
    source: 'NSF 24-580 as reported',
    year: 2024,
    grade: 'secondary',
  },
  grantInstalments: assumed(4, '-', 'Equal instalments of the grant'),
  homes: {
    value: 50,
    unit: 'homes',
    what: 'Homes in the pilot',
    source: 'the size of Green Mountain Power’s peer-to-peer pilot (michaelshank.tv); here an assumption',
    year: 2020,
    grade: 'secondary',
  },
  enrolFromMonth: assumed(7, 'month', 'First month of installation'),
  enrolMonths: assumed(6, 'months', 'Length of the installation'),
  hostingUsdPerMonth: {
    value: 1091,
    unit: 'USD/month',
    what: 'Hosting of the ledger: three organizations, six peers, three orderers',
    source: 'undated page of miniledger.cloud, which sells an alternative',
    year: 2026,
    grade: 'secondary',
  },
  acquisitionUsdPerHome: assumed(150, 'USD/home', 'Winning a home'),
  supportUsdPerHomeMonth: assumed(1.5, 'USD/month', 'Support and mobile data of a home'),
  contingencyFraction: assumed(0.1, 'fraction', 'Contingency on all lines'),
  priceUsdPerHomeMonth: assumed(3, 'USD/month', 'Price for each home'),
  utilityFeeUsdPerHomeMonth: assumed(2, 'USD/month', 'Fee of the utility for each home’s virtual meter'),
  programUsdPerKwYear: {
    value: 275,
    unit: 'USD/kW/year',
    what: 'Demand response that a home battery is paid',
    source: 'National Grid Massachusetts, ConnectedSolutions battery program',
    year: 2026,
    grade: 'primary',
  },
  programHours: {
    value: 3,
    unit: 'h',
    what: 'Length of an event, over which a battery’s energy is spread',
    source: 'National Grid Massachusetts, ConnectedSolutions: at most',
    year: 2026,
    grade: 'primary',
  },
  programShareFraction: assumed(0.1, 'fraction', 'Part of that payment which the operator keeps'),
  discountFraction: {
    value: 0.06,
    unit: 'fraction/year',
    what: 'Discount rate of equipment',
    source: 'assumption beside REopt’s 0.0624 (REopt.jl, financial.jl)',
    year: 2026,
    grade: 'derived',
  },
  loserShareMost: assumed(0.1, 'fraction', 'Homes that may lose before the pilot stops'),
  'hardware.meterUsd': assumed(250, 'USD', 'Meter, revenue grade (ANSI C12.20 class 0.5)'),
  'hardware.gatewayUsd': assumed(
    120,
    'USD',
    'Gateway: single-board computer, case, power supply',
    'assumption; the board alone was 60 USD in 2023 (Raspberry Pi 5, 4 GB)',
  ),
  'hardware.partsUsd': assumed(60, 'USD', 'Current transformers, enclosure, breaker, cable'),
  'hardware.installUsd': assumed(350, 'USD', 'Visit of a licensed electrician'),
  'hardware.replacedFractionPerYear': assumed(0.05, 'fraction/year', 'Devices replaced'),
  'hardware.lifeYears': assumed(10, 'years', 'Life of the devices'),
  'production.months': assumed(24, 'months', 'From the pilot’s end to production'),
  'production.homes': assumed(5000, 'homes', 'Homes at the end of it'),
  'production.fixedUsdPerMonth': assumed(30_000, 'USD/month', 'Staff and office after the pilot'),
} as const satisfies Record<string, Fact>

export type PilotFact = keyof typeof PILOT_FACTS

/** What else the business sections compare with; no scenario sets it. */
export const MARKET_FACTS = {
  smartMeterUsd: {
    value: 541,
    unit: 'USD',
    what: 'Smart meter of a utility with everything around it: 487 million USD for about 900,000 meters',
    source: 'newsforfinance.com on the Massachusetts plan',
    year: 2021,
    grade: 'derived',
  },
  smartMeterLifeYears: assumed(15, 'years', 'Life of a utility’s meter'),
  lowIncomeDiscountLeast: {
    value: 0.32,
    unit: 'fraction',
    what: 'Least R-2 discount on the bill',
    source: 'DPU 23-150 summary, mass.gov; National Grid’s discount page',
    year: 2025,
    grade: 'primary',
  },
  lowIncomeDiscountMost: {
    value: 0.71,
    unit: 'fraction',
    what: 'Greatest R-2 discount on the bill',
    source: 'DPU 23-150 summary, mass.gov; National Grid’s discount page',
    year: 2025,
    grade: 'primary',
  },
} as const satisfies Record<string, Fact>
