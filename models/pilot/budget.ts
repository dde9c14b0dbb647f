import { packageCost } from './packages.ts'
import { homesEnrolled, type PilotPlan } from './plan.ts'

export const LINE_KINDS = ['staff', 'services', 'hardware', 'homes', 'hosting', 'contingency'] as const
export type LineKind = (typeof LINE_KINDS)[number]

/** A line of the budget, USD >= 0 in each month of the pilot. */
export interface BudgetLine {
  readonly label: string
  readonly kind: LineKind
  readonly usdByMonth: readonly number[]
  readonly totalUsd: number
  /** Of the whole budget; 0 where that is nothing. */
  readonly fraction: number
}

export interface PilotBudget {
  readonly lines: readonly BudgetLine[]
  readonly usdByMonth: readonly number[]
  readonly totalUsd: number
  /** People's part of it. */
  readonly staffFraction: number
  /** Grant less total; below zero the grant does not pay for the pilot. */
  readonly leftUsd: number
  readonly usdPerHome: number
  /** What does not depend on the pilot being one: devices, installation, winning the home; for each home. */
  readonly marginalUsdPerHome: number
  /** Last month that the grant pays for in full; null: it pays for all. */
  readonly runwayMonths: number | null
  /** Homes by the end of each month. */
  readonly homesByMonth: readonly number[]
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

/**
 * The pilot's budget by line and month: staff and hosting every month, services over theirs, devices and winning a home
 * when it is enrolled, replacement and support for the homes that are there, a contingency on all of it.
 */
export function pilotBudget(plan: PilotPlan): PilotBudget {
  const months = Array.from({ length: plan.months }, (_, at) => at + 1)
  const homesByMonth = months.map((month) => homesEnrolled(plan, month))
  const joined = homesByMonth.map((homes, at) => homes - (homesByMonth[at - 1] ?? 0))
  const kit = packageCost(plan.hardware, 'metered')
  const line = (label: string, kind: LineKind, usd: (month: number, at: number) => number) => {
    const usdByMonth = months.map(usd)
    return { label, kind, usdByMonth, totalUsd: sum(usdByMonth) }
  }
  const direct = [
    ...plan.staff.map(({ role, fullTimeFraction, usdPerYear }) =>
      line(role, 'staff', () => (fullTimeFraction * usdPerYear) / 12),
    ),
    ...plan.services.map(({ label, usd, fromMonth, months: over }) =>
      line(label, 'services', (month) => (month >= fromMonth && month < fromMonth + over ? usd / over : 0)),
    ),
    line('Devices', 'hardware', (_, at) => joined[at] * (kit.totalUsd - kit.installUsd)),
    line('Installation', 'hardware', (_, at) => joined[at] * kit.installUsd),
    line('Replaced devices', 'hardware', (_, at) => homesByMonth[at] * kit.replacementUsdPerMonth),
    line('Winning homes', 'homes', (_, at) => joined[at] * plan.acquisitionUsdPerHome),
    line('Support of homes', 'homes', (_, at) => homesByMonth[at] * plan.supportUsdPerHomeMonth),
    line('Hosting of the ledger', 'hosting', () => plan.hostingUsdPerMonth),
  ]
  const contingency = line(
    'Contingency',
    'contingency',
    (_, at) => plan.contingencyFraction * sum(direct.map(({ usdByMonth }) => usdByMonth[at])),
  )
  const unweighted = [...direct, contingency]
  const usdByMonth = months.map((_, at) => sum(unweighted.map((one) => one.usdByMonth[at])))
  const totalUsd = sum(usdByMonth)
  const lines = unweighted.map((one): BudgetLine => ({
    ...one,
    fraction: totalUsd > 0 ? one.totalUsd / totalUsd : 0,
  }))
  return {
    lines,
    usdByMonth,
    totalUsd,
    staffFraction: sum(lines.filter(({ kind }) => kind === 'staff').map(({ fraction }) => fraction)),
    leftUsd: plan.grantUsd - totalUsd,
    usdPerHome: totalUsd / plan.homes,
    marginalUsdPerHome: (kit.totalUsd + plan.acquisitionUsdPerHome) * (1 + plan.contingencyFraction),
    runwayMonths: runway(usdByMonth, plan.grantUsd),
    homesByMonth,
  }
}

/** Months that an amount pays for in full; null: all of them. */
export function runway(usdByMonth: readonly number[], amountUsd: number): number | null {
  let spent = 0
  for (const [at, usd] of usdByMonth.entries()) {
    spent += usd
    // A cent of rounding is no hole in a budget.
    if (spent > amountUsd + 0.01) return at
  }
  return null
}
