import { loanSchedule } from './annuity.ts'

/** A yearly amount that grows or shrinks: savings that follow prices and fade with the panels, upkeep, a premium. */
export interface YearlyLine {
  readonly label: string
  /** USD of year 1, > 0 received, < 0 paid. */
  readonly firstYearUsd: number
  /** Change from year to year, fraction: price escalation 0.0166, degradation −0.005; both together multiply. */
  readonly growthFraction: number
  /** First and last year in which it flows; left out: all of them. */
  readonly fromYear?: number
  readonly untilYear?: number
}

/** One amount in one year: a replacement (< 0), what the remains are worth at the end (> 0). */
export interface SingleLine {
  readonly label: string
  readonly year: number
  readonly usd: number
}

export interface Loan {
  /** Part of the investment that is borrowed, [0, 1]. */
  readonly fraction: number
  readonly ratePerYear: number
  readonly years: number
}

/** An investment and what follows from it, year by year, nominal USD. */
export interface Project {
  readonly years: number
  /** Paid today, after what is taken off at once, >= 0. */
  readonly investmentUsd: number
  readonly yearly: readonly YearlyLine[]
  readonly single: readonly SingleLine[]
  readonly loan: Loan | null
}

/** Flows by line and in all, year 0 to `years`; USD, > 0 received. */
export interface ProjectFlows {
  readonly lines: readonly { readonly label: string; readonly usd: Float64Array }[]
  readonly totalUsd: Float64Array
}

/**
 * Lays a project out in years. A yearly line is `firstYear · (1 + growth)^(n − 1)` in year n, counted from the project's first
 * year even where it starts later; a loan brings its principal today and takes equal payments at the end of its years.
 */
export function projectFlows(project: Project): ProjectFlows {
  const { years, investmentUsd, loan } = project
  const lines: { label: string; usd: Float64Array }[] = []
  const add = (label: string): Float64Array => {
    const usd = new Float64Array(years + 1)
    lines.push({ label, usd })
    return usd
  }
  add('investment')[0] = -investmentUsd
  for (const { label, firstYearUsd, growthFraction, fromYear = 1, untilYear = years } of project.yearly) {
    const usd = add(label)
    for (let year = Math.max(1, fromYear); year <= Math.min(years, untilYear); year++) {
      usd[year] = firstYearUsd * (1 + growthFraction) ** (year - 1)
    }
  }
  for (const { label, year, usd } of project.single) if (year <= years) add(label)[year] = usd
  if (loan !== null && loan.fraction > 0) {
    const borrowed = investmentUsd * loan.fraction
    const schedule = loanSchedule(loan.ratePerYear, loan.years, borrowed)
    const principal = add('loan, principal')
    const interest = add('loan, interest')
    principal[0] = borrowed
    for (let year = 1; year <= Math.min(years, loan.years); year++) {
      principal[year] = -schedule.principal[year - 1]
      interest[year] = -schedule.interest[year - 1]
    }
    // What is still owed when the project ends is paid then.
    if (loan.years > years) principal[years] -= schedule.owed[years - 1]
  }
  const totalUsd = new Float64Array(years + 1)
  for (const { usd } of lines) usd.forEach((value, year) => (totalUsd[year] += value))
  return { lines, totalUsd }
}
