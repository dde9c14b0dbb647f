import type { Interval } from '../../../data/viability-files.ts'
import { intervals } from '../../charts/intervals.ts'
import { markup } from '../../html/markup.ts'
import { table } from '../../html/table.ts'
import { plural, signed, threeFigures } from '../../number-format.ts'
import { cell, ends } from '../interval-text.ts'
import { inputTable } from './how-sure.ts'
import type { ViabilitySection } from '../section.ts'
import { studyOf } from '../study-of.ts'

const tonnes = (kg: number): string => `${signed(kg / 1000)}\u00a0t`

export const carbon: ViabilitySection = {
  id: 'carbon',
  title: (context) => {
    const { solarMarginalKgPerYear: solar } = studyOf(context).carbon
    return `Carbon: solar avoids ${ends(solar, (kg) => threeFigures(kg / 1000))} t a year at the margin`
  },
  applies: ({ study }) => study !== null,
  render: (context) => {
    const study = studyOf(context)
    const { carbon: found } = study
    const rows: readonly (readonly [label: string, className: string, interval: Interval])[] = [
      ['Solar, marginal', 'solar', found.solarMarginalKgPerYear],
      ['Solar, average', 'solar', found.solarAverageKgPerYear],
      ['Batteries and trading, marginal', 'battery', found.marginalKgPerYear],
      ['Batteries and trading, average', 'battery', found.averageKgPerYear],
    ]
    const worse = found.marginalKgPerYear.p50 < 0
    return markup`<p>Two ways to count, beside each other and never added: the <em>marginal</em> rate is that of the plant which a kWh less turns down, the <em>average</em> rate that of the mean kWh. The first answers what this changes; the second what is reported in inventories.</p>
${context.figure({
  id: 'fig-carbon',
  title: `Solar avoids ${ends(found.solarMarginalKgPerYear, tonnes)} of CO₂ a year at the margin; batteries and trading ${worse ? 'add' : 'avoid'} ${ends(worse ? turned(found.marginalKgPerYear) : found.marginalKgPerYear, (kg) => `${threeFigures(kg / 1000)}\u00a0t`)}${worse ? ', since what a battery loses must be generated' : ''}`,
  draw: (width) =>
    intervals(
      rows.map(([label, className, { p10, p50, p90 }]) => ({
        label: width < 500 ? label.replace('Batteries and trading', 'Batteries') : label,
        className,
        value: p50 / 1000,
        low: p10 / 1000,
        high: p90 / 1000,
      })),
      {
        width,
        unit: 't of CO₂ avoided a year, all homes',
        alternative: `CO₂ avoided a year: ${rows.map(([label, , interval]) => `${label} ${ends(interval, tonnes)}`).join('; ')}.`,
      },
    ),
  note: `P10 to P90 over ${plural(study.draws, 'draw')}: sun and load vary, the rates do not. One rate for all hours: that batteries move energy from clean to dirty hours, or the other way, is not in it.`,
  data: table(
    [
      { label: 'What' },
      { label: 'P10', unit: 't/year', number: true },
      { label: 'P50', number: true },
      { label: 'P90', number: true },
    ],
    rows.map(([label, , { p10, p50, p90 }]) => [label, tonnes(p10), tonnes(p50), tonnes(p90)]),
    { caption: 'CO₂ avoided' },
  ),
})}
<p>Supply that batteries and trading save the utility: ${cell(found.avoidedKwhPerYear, (kwh) => `${signed(kwh)}\u00a0kWh`)} a year.</p>
${inputTable([found.marginal, found.average], 'Rates of CO₂', 'carbon-rates')}`
  },
}

const turned = ({ p10, p50, p90 }: Interval): Interval => ({ p10: -p90, p50: -p50, p90: -p10 })
