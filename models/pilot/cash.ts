import type { PilotBudget } from './budget.ts'

export interface CashInput {
  readonly budget: PilotBudget
  readonly grantUsd: number
  readonly grantInstalments: number
  readonly production: {
    readonly months: number
    /** At the end; the growth to it is even. */
    readonly homes: number
    readonly fixedUsdPerMonth: number
    /** Revenue less variable cost of a home. */
    readonly contributionUsdPerHomeMonth: number
    /** Fitting out and winning a home. */
    readonly onceUsdPerHome: number
  }
}

/** Money by the month, pilot first, then production; USD, received > 0. */
export interface CashResult {
  readonly grantUsdByMonth: readonly number[]
  readonly flowUsdByMonth: readonly number[]
  /** In hand when the month ends. */
  readonly balanceUsdByMonth: readonly number[]
  readonly homesByMonth: readonly number[]
  /** Last month of the pilot. */
  readonly pilotMonths: number
  /** Lowest balance of the pilot: below zero the work must be financed until an instalment comes. */
  readonly pilotLowestUsd: number
  /** What production needs from investors: the depth of its balance below zero. */
  readonly neededUsd: number
  /** First month of production, counted from the pilot's start, whose flow is not negative; null: none. */
  readonly firstPositiveMonth: number | null
}

/** Month in which instalment k of n comes, at the beginning of even parts of the pilot; counted from 0. */
const instalmentMonth = (months: number, instalments: number, at: number): number =>
  Math.floor((at * months) / instalments)

/**
 * Cash of pilot and production. The homes of the pilot pay nothing. Grant money that the pilot leaves unspent goes back with its last month: production begins
 * with the homes' own payments only, or with the debt where the grant did not suffice.
 */
export function cashByMonth({ budget, grantUsd, grantInstalments, production }: CashInput): CashResult {
  const pilotMonths = budget.usdByMonth.length
  const grant = Array.from({ length: pilotMonths }, () => 0)
  for (let at = 0; at < grantInstalments; at++)
    grant[instalmentMonth(pilotMonths, grantInstalments, at)] += grantUsd / grantInstalments
  const unspent = Math.max(0, budget.leftUsd)
  grant[pilotMonths - 1] -= unspent
  const start = budget.homesByMonth.at(-1) ?? 0
  const later = Array.from({ length: production.months }, (_, at) =>
    Math.round(start + ((production.homes - start) * (at + 1)) / production.months),
  )
  const homesByMonth = [...budget.homesByMonth, ...later]
  const flow = homesByMonth.map((homes, at) => {
    if (at < pilotMonths) return grant[at] - budget.usdByMonth[at]
    const joined = Math.max(0, homes - homesByMonth[at - 1])
    return (
      homes * production.contributionUsdPerHomeMonth -
      production.fixedUsdPerMonth -
      joined * production.onceUsdPerHome
    )
  })
  let balance = 0
  const balances = flow.map((usd) => (balance += usd))
  const lowest = (from: number, to: number) => Math.min(0, ...balances.slice(from, to))
  const firstPositive = flow.findIndex((usd, at) => at >= pilotMonths && usd >= 0)
  return {
    grantUsdByMonth: [...grant, ...later.map(() => 0)],
    flowUsdByMonth: flow,
    balanceUsdByMonth: balances,
    homesByMonth,
    pilotMonths,
    pilotLowestUsd: lowest(0, pilotMonths),
    neededUsd: 0 - lowest(pilotMonths, flow.length),
    firstPositiveMonth: firstPositive < 0 ? null : firstPositive + 1,
  }
}
