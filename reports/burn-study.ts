import {
  type BurnStudy,
  GROUP_LABELS,
  type GroupStudy,
  heldOutText,
  type StudyFigure,
} from '../data/burn-study.ts'
import { burnStoryFigure } from './burn-story.ts'
import { floatingBars } from './charts/floating-bars.ts'
import { figure, type FigureSpec } from './html/figure.ts'
import { type Markup, markup } from './html/markup.ts'
import { page } from './html/page.ts'
import { table } from './html/table.ts'
import { NOTHING, percent, plural, threeFigures, whole } from './number-format.ts'

const METHOD_LABELS: Readonly<Record<string, string>> = {
  closure: 'this algorithm',
  'no-prediction': '… without prediction',
  'no-conformal': '… without conformal bound',
  'no-gate': '… without gate',
  'soc-anchor': '… reported charge as anchor',
  'rested-ocv': '… with rested voltage',
  none: 'none',
  'linear-30-days': '30-day linear, unverified',
  'nameplate-rate': 'nameplate loss rate',
  'trailing-factor': 'trailing factor, in arrears',
  'raw-soc': 'raw SoC × nameplate',
  residual: 'energy-balance residual',
}
const label = (name: string): string => METHOD_LABELS[name] ?? name

/** A figure's value in its unit. */
export const shown = (value: number | null, unit: string): string => {
  if (value === null) return NOTHING
  if (unit === 'fraction') return percent(value)
  return unit === 'batteries' ? whole(value) : `${threeFigures(value)}\u00a0${unit}`
}

const verdict = ({ target, reached }: StudyFigure): Markup | string => {
  if (target === '') return ''
  if (reached === null) return target
  return reached ? `${target}: reached` : markup`<span class="lose mark">▲ ${target}: not reached</span>`
}

const between = ({ low, high, unit }: StudyFigure): string =>
  low === null || high === null ? '' : `${shown(low, unit)} to ${shown(high, unit)}`

/** The targets of every group, with intervals. */
export function studyTargets(study: BurnStudy): Markup {
  return markup`${study.groups.map((group) =>
    table(
      [
        { label: 'Figure' },
        { label: 'Value', number: true },
        { label: '95 % interval', number: true },
        { label: 'Target' },
      ],
      group.figures.map((one) => [one.label, shown(one.value, one.unit), between(one), verdict(one)]),
      {
        caption: `Group ${group.group}, ${GROUP_LABELS[group.group]}: ${plural(group.batteries, 'battery', 'batteries')}, ${whole(group.batteryYears)} battery-years of typical telemetry`,
        id: `targets-${group.group}`,
      },
    ),
  )}`
}

const FEW = new Set([
  'over-burned',
  'unbacked',
  'error-p95',
  'coverage',
  'released',
  'locked',
  'failed',
  'unclaimed',
])

/** The same figures by chemistry, life and telemetry. */
function parts({ group, parts: rows, figures }: GroupStudy): Markup {
  const columns = figures.filter(({ id }) => FEW.has(id))
  return table(
    [
      { label: 'Batteries' },
      { label: 'Number', number: true },
      ...columns.map((one) => ({ label: one.label.replace(/, of \d+ batteries$/, ''), number: true })),
    ],
    rows.map((row) => [
      row.name,
      whole(row.batteries),
      ...columns.map(({ id, unit }) => shown(row.figures.find((one) => one.id === id)?.value ?? null, unit)),
    ]),
    { caption: `Group ${group} by chemistry, life and telemetry`, id: `parts-${group}` },
  )
}

/** Unbacked energy by method, with the table behind it. */
export function methodsFigure({ group, methods }: Pick<GroupStudy, 'group' | 'methods'>): FigureSpec {
  const own = methods.find(({ name }) => name === 'closure')
  const trailing = methods.find(({ name }) => name === 'trailing-factor')
  const times = own && trailing ? trailing.unbackedKwhHoursPerYear / own.unbackedKwhHoursPerYear : 0
  return {
    id: `fig-methods-${group}`,
    title: `Group ${group}: a trailing factor in arrears leaves ${threeFigures(times)} times as much claimed energy unbacked as this algorithm`,
    draw: (width) =>
      floatingBars(
        methods.map(({ name, unbackedKwhHoursPerYear }) => ({
          label: label(name),
          from: 0,
          to: unbackedKwhHoursPerYear,
          value: threeFigures(unbackedKwhHoursPerYear),
          className: name === 'closure' ? 'battery' : 'loss',
          strong: name === 'closure',
        })),
        {
          width,
          alternative: `Unbacked energy by method, group ${group}.`,
          unit: 'kWh·h of unbacked claims, a battery and year',
        },
      ),
    note: 'Batteries of one year, typical telemetry; every method on the same truth and telemetry, the baselines tuned on other seeds. Who burns too much leaves little unbacked and takes energy from owners: see the table.',
    data: table(
      [
        { label: 'Method' },
        { label: 'Ever B > L', number: true },
        { label: 'Unbacked', unit: 'kWh·h a year', number: true },
        { label: 'Error of B, p50', number: true },
        { label: 'p95', number: true },
        { label: 'Failed redemptions', unit: 'kWh a year', number: true },
        { label: 'Released', unit: 'of minted', number: true },
        { label: 'Locked', unit: 'of E', number: true },
      ],
      methods.map((one) => [
        label(one.name),
        percent(one.overBurned / one.batteries),
        threeFigures(one.unbackedKwhHoursPerYear),
        one.errorP50 === null ? NOTHING : percent(one.errorP50),
        one.errorP95 === null ? NOTHING : percent(one.errorP95),
        threeFigures(one.failedKwhPerYear),
        percent(one.releasedFraction),
        percent(one.lockedFraction),
      ]),
      { caption: `Methods on group ${group}` },
    ),
  }
}

function faultTable({ faults }: BurnStudy): Markup {
  return table(
    [
      { label: 'Fault' },
      { label: 'Group' },
      { label: 'Batteries', number: true },
      { label: 'Over-burned', number: true },
      { label: 'Worst B − L', unit: 'kWh', number: true },
      { label: 'Unbacked', unit: 'kWh, mean', number: true },
      { label: 'Raw SoC would leave', unit: 'kWh, mean', number: true },
      { label: 'First alarm', unit: 'days, mean', number: true },
      { label: 'Refusals doubted', unit: 'a battery', number: true },
      { label: 'Locked', unit: 'of E', number: true },
      { label: 'Unclaimed', unit: 'of discharge', number: true },
    ],
    faults.map((one) => [
      one.fault,
      one.group,
      whole(one.batteries),
      whole(one.overBurned),
      threeFigures(one.worstOverBurnKwh),
      threeFigures(one.unbackedKwh),
      threeFigures(one.rawSocUnbackedKwh),
      one.alarmDays === null ? 'none' : threeFigures(one.alarmDays),
      threeFigures(one.doubted),
      percent(one.lockedFraction),
      percent(one.unclaimedFraction),
    ]),
    { caption: 'Faults and adversaries, one year each, struck a third into it', id: 'faults' },
  )
}

/** The study as one HTML file. */
export function renderBurnStudy(study: BurnStudy): string {
  let figures = 0
  const draw = (spec: FigureSpec): Markup => figure(++figures, spec)
  const over = study.groups.reduce(
    (sum, group) => sum + (group.figures.find(({ id }) => id === 'over-burned')?.value ?? 0),
    0,
  )
  const missed = study.groups.flatMap((group) =>
    group.figures.filter(({ reached }) => reached === false).map((one) => `${one.label} (${group.group})`),
  )
  const sections = [
    { id: 'targets', title: 'Targets', body: studyTargets(study) },
    {
      id: 'methods',
      title: 'Against baselines and without its parts',
      body: markup`${study.groups.filter(({ methods }) => methods.length > 0).map((group) => draw(methodsFigure(group)))}`,
    },
    ...(study.story === null
      ? []
      : [{ id: 'story', title: 'One battery', body: draw(burnStoryFigure(study.story, 'fig-burn-story')) }]),
    { id: 'parts', title: 'By chemistry, life and telemetry', body: markup`${study.groups.map(parts)}` },
    { id: 'faults-section', title: 'Faults and adversaries', body: faultTable(study) },
  ]
  return page({
    title: 'Do tokens outlive their energy?',
    header: markup`<h1>Do tokens outlive their energy?</h1>
<p>${plural(study.batteries, 'battery', 'batteries')}, ${whole(study.batteryYears)} battery-years on the measured homes, seed ${study.seed}. ${over === 0 ? 'No battery under typical telemetry ever lost more tokens than energy.' : `${plural(over, 'battery', 'batteries')} lost more tokens than energy.`} ${missed.length === 0 ? 'Every target is reached.' : `Not reached: ${missed.join('; ')}.`}</p>
<p>${heldOutText(study)}</p>
<p>Reproduce: <code>vpp burn study --battery-years N --seed ${study.seed} --report FILE</code></p>`,
    sections,
    data: { study },
  })
}
