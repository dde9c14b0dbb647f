import { type Markup, markup, named } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import { NOTHING, percent, plural, threeFigures, usd, whole } from '../../../number-format.ts'
import type { ViabilityContext, ViabilitySection } from '../../section.ts'

function answer({ business, input }: ViabilityContext): Markup {
  const { budget } = business.pilot
  const { grantUsd, homes } = input.scenario.pilot
  const verdict =
    budget.leftUsd >= 0
      ? markup`The grant of ${usd(grantUsd)} pays for it and leaves ${usd(budget.leftUsd)}.`
      : markup`<span class="lose">▼ The grant of ${usd(grantUsd)} does not pay for it: ${usd(-budget.leftUsd)} are missing</span>, and it is spent after ${plural(budget.runwayMonths ?? 0, 'month')}.`
  return markup`<p>The pilot costs ${usd(budget.totalUsd)}, which is ${usd(budget.usdPerHome)} for each of ${plural(homes, 'home')}. ${verdict} One home more costs ${usd(budget.marginalUsdPerHome)}: devices, installation, winning it, contingency. ${percent(budget.staffFraction)} of it is people, of whom a somewhat larger pilot needs no more.</p>`
}

const month = (usdValue: number): string => (usdValue === 0 ? NOTHING : whole(usdValue))

function byMonth({ business }: ViabilityContext): Markup {
  const { budget } = business.pilot
  return markup`<details><summary>By month</summary>${table(
    [{ label: 'Line' }, ...budget.usdByMonth.map((_, at) => ({ label: whole(at + 1), number: true }))],
    [
      ...budget.lines.map(({ label, usdByMonth }) => [named(label), ...usdByMonth.map(month)]),
      ['Homes enrolled', ...budget.homesByMonth.map(month)],
    ],
    {
      caption: 'Budget by month, USD',
      id: 'budget-months',
      total: ['All lines', ...budget.usdByMonth.map(month)],
    },
  )}</details>`
}

function inputs({ business }: ViabilityContext): Markup {
  return markup`<details><summary>What budget and prices rest on: ${plural(business.pilot.inputs.length, 'input')}, ${whole(business.pilot.inputs.filter(({ grade }) => grade === 'assumed').length)} of them assumed</summary>${table(
    [
      { label: 'Input' },
      { label: 'Value', number: true },
      { label: 'Unit' },
      { label: 'Source' },
      { label: 'Year' },
      { label: 'Grade' },
    ],
    business.pilot.inputs.map(({ what, value, unit, source, year, grade }) => [
      what,
      Number.isInteger(value) ? whole(value) : threeFigures(value),
      unit,
      named(source),
      year === null ? NOTHING : String(year),
      grade,
    ]),
    { caption: 'What budget and prices rest on', id: 'pilot-inputs' },
  )}</details>`
}

export const pilotBudget: ViabilitySection = {
  id: 'pilot-budget',
  title: 'Budget of the pilot',
  render: (context) => {
    const { budget } = context.business.pilot
    return markup`${answer(context)}
${table(
  [{ label: 'Line' }, { label: 'Kind' }, { label: 'Cost', number: true }, { label: 'Of all', number: true }],
  budget.lines.map(({ label, kind, totalUsd, fraction }) => [
    named(label),
    kind,
    usd(totalUsd),
    percent(fraction),
  ]),
  {
    caption: 'Budget by line',
    id: 'budget-lines',
    total: ['All', '', usd(budget.totalUsd), ''],
  },
)}
${byMonth(context)}
<p>Salaries are assumptions with benefits and overhead in them; no person is named because none has been hired. “Assumed” below means that no source was found: it is to be replaced by an offer before a proposal is sent.</p>
${inputs(context)}`
  },
}
