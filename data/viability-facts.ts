import type { InputGrade } from './viability-files.ts'

/** A range that an uncertain input has unless the scenario gives its own; uniform without a `mode`, else triangular. */
export interface UncertainFact {
  readonly unit: string
  readonly what: string
  readonly low: number
  readonly mode: number | null
  readonly high: number
  readonly source: string
  /** Of the source; 0: none is stated. */
  readonly year: number
  readonly grade: InputGrade
}

/**
 * Ranges of the uncertainty study. A factor multiplies what the scenario has. Where no source was found the range says that
 * it is assumed; none is an offer that somebody made.
 */
export const VIABILITY_FACTS = {
  solarYear: {
    unit: 'factor',
    what: 'Sun of the year',
    low: 0.92,
    mode: 1,
    high: 1.08,
    source:
      'Clean Power Research: the year in a hundred has 4 to 8 % less insolation than the middle one across the U.S.; the wider end, both ways',
    year: 0,
    grade: 'secondary',
  },
  load: {
    unit: 'factor',
    what: 'Load of the year',
    low: 0.92,
    mode: 1,
    high: 1.08,
    source:
      'EIA Electric Power Monthly 5.4.B: residential sales in Massachusetts, January to June 2024 over 2023, 9,865 over 9,125 GWh; both ways',
    year: 2024,
    grade: 'derived',
  },
  retail: {
    unit: 'factor',
    what: 'Retail price level',
    low: 0.88,
    mode: 1,
    high: 1.14,
    source:
      'EIA Electric Power Monthly 5.6.B: Massachusetts mean 28.91 ¢, January to July 2024, over the R-1 sheet’s 32.83 ¢; and its inverse',
    year: 2024,
    grade: 'derived',
  },
  wholesale: {
    unit: 'USD/kWh',
    what: 'Wholesale price, which flat export credits follow',
    low: 0.0418,
    mode: null,
    high: 0.0744,
    source: 'NYISO mean of 2024 and of 2025',
    year: 2026,
    grade: 'primary',
  },
  participation: {
    unit: 'fraction',
    what: 'Share of homes that trade',
    low: 0.5,
    mode: null,
    high: 1,
    source: 'assumption: no source was found',
    year: 0,
    grade: 'assumed',
  },
  batteryCost: {
    unit: 'USD/kWh',
    what: 'Installed cost of a battery, usable kWh',
    low: 850,
    mode: 1100,
    high: 1340,
    source: 'vendor table 2026: 852 to 1,000; EnergySage, second half of 2022: 1,339',
    year: 2026,
    grade: 'secondary',
  },
  solarCost: {
    unit: 'USD/kW',
    what: 'Installed cost of solar, DC',
    low: 2340,
    mode: 3000,
    high: 3160,
    source:
      'NREL Q1 2023, sustainable price 2.34 USD/W; vendor page for Massachusetts 2026, 3.16; middle chosen',
    year: 2026,
    grade: 'secondary',
  },
  discount: {
    unit: 'fraction',
    what: 'Discount rate of a household',
    low: 0.03,
    mode: 0.06,
    high: 0.09,
    source: 'REopt: 0.0624 for commercial owners; range assumed',
    year: 2026,
    grade: 'assumed',
  },
  solarDegradation: {
    unit: '%/year',
    what: 'Degradation of solar',
    low: 0.1,
    mode: 0.5,
    high: 1.06,
    source: 'NREL ATB 2024: 0.5; range: DNV GL on published module rates, P80 interval',
    year: 2024,
    grade: 'secondary',
  },
  batteryLife: {
    unit: 'years',
    what: 'Years until a battery is replaced',
    low: 10,
    mode: null,
    high: 15,
    source: 'greenenergyconsumers.org: 10 to 15 years',
    year: 0,
    grade: 'secondary',
  },
} as const satisfies Record<string, UncertainFact>

export type UncertainName = keyof typeof VIABILITY_FACTS
export const UNCERTAIN_NAMES = Object.keys(VIABILITY_FACTS) as UncertainName[]

/** A value of every uncertain input. */
export type StudyValues = Readonly<Record<UncertainName, number>>

/** Inputs that a run depends on; the others are reckoned with afterwards. */
export const SIMULATED = ['solarYear', 'load', 'retail', 'wholesale', 'participation'] as const
export type Simulated = (typeof SIMULATED)[number]
