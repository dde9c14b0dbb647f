import { capitalRecovery } from '../finance/cost-tests.ts'

/** What one home brings and takes, USD, by the month or once. */
export interface HomeEconomics {
  /** >= 0 each: what is earned in a month. */
  readonly revenue: readonly { readonly label: string; readonly usdPerMonth: number }[]
  /** Support, data, replaced devices. */
  readonly variableUsdPerMonth: number
  /** Devices and installation, paid once a life. */
  readonly equipmentUsd: number
  /** Winning the home, paid once. */
  readonly acquisitionUsd: number
  readonly lifeYears: number
  readonly discountFraction: number
}

export interface UnitResult {
  readonly revenueUsdPerMonth: number
  /** Revenue less what varies with the home. */
  readonly contributionUsdPerMonth: number
  /** Devices, installation and winning the home as an even payment over their life, capital recovery factor. */
  readonly capitalUsdPerMonth: number
  /** What is left of a home for staff and hosting. */
  readonly marginUsdPerMonth: number
  /** Months until a home has paid back what it cost to win and fit out; null: it never does. */
  readonly paybackMonths: number | null
}

/** Economics of one home. */
export function unitEconomics(home: HomeEconomics): UnitResult {
  const revenueUsdPerMonth = home.revenue.reduce((all, { usdPerMonth }) => all + usdPerMonth, 0)
  const contributionUsdPerMonth = revenueUsdPerMonth - home.variableUsdPerMonth
  const once = home.equipmentUsd + home.acquisitionUsd
  const capitalUsdPerMonth = (once * capitalRecovery(home.discountFraction, home.lifeYears)) / 12
  return {
    revenueUsdPerMonth,
    contributionUsdPerMonth,
    capitalUsdPerMonth,
    marginUsdPerMonth: contributionUsdPerMonth - capitalUsdPerMonth,
    paybackMonths: once === 0 ? 0 : contributionUsdPerMonth > 0 ? once / contributionUsdPerMonth : null,
  }
}

/** Homes from which their margins pay what does not depend on them; null: no number of homes does. */
export const breakEvenHomes = (fixedUsdPerMonth: number, marginUsdPerMonth: number): number | null =>
  fixedUsdPerMonth <= 0
    ? 0
    : marginUsdPerMonth > 0
      ? Math.ceil(fixedUsdPerMonth / marginUsdPerMonth - 1e-9)
      : null
