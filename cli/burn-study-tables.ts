import { type BurnStudy, GROUP_LABELS, heldOutText, type StudyFigure } from '../data/burn-study.ts'
import { table } from './output.ts'

/** A value with its unit, short enough for 80 columns. */
function shown(value: number | null, unit: string): string {
  if (value === null) return '-'
  if (unit === 'fraction') return `${(value * 100).toPrecision(3)} %`
  if (unit === 'batteries') return String(value)
  const text =
    Math.abs(value) < 1e-4 && value !== 0 ? value.toExponential(1) : String(Number(value.toPrecision(3)))
  return unit === '×' ? `${text} ×` : `${text} ${unit}`
}

const verdict = ({ target, reached }: StudyFigure): string =>
  target === '' ? '' : reached === null ? target : `${target}  ${reached ? 'yes' : 'NO'}`

const between = ({ low, high, unit }: StudyFigure): string =>
  low === null || high === null ? '' : `${shown(low, unit).replace(/ %$/, '')} to ${shown(high, unit)}`

const rounded = (value: number | null, digits = 3): string =>
  value === null ? '-' : String(Number(value.toPrecision(digits)))
const percent = (value: number | null): string => (value === null ? '-' : `${rounded(value * 100, 2)} %`)

/** Batteries that were ever over-burned, of all, by telemetry and under faults. */
function overBurnText(study: BurnStudy): string {
  const parts = study.groups.flatMap((group) => group.parts)
  const counts = ['good', 'typical', 'poor'].map((quality) => {
    const own = parts.filter(({ name }) => name === `${quality} telemetry`)
    const hits = own.flatMap(({ figures }) => figures.filter(({ id }) => id === 'over-burned'))
    const over = hits.reduce((sum, { value }) => sum + (value ?? 0), 0)
    return `${over} of ${own.reduce((sum, { batteries }) => sum + batteries, 0)} under ${quality} telemetry`
  })
  const faulty = study.faults.reduce((sum, { batteries }) => sum + batteries, 0)
  const over = study.faults.reduce((sum, { overBurned }) => sum + overBurned, 0)
  return `Ever over-burned: ${counts.join(',\n')}, ${over} of ${faulty} under faults`
}

/** The study as tables of at most 80 columns. */
export function studyTables(study: BurnStudy): string {
  const blocks = [
    `Burn study: ${study.batteries} batteries, ${study.batteryYears} battery-years, seed ${study.seed}`,
    `${heldOutText(study).replace(': ', ':\n')}\n\n${overBurnText(study)}`,
  ]
  for (const { group, batteries, batteryYears, emptyDays, figures, methods, oracles } of study.groups) {
    blocks.push(
      `\nGroup ${group}: ${GROUP_LABELS[group]} (${percent(emptyDays)} of days)\n${batteries} batteries, ${batteryYears} battery-years, typical telemetry`,
      table(
        [
          ['', 'value', '95 %', 'target'],
          ...figures.map((one) => [
            one.label
              .replace(
                /^Next half-year’s loss inside its 95 % interval$/,
                'Next half-year’s loss in its interval',
              )
              .replace(/^Next half-year’s loss: mean half-width$/, '  its mean half-width, of the loss')
              .replace(/^Learnt factor: mean half-width$/, '  its mean half-width')
              .replace(/^Learnt factor inside, running as conversion$/, '  running losses in the factor')
              .replace(
                /^Full charge: mean half-width, of registered$/,
                '  its mean half-width, of registered',
              )
              .replace(/^Full-charge energy inside its interval$/, 'Full charge inside its interval')
              .replace(/^Learnt factor inside its 95 % interval$/, 'Factor inside its interval'),
            shown(one.value, one.unit),
            between(one),
            verdict(one),
          ]),
        ],
        [false, true, true],
      ),
      `\nL at anchors ${rounded(oracles.atAnchorsKwh)} kWh a year, at every interval ${rounded(oracles.everyIntervalKwh)} kWh`,
    )
    if (methods.length === 0) continue
    blocks.push(
      table(
        [
          ['method, 1 year', 'B > L', 'unbacked', 'p50', 'p95', 'failed', 'locked'],
          ['', '', 'kWh·h/y', '', '', 'kWh/y', ''],
          ...methods.map((one) => [
            one.name,
            percent(one.overBurned / one.batteries),
            rounded(one.unbackedKwhHoursPerYear),
            percent(one.errorP50),
            percent(one.errorP95),
            rounded(one.failedKwhPerYear, 2),
            percent(one.lockedFraction),
          ]),
        ],
        [false, true, true, true, true, true, true],
      ),
    )
  }
  blocks.push(
    '\nFaults and adversaries, one year each',
    table(
      [
        ['fault', 'group', 'n', 'B > L', 'unbacked', 'raw SoC', 'alarm', 'doubted', 'locked'],
        ['', '', '', '', 'kWh', 'kWh', 'days', '', ''],
        ...study.faults.map((one) => [
          one.fault,
          one.group,
          String(one.batteries),
          String(one.overBurned),
          rounded(one.unbackedKwh, 2),
          rounded(one.rawSocUnbackedKwh, 2),
          rounded(one.alarmDays, 2),
          rounded(one.doubted, 2),
          percent(one.lockedFraction),
        ]),
      ],
      [false, false, true, true, true, true, true, true, true],
    ),
    `\nBaselines, tuned on other seeds:\n  ${study.baselines
      .filter(({ name }) => name !== 'none')
      .map(({ name, parameter }) => `${name} ${parameter}`)

      .join('\n  ')}`,
  )
  return blocks.join('\n')
}
