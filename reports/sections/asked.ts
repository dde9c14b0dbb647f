import { type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import type { ReportInput } from '../report-input.ts'
import { homesOf } from '../kpi/sums.ts'
import { keptTokens, tokenTotal } from '../kpi/tokens.ts'
import { percent, plural, signedPercent, signedUsd, threeFigures, usd, whole } from '../number-format.ts'
import type { Section, SectionContext } from './section.ts'
import { verdict } from './verdict-text.ts'

const link = (id: string, label: string): Markup => markup`<a href="#${id}">${label}</a>`

/** One line per claim: what was found, and where the evidence stands. */
function claims({ kpi, value, input }: SectionContext): (readonly [string, string, Markup])[] {
  const { results, scenario } = input
  const answer = verdict(input)
  const gain = kpi('trading-gain')
  const homes = homesOf(results)
  const rows: [string, string, Markup][] = [
    [
      'Does trading pay for homes?',
      `${answer.lead}: ${signedUsd(gain.value ?? 0)} a month on average over ${plural(homes.length, 'home')}.`,
      markup`${link('pays', 'when it pays')}, ${link('money', 'where it comes from')}`,
    ],
    [
      'Who pays for it?',
      `Transfers sum to ${usd(value('transfers-residual') ?? 0)}: what homes and operator gain, the utility no longer gets (${signedUsd(value('utility-revenue-change') ?? 0)} a month against solar only).`,
      link('money', 'transfers'),
    ],
  ]
  const payback = value('battery-payback')
  if (value('battery-cost') !== null) {
    rows.push([
      'Do the batteries pay?',
      payback === null
        ? value('battery-saving') === null
          ? 'Not verifiable yet: the run is shorter than a year.'
          : 'No: under this tariff they raise their homes’ bills.'
        : `${threeFigures(payback)} years of simple payback at ${usd(scenario.economics.batteryUsdPerKwh)} a kWh.`,
      link('bills', 'bills'),
    ])
  }
  const peak = value('peak-import-change')
  rows.push(
    [
      'What does it do for the grid?',
      peak === null
        ? 'Nothing is imported.'
        : `Peak import changes by ${signedPercent(peak)}; self-sufficiency is ${percent(value('self-sufficiency') ?? 0)}.`,
      link('energy', 'energy'),
    ],
    [
      'Is every token backed by energy?',
      !keptTokens(input)
        ? 'Not asked: tokens were off.'
        : batteriesWithTokens(input) > 0
          ? `${whole(value('over-burned') ?? 0)} of ${plural(batteriesWithTokens(input), 'battery', 'batteries')} over-burned; on average ${threeFigures(meanUnbackedKwh(input, value('unbacked') ?? 0))} kWh of a battery’s claims had no energy behind them.`
          : 'There is no storage: tokens live for one interval.',
      link('tokens', 'tokens'),
    ],
    [
      'Can it be checked?',
      !keptTokens(input)
        ? `By running it again: there is no ledger; energy leaves ${threeFigures(value('energy-residual') ?? 0)} kWh over.`
        : `${whole(value('ledger-operations') ?? 0)} ledger operations; tokens, money and energy leave ${threeFigures(Math.max(value('token-residual') ?? 0, value('energy-residual') ?? 0))} kWh and ${usd(value('ledger-money-residual') ?? 0)} over.`,
      keptTokens(input)
        ? markup`${link('ledger', 'ledger')}, ${link('made', 'reproduction')}`
        : link('made', 'reproduction'),
    ],
  )
  return rows
}

const batteriesWithTokens = ({ results }: ReportInput): number =>
  tokenTotal(results, ({ batteries }) => batteries.length)

/** Over batteries and time, kWh. */
function meanUnbackedKwh(input: ReportInput, kwhHours: number): number {
  return kwhHours / batteriesWithTokens(input) / (input.results.simulatedDays * 24)
}

function communities({ input }: SectionContext): Markup {
  const { perCommunity } = input.kpis
  if (perCommunity.length === 1) return markup``
  const cell = (value: number | null, format: (value: number) => string) =>
    value === null ? 'none' : format(value)
  return table(
    [
      { label: 'Community' },
      { label: 'Solar', unit: 'kWh', number: true },
      { label: 'Load', unit: 'kWh', number: true },
      { label: 'Traded', unit: 'kWh', number: true },
      { label: 'Self-sufficiency', number: true },
      { label: 'Peak import', unit: 'against solar only', number: true },
      { label: 'Gain of a home', unit: 'USD/month, against solar only', number: true },
    ],
    perCommunity.map(({ label, values }) => [
      named(label),
      cell(values.solar, threeFigures),
      cell(values.load, threeFigures),
      cell(values.traded, threeFigures),
      cell(values['self-sufficiency'], percent),
      cell(values['peak-import-change'], signedPercent),
      cell(values['plant-gain'], signedUsd),
    ]),
    { caption: 'Communities; neighbors trade within one', id: 'communities' },
  )
}

export const asked: Section = {
  id: 'asked',
  title: 'What was asked and found',
  render: (context) => {
    const { description, question } = context.input.scenario
    return markup`<p>${named(question)}</p>${description === '' ? '' : markup`<p>${named(description)}</p>`}
${table(
  [{ label: 'Question' }, { label: 'Finding' }, { label: 'Evidence' }],
  claims(context).map((row) => [...row]),
  { caption: 'Findings', id: 'findings' },
)}
${communities(context)}`
  },
}
