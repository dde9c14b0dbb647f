/** How sure a number is: read in a primary text, from a secondary source, or arithmetic on such. */
export type Grade = 'primary' | 'secondary' | 'derived'

/** Money from a program, with the days of expenditure or of service for which it is given. */
export interface Incentive {
  readonly id: string
  readonly label: string
  readonly source: string
  readonly grade: Grade
  /** First and last day (YYYY-MM-DD) on which an installation is eligible; null: no such limit is known. */
  readonly from: string | null
  readonly until: string | null
  readonly amount:
    | { readonly kind: 'fraction-of-cost'; readonly fraction: number; readonly atMostUsd: number }
    | {
        readonly kind: 'per-kwh'
        readonly usdPerKwh: number
        readonly lowIncomeUsdPerKwh: number
        readonly years: number
        readonly atMostKw: number
      }
    | {
        readonly kind: 'per-kw-year'
        readonly usdPerKw: number
        readonly atMostKw: number
        readonly years: number
      }
}

/**
 * Programs of Massachusetts and the federal government for a home's solar and battery, as they stood in November 2026.
 * Each is an input: a scenario may leave it out or set its own.
 */
export const INCENTIVES: readonly Incentive[] = [
  {
    id: 'federal-25d',
    label: 'Federal residential clean energy credit (26 U.S.C. § 25D)',
    source: 'P.L. 119-21: none for expenditures after 31 December 2025',
    grade: 'primary',
    from: '2022-01-01',
    until: '2025-12-31',
    amount: { kind: 'fraction-of-cost', fraction: 0.3, atMostUsd: Infinity },
  },
  {
    id: 'ma-state-credit',
    label: 'Massachusetts residential energy credit',
    source: 'vendor pages, 2026; the statute was not read',
    grade: 'secondary',
    from: null,
    until: null,
    amount: { kind: 'fraction-of-cost', fraction: 0.15, atMostUsd: 1000 },
  },
  {
    id: 'smart-3',
    label: 'SMART 3.0, up to 25 kW',
    source: 'Massachusetts SMART 3.0, from 15 October 2025, 20 years; vendor pages, 2026',
    grade: 'secondary',
    from: '2025-10-15',
    until: null,
    amount: { kind: 'per-kwh', usdPerKwh: 0.03, lowIncomeUsdPerKwh: 0.06, years: 20, atMostKw: 25 },
  },
  {
    id: 'connected-solutions',
    label: 'ConnectedSolutions, home battery',
    source:
      'National Grid Massachusetts ConnectedSolutions: $275 per kW and summer, rate locked for five summers',
    grade: 'primary',
    from: null,
    until: null,
    amount: { kind: 'per-kw-year', usdPerKw: 275, atMostKw: 5, years: 5 },
  },
]

/** Is an installation of that day (YYYY-MM-DD) eligible? Days compare as text. */
export const eligible = ({ from, until }: Incentive, day: string): boolean =>
  (from === null || day >= from) && (until === null || day <= until)

/** What a home brings: cost before incentives, USD; yearly solar energy, kWh; AC power of solar and of the called battery, kW. */
export interface Claim {
  readonly day: string
  readonly costUsd: number
  readonly solarKwhPerYear: number
  readonly solarKw: number
  readonly batteryCalledKw: number
  readonly lowIncome: boolean
}

/** What an incentive gives: once today, and every year for some years, USD >= 0. Nothing where the day is not eligible. */
export function incentivePays(
  incentive: Incentive,
  claim: Claim,
): { onceUsd: number; yearlyUsd: number; years: number } {
  const none = { onceUsd: 0, yearlyUsd: 0, years: 0 }
  if (!eligible(incentive, claim.day)) return none
  const { amount } = incentive
  switch (amount.kind) {
    case 'fraction-of-cost':
      return { ...none, onceUsd: Math.min(claim.costUsd * amount.fraction, amount.atMostUsd) }
    case 'per-kwh': {
      if (claim.solarKw > amount.atMostKw) return none
      const rate = claim.lowIncome ? amount.lowIncomeUsdPerKwh : amount.usdPerKwh
      return { onceUsd: 0, yearlyUsd: claim.solarKwhPerYear * rate, years: amount.years }
    }
    case 'per-kw-year':
      return {
        onceUsd: 0,
        yearlyUsd: Math.min(claim.batteryCalledKw, amount.atMostKw) * amount.usdPerKw,
        years: amount.years,
      }
  }
}
