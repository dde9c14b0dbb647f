import type { StudyInput, StudyVariable, Tornado, ViabilityStudy } from '../../../data/viability-files.ts'
import { intervals } from '../../charts/intervals.ts'
import { tornado } from '../../charts/tornado.ts'
import { type Markup, markup, named } from '../../html/markup.ts'
import { table } from '../../html/table.ts'
import { NOTHING, percent, plural, signedUsd, threeFigures, usd, whole } from '../../number-format.ts'
import { ends } from '../interval-text.ts'
import type { ViabilityContext, ViabilitySection } from '../section.ts'
import { studyOf } from '../study-of.ts'

const COLORS: Record<string, string> = {
  'solar-battery': 'battery',
  solar: 'solar',
  'no-solar': 'load',
  consumer: 'trade',
  operator: 'loss',
  utility: 'grid',
}

const GRADES: Record<StudyInput['grade'], string> = {
  primary: 'primary text',
  secondary: 'secondary source',
  derived: 'arithmetic on sources',
  assumed: 'assumed',
}

/** An input with its unit: factors as a share of the run’s. */
export function inputText(value: number, unit: string): string {
  if (unit === 'factor') return `${whole(value * 100)}\u00a0%`
  if (unit === 'fraction') return percent(value)
  if (unit === 'USD/kWh' && value < 10) return `${threeFigures(value * 100)}\u00a0¢`
  if (unit.startsWith('USD')) return `$${threeFigures(value)}`
  if (unit === '%/year') return `${threeFigures(value)}\u00a0%`
  return `${threeFigures(value)} ${unit}`
}

function rolesFigure(context: ViabilityContext, study: ViabilityStudy): Markup {
  const rows = study.rules.flatMap(({ label, roles }) => roles.map((role) => ({ ...role, rules: label })))
  const [today] = study.rules
  const least = today.roles.reduce((a, b) => (a.usdPerMonth.p50 < b.usdPerMonth.p50 ? a : b))
  return context.figure({
    id: 'fig-role-intervals',
    title: today.roles.every(({ usdPerMonth: { p10, p90 } }) => p10 === 0 && p90 === 0)
      ? 'Against today’s rules nobody’s month changes, whatever is drawn'
      : `Against today’s rules ${least.label.toLowerCase()} has ${least.usdPerMonth.p50 < 0 ? 'the most to lose' : 'the least to gain'}: ${ends(least.usdPerMonth, signedUsd)} a month from P10 to P90`,
    draw: (width) =>
      intervals(
        today.roles.map(({ id, label, usdPerMonth: { p10, p50, p90 } }) => ({
          label: width < 500 ? label.replace(/ \(.*/, '').replace('Home with ', '') : label,
          className: COLORS[id] ?? 'load',
          value: p50,
          low: p10,
          high: p90,
        })),
        {
          width,
          unit: 'USD a month, each',
          alternative: `Monthly net result of each role against today’s rules, P10 to P90: ${today.roles.map(({ label, usdPerMonth }) => `${label} ${ends(usdPerMonth, signedUsd)}`).join('; ')}.`,
        },
      ),
    note: `Middle member of each role; dot: P50, line: P10 to P90 over ${plural(study.draws, 'draw')}. The table has all three sets of rules.`,
    data: table(
      [
        { label: 'Against' },
        { label: 'Who' },
        { label: 'P10', unit: 'USD/month', number: true },
        { label: 'P50', number: true },
        { label: 'P90', number: true },
        { label: 'Members that lose', unit: 'P10 to P90', number: true },
      ],
      rows.map(({ rules, label, members, usdPerMonth, losers }) => [
        rules,
        label,
        signedUsd(usdPerMonth.p10),
        signedUsd(usdPerMonth.p50),
        signedUsd(usdPerMonth.p90),
        `${ends(losers, whole)} of ${members}`,
      ]),
      { caption: 'Monthly net result over the draws' },
    ),
  })
}

const resultText = (value: number, unit: string): string => (unit === 'USD' ? usd(value) : signedUsd(value))

function tornadoFigure(context: ViabilityContext, one: Tornado): Markup {
  const [first] = one.bars
  if (first === undefined)
    return markup`<p>${one.label}: ${resultText(one.base, one.unit)}; no input of the study moves it.</p>`
  const unit = one.unit === 'USD/month' ? ' a month' : ''
  return context.figure({
    id: `fig-tornado-${one.id}`,
    title: `${first.label} moves it most. ${one.label}: ${resultText(first.lowResult, one.unit)} at its low end, ${resultText(first.highResult, one.unit)} at its high end`,
    draw: (width) =>
      tornado(
        one.bars.map((bar) => ({
          label: bar.label,
          lowResult: bar.lowResult,
          highResult: bar.highResult,
          lowInput: inputText(bar.lowInput, bar.unit),
          highInput: inputText(bar.highInput, bar.unit),
        })),
        {
          width,
          unit: one.unit === 'USD/month' ? 'USD a month' : one.unit,
          base: one.base,
          alternative: `${one.label}, one input at a time: ${one.bars.map((bar) => `${bar.label} from ${inputText(bar.lowInput, bar.unit)} to ${inputText(bar.highInput, bar.unit)} gives ${resultText(bar.lowResult, one.unit)} to ${resultText(bar.highResult, one.unit)}`).join('; ')}. This run: ${resultText(one.base, one.unit)}.`,
        },
      ),
    note: `One input at a time from the low to the high end of its range (written at the bar’s ends: blue low, yellow high), all others as in this run (${resultText(one.base, one.unit)}${unit}, dashed).`,
    data: table(
      [
        { label: 'Input' },
        { label: 'Low', number: true },
        { label: 'High', number: true },
        { label: 'Result at low', unit: one.unit, number: true },
        { label: 'Result at high', unit: one.unit, number: true },
      ],
      one.bars.map((bar) => [
        bar.label,
        inputText(bar.lowInput, bar.unit),
        inputText(bar.highInput, bar.unit),
        resultText(bar.lowResult, one.unit),
        resultText(bar.highResult, one.unit),
      ]),
      { caption: one.label },
    ),
  })
}

const yearText = (year: number): string => (year === 0 ? NOTHING : String(year))

const shapeOf = ({ mode, unit }: StudyVariable): string =>
  mode === null ? 'uniform' : `triangular, likeliest ${inputText(mode, unit)}`

function rangesTable({ variables, inputs }: ViabilityStudy): Markup {
  return markup`${table(
    [
      { label: 'Drawn' },
      { label: 'From', number: true },
      { label: 'To', number: true },
      { label: 'Shape' },
      { label: 'In this run', number: true },
      { label: 'Source' },
      { label: 'Year' },
      { label: 'Grade' },
    ],
    variables.map((one) => [
      one.label,
      inputText(one.low, one.unit),
      inputText(one.high, one.unit),
      shapeOf(one),
      inputText(one.base, one.unit),
      named(one.source),
      yearText(one.year),
      GRADES[one.grade],
    ]),
    { caption: 'What is uncertain, and how far', id: 'study-ranges' },
  )}
${inputTable(inputs, 'What no draw varies', 'study-inputs')}`
}

export const inputTable = (inputs: readonly StudyInput[], caption: string, id: string): Markup =>
  table(
    [
      { label: 'Input' },
      { label: 'Value', number: true },
      { label: 'Unit' },
      { label: 'Source' },
      { label: 'Year' },
      { label: 'Grade' },
    ],
    inputs.map(({ label, value, unit, source, year, grade }) => [
      label,
      threeFigures(value),
      unit,
      named(source),
      yearText(year),
      GRADES[grade],
    ]),
    { caption, id },
  )

const stepText = ({ stepCheck }: ViabilityStudy): string =>
  stepCheck
    .map(
      ({ label, unit, run, study }) =>
        `${label} ${threeFigures(run)} there, ${threeFigures(study)} here (${unit})`,
    )
    .join('; ')

export const howSure: ViabilitySection = {
  id: 'how-sure',
  title: (context) => {
    const { rules } = studyOf(context)
    const home = rules[0].roles.find(({ id }) => id === 'solar-battery') ?? rules[0].roles[0]
    return `How sure: ${ends(home.usdPerMonth, signedUsd)} a month on today’s rules`
  },
  applies: ({ study }) => study !== null,
  render: (context) => {
    const study = studyOf(context)
    return markup`<p>${plural(study.draws, 'draw')} of a Latin hypercube (seed ${String(study.seed)}) over ${plural(study.variables.length, 'uncertain input')}, each a run of the whole neighborhood and its monthly bills in steps of ${whole(study.stepMinutes)} minutes${study.tokens ? '' : '; tokens are off in the draws, since they change no bill'}. Every number below is the middle of the draws with the ends that eight of ten lie between. The run behind this report has steps of ${whole(context.input.scenario.settlementMinutes)} minutes: ${stepText(study)}.</p>
<p>The draws hold what is in the table of ranges and nothing else: neither another set of homes, nor another behavior, nor another law.</p>
${rolesFigure(context, study)}
${study.tornados.map((one) => tornadoFigure(context, one))}
${homesTable(study)}
${rangesTable(study)}`
  },
}

/** Who loses in how many draws. */
function homesTable({ rules }: ViabilityStudy): Markup {
  const [first] = rules
  return table(
    [
      { label: 'Home' },
      ...rules.map(({ label }) => ({
        label: `Loses against ${label.toLowerCase()}`,
        unit: 'share of draws',
        number: true,
      })),
    ],
    first.homes.map(({ label }, at) => [
      named(label),
      ...rules.map(({ homes }) => {
        const { lossShare } = homes[at]
        return lossShare >= 0.5
          ? markup`<span class="lose mark">▼ ${percent(lossShare)}</span>`
          : lossShare === 0
            ? markup`never`
            : markup`${percent(lossShare)}`
      }),
    ]),
    {
      caption: markup`How often a home loses a cent a month or more <span class="interval">losers in a draw: ${rules.map(({ label, losers }) => `${label.toLowerCase()} ${ends(losers, whole)}`).join('; ')}</span>`,
      id: 'study-losers',
    },
  )
}
