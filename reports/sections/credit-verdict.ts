import type { CreditResult } from '../../data/run-files.ts'
import type { KpiReport } from '../kpi/compute.ts'
import { SAME_USD_PER_MONTH } from '../kpi/roles.ts'
import { centsPerKwh, signedUsd, usd } from '../number-format.ts'
import type { ReportInput } from '../report-input.ts'
import type { Verdict } from './verdict-text.ts'

type VerdictInput = Pick<ReportInput, 'results' | 'scenario' | 'kpis'>

/** Credits were assigned: no energy was sold, yet money moved. Null where the run assigned none. */
export function creditVerdict({ results, scenario, kpis }: VerdictInput): Verdict | null {
  const credits = results.communities.flatMap(({ market }) => market.credits ?? [])
  const sum = (value: (credit: CreditResult) => number) => credits.reduce((all, one) => all + value(one), 0)
  const assignedUsd = sum(({ assignedMicroUsd }) => assignedMicroUsd) / 1e6
  const { creditAllocation: terms } = scenario.market
  if (assignedUsd <= 0 || terms === undefined) return null
  const best = Math.max(...results.communities.map(({ market }) => market.jointSurplusMaxUsdPerKwh))
  const sale = best < 0 ? `; a kWh sold instead would lose the pair at least ${centsPerKwh(-best)}` : ''
  const condition =
    `This holds for hosts to whom a dollar of kept credit is worth less than the ${centsOf(terms.priceFraction)} that neighbors pay for it ` +
    `(assumed here: ${centsOf(terms.hostWorthFraction)})`
  return {
    answer: 'for some',
    lead: 'Yes by credits, not by selling energy',
    sentences: [
      `: in ${sum(({ assigningMonths }) => assigningMonths)} of ${sum(({ hostMonths }) => hostMonths)} months in which a host had credit beyond its own bill, ${usd(assignedUsd)} of it went to neighbors’ bills; ${gains(kpis)}${sale}.`,
      `${condition}.`,
    ],
  }
}

const centsOf = (fraction: number): string => `${Math.round(fraction * 100)} ¢`

/** What assigning changed for each role that it changed anything for, against the same homes without it. */
function gains({ roles }: KpiReport): string {
  return roles
    .map(({ id, label, against, parts }) => ({
      label: label.toLowerCase(),
      gain: parts?.['own-battery'].revenueUsdPerMonth ?? against['own-battery'].meanUsdPerMonth,
      each: id !== 'operator' && id !== 'utility',
    }))
    .filter(({ gain }) => Math.abs(gain) >= SAME_USD_PER_MONTH)
    .map(({ label, gain, each }) =>
      each
        ? `a ${label} has ${signedUsd(gain)} a month`
        : `the ${label} ${gain < 0 ? `loses ${usd(-gain)}` : `gains ${usd(gain)}`}`,
    )
    .join(', ')
}
