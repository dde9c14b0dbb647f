import type { MechanismResult, RunResults } from '../../data/run-files.ts'
import { type Markup, markup } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { HOME_ROLES, type HomeRole, roleOf, SAME_USD_PER_MONTH } from '../kpi/roles.ts'
import { monthsOf } from '../kpi/sums.ts'
import { kwh, signedUsd, usd } from '../number-format.ts'
import type { Section } from './section.ts'

const MECHANISM_LABELS: Record<string, string> = {
  'mid-market': 'Mid-market rate',
  'bill-sharing': 'Bill sharing',
  'supply-demand-ratio': 'Supply-demand ratio',
  'double-auction': 'Double auction',
  'pay-as-bid': 'Pay as bid',
  'preferred-partners': 'Preferred partners',
  'community-dynamic': 'Community, by consumption',
  'community-static': 'Community, fixed keys',
  'community-contribution': 'Community, by contribution',
  'credit-allocation': 'Credit allocation',
  none: 'No trading',
}

const SHORT: Record<HomeRole, string> = {
  'solar-battery': 'Solar + battery',
  solar: 'Solar',
  'no-solar': 'No solar',
  consumer: 'Low-income consumer',
}

/** One mechanism over all communities: what each role has a month more than without trading, USD a member. */
interface Outcome {
  readonly mechanism: string
  readonly tradedMilliWh: number
  readonly roles: Readonly<Partial<Record<HomeRole, number>>>
  readonly operatorUsd: number
  readonly utilityUsd: number
}

export function outcomes(results: RunResults): Outcome[] {
  const compared = results.communities.flatMap(({ homes, mechanisms }) =>
    mechanisms === undefined ? [] : [{ homes, mechanisms }],
  )
  if (compared.length === 0) return []
  const months = monthsOf(results)
  return compared[0].mechanisms.map(({ mechanism }) => {
    const parts = compared.map(({ homes, mechanisms }) => {
      const of = (name: string) => mechanisms.find((one) => one.mechanism === name) as MechanismResult
      return { homes, with: of(mechanism), without: of('none') }
    })
    const sum = (value: (part: (typeof parts)[number]) => number) =>
      parts.reduce((all, part) => all + value(part), 0)
    const roles: Partial<Record<HomeRole, number>> = {}
    for (const role of HOME_ROLES) {
      const gains = parts.flatMap((part) =>
        part.homes.flatMap((home, at) =>
          roleOf(home) === role ? part.without.homeNetMicroUsd[at] - part.with.homeNetMicroUsd[at] : [],
        ),
      )
      if (gains.length > 0)
        roles[role] = gains.reduce((all, gain) => all + gain, 0) / gains.length / 1e6 / months
    }
    return {
      mechanism,
      tradedMilliWh: sum((part) => part.with.tradedMilliWh),
      roles,
      operatorUsd: sum((part) => part.with.operatorMicroUsd) / 1e6 / months,
      utilityUsd: sum((part) => part.with.utilityMicroUsd - part.without.utilityMicroUsd) / 1e6 / months,
    }
  })
}

const amount = (gain: number): Markup | string =>
  gain <= -SAME_USD_PER_MONTH
    ? markup`<span class="lose mark">▼ loses ${signedUsd(gain)}</span>`
    : signedUsd(gain)

/** What was assigned where the run itself allocated credits. */
function creditSentences(results: RunResults): Markup[] {
  return results.communities.flatMap(({ label, market: { credits } }) => {
    if (credits === undefined) return []
    const { hostMonths, assigningMonths, assignedMicroUsd, whyNothing } = credits
    return whyNothing === ''
      ? markup`<p><bdi>${label}</bdi>: in ${assigningMonths} of ${hostMonths} months in which a home had net-metering credit beyond its own bill, ${usd(assignedMicroUsd / 1e6)} of it was assigned to neighbors’ bills.</p>`
      : markup`<p><bdi>${label}</bdi>: no credit was assigned. ${whyNothing}</p>`
  })
}

/** What the low-income consumer gets, in a sentence. */
function consumerSentence(rows: readonly Outcome[]): Markup {
  const of = ({ roles }: Outcome) => roles.consumer ?? 0
  const trading = rows
    .filter(({ mechanism, roles }) => mechanism !== 'none' && roles.consumer !== undefined)
    .toSorted((a, b) => of(b) - of(a))
  if (trading.length === 0) return markup``
  const [best, worst] = [trading[0], trading[trading.length - 1]]
  if (Math.abs(of(best)) < 0.005 && Math.abs(of(worst)) < 0.005)
    return markup`<p><strong>The low-income consumer gains and loses nothing under any of them.</strong></p>`
  return markup`<p><strong>The low-income consumer</strong> has most under “${MECHANISM_LABELS[best.mechanism] ?? best.mechanism}”, ${signedUsd(of(best))} a month, and least under “${MECHANISM_LABELS[worst.mechanism] ?? worst.mechanism}”, ${signedUsd(of(worst))}.</p>`
}

export const mechanisms: Section = {
  id: 'mechanisms',
  title: 'The same time under every mechanism',
  render: ({ input }) => {
    const { results, scenario } = input
    const rows = outcomes(results)
    if (rows.length === 0)
      return markup`<p>Not compared in this run: <code>market.compareMechanisms</code> asks for it (left out, communities of up to 40 homes are).</p>`
    const present = HOME_ROLES.toReversed().filter((role) =>
      rows.some(({ roles }) => roles[role] !== undefined),
    )
    return markup`<p>The same homes, sun, batteries and tariff; only the way of trading differs. Amounts are what a member of the role has more each month than without trading, hardware not included; the operator’s are its fees, the utility’s its revenue. Only the scenario’s own mechanism went through the ledger; the others were cleared without it.</p>
${creditSentences(results)}
${consumerSentence(rows)}
${table(
  [
    { label: 'Mechanism' },
    ...present.map((role) => ({ label: SHORT[role], unit: 'USD/month', number: true })),
    { label: 'Operator', unit: 'USD/month', number: true },
    { label: 'Utility', unit: 'USD/month', number: true },
    { label: 'Traded', unit: 'kWh', number: true },
  ],
  rows.map(({ mechanism, roles, operatorUsd, utilityUsd, tradedMilliWh }) => [
    mechanism === scenario.market.mechanism
      ? markup`<strong>${MECHANISM_LABELS[mechanism] ?? mechanism}</strong> (as run)`
      : (MECHANISM_LABELS[mechanism] ?? mechanism),
    ...present.map((role) => amount(roles[role] ?? 0)),
    amount(operatorUsd),
    amount(utilityUsd),
    kwh(tradedMilliWh),
  ]),
  { caption: 'Who gains what under which mechanism', id: 'mechanism-table' },
)}
<p>Roles gain and lose against each other, so the rows of a column are for comparing, not for adding. Trading under “pay as bid” gives a buyer that bids all that a kWh is worth to it nothing; its price limit is what it keeps. Fixed keys leave what a member does not use to the utility.</p>`
  },
}
