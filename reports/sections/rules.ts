import { RULE_BASELINES, type RuleBaseline } from '../../data/run-files.ts'
import { type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { HOME_ROLES, type HomeRole, ROLE_LABELS, SAME_USD_PER_MONTH } from '../kpi/roles.ts'
import { RULE_LABELS, type RuleBaselineResult } from '../kpi/rule-baselines.ts'
import { homesOf, monthsOf } from '../kpi/sums.ts'
import { centsExact, centsPerKwh, signedUsd } from '../number-format.ts'
import { exportText, importText, todaysExport } from '../tariff-text.ts'
import { roleTable } from './role-table.ts'
import type { Section, SectionContext } from './section.ts'

const columns = (unit: string) =>
  RULE_BASELINES.map((id) => ({ label: `Against ${RULE_LABELS[id].toLowerCase()}`, unit, number: true }))

const money = (value: number): Markup =>
  value <= -SAME_USD_PER_MONTH
    ? markup`<span class="lose mark">▼ loses ${signedUsd(value)}</span>`
    : markup`${signedUsd(value)}`

function homesTable(baselines: readonly RuleBaselineResult[]): Markup {
  return table(
    [{ label: 'Home' }, { label: 'Role' }, ...columns('USD/month')],
    baselines[0].homes.map(({ label, role }, at) => [
      named(label),
      ROLE_LABELS[role],
      ...baselines.map(({ homes }) => money(homes[at].usdPerMonth)),
    ]),
    { caption: 'Every home, monthly net result of the run', id: 'rules-homes' },
  )
}

/** Mean home of a role, month by month. */
function monthsTable(
  { input }: SectionContext,
  baselines: readonly RuleBaselineResult[],
  role: HomeRole,
): Markup | null {
  const members = baselines[0].homes.flatMap((home, at) => (home.role === role ? [at] : []))
  if (members.length === 0) return null
  const mean = (baseline: RuleBaselineResult, month: number) =>
    members.reduce((sum, at) => sum + baseline.homes[at].byMonthUsd[month], 0) / members.length
  const { months } = homesOf(input.results)[members[0]]
  const total = (baseline: RuleBaselineResult) =>
    months.reduce((sum, _, month) => sum + mean(baseline, month), 0)
  return table(
    [{ label: 'Month' }, ...columns('USD')],
    months.map(({ month }, at) => [month, ...baselines.map((baseline) => money(mean(baseline, at)))]),
    {
      caption: `${ROLE_LABELS[role]}, mean of ${members.length}, month by month`,
      id: `rules-${role}`,
      total: ['Whole run', ...baselines.map((baseline) => signedUsd(total(baseline)))],
    },
  )
}

function transfersTable({ input }: SectionContext, baselines: readonly RuleBaselineResult[]): Markup {
  const months = monthsOf(input.results)
  const whole = (usdPerMonth: number, members: number) => usdPerMonth * members * months * 1e6
  return table(
    [{ label: 'Who' }, ...columns('USD, whole run')],
    baselines[0].roles.map(({ label, members }, at) => [
      label,
      ...baselines.map(({ roles }) => centsExact(whole(roles[at].meanUsdPerMonth, members))),
    ]),
    {
      caption: 'Transfers: what one has more, another has less',
      id: 'rules-transfers',
      total: ['Sum', ...baselines.map(({ transfersMicroUsd }) => centsExact(transfersMicroUsd))],
    },
  )
}

/** What each set of rules is, in a sentence. */
function meanings({ input }: SectionContext): Record<RuleBaseline, string> {
  const { tariff, baselines, economics } = input.scenario
  const wholesale = baselines.wholesale.usdPerKwh ?? economics.avoidedSupplyUsdPerKwh
  const today = todaysExport(input.scenario)
  const varying = baselines.timeVarying
  return {
    today: `the import prices of “${tariff.label}”, ${exportText(today)}, and the low-income rate where a home has it.`,
    wholesale: `the same import prices, no net metering: exports earn ${baselines.wholesale.file === undefined ? `${centsPerKwh(wholesale)} a kWh, the wholesale price that the scenario states` : `the wholesale price of each interval (${baselines.wholesale.file})`}.`,
    'time-varying': `${varying.label}${varying.import === undefined ? ': the hours and seasons of the study, its prices times one factor, so that what these homes use costs as much as under the scenario’s prices' : ` (${importText(varying.import)[0]})`}; ${varying.export === undefined ? 'net metering, each kWh at the price of its own hour' : exportText(varying.export)}. A scenario, not a rate on offer.`,
  }
}

export const rules: Section = {
  id: 'rules',
  title: 'Against today’s rules, wholesale export and a time-varying rate',
  render: (context) => {
    const { kpis, results } = context.input
    const { ruleBaselines: baselines } = kpis
    const text = meanings(context)
    return markup`<p>The same homes, solar plants, batteries and flows, without trading, billed by other rules. Positive: the run leaves more money than those rules would. Nothing but rules and trades differs, so what the homes, the operator and the utility gain sums to zero.</p>
<dl class="meanings">${RULE_BASELINES.map((id) => markup`<div><dt>${RULE_LABELS[id]}</dt><dd>${text[id]}</dd></div>`)}</dl>
${homesTable(baselines)}
${HOME_ROLES.map((role) => monthsTable(context, baselines, role))}
${transfersTable(context, baselines)}
<p>What the hardware itself changes under the run’s own tariff, from no solar to solar to battery to trading:</p>
${roleTable(kpis.roles, results.simulatedDays)}`
  },
}
