import { markup } from '../html/markup.ts'
import { table } from '../html/table.ts'
import type { KpiEntry } from '../kpi/compute.ts'
import { percent, plural, threeFigures } from '../number-format.ts'
import type { Section } from './section.ts'

const shown = (unit: string, value: number): string =>
  unit === 'fraction' ? percent(value) : threeFigures(value)

const unitShown = (unit: string): string => (unit === 'fraction' ? '' : ` ${unit}`)

function spread({ unit, spreadOverHomes: s }: KpiEntry): string {
  if (s === undefined) return ''
  return `${shown(unit, s.p10)} · ${shown(unit, s.p50)} · ${shown(unit, s.p90)}`
}

export const formulas: Section = {
  id: 'formulas',
  title: 'Formulas',
  render: ({ input }) => {
    const { kpis } = input.kpis
    return markup`<p>All ${plural(kpis.length, 'key figure')} of <code>kpi.json</code> (also embedded in this file), each with the formula that made it. Percentiles are over homes.</p>
${table(
  [
    { label: 'Figure' },
    { label: 'Value', number: true },
    { label: 'P10 · P50 · P90', number: true },
    { label: 'Formula and source' },
  ],
  kpis.map((kpi) => [
    markup`<span id="kpi-${kpi.id}">${kpi.label}</span>${kpi.better === 'neutral' ? '' : markup`<small>${kpi.better} is better</small>`}`,
    kpi.value === null ? 'none' : `${shown(kpi.unit, kpi.value)}${unitShown(kpi.unit)}`,
    spread(kpi),
    markup`${kpi.formula}<small>${kpi.source}</small>`,
  ]),
  { caption: 'Key figures', id: 'kpis', className: 'formulas' },
)}`
  },
}
