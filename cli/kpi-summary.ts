import type { KpiReport } from '../reports/kpi/compute.ts'
import type { KpiId } from '../reports/kpi/registry.ts'
import { table } from './output.ts'

/** What the terminal shows after a run: who reads more opens the report. */
const SHOWN: readonly KpiId[] = [
  'self-sufficiency',
  'traded',
  'peak-import-change',
  'plant-gain',
  'utility-revenue-change',
]

function valueText(value: number | null, unit: string): string {
  if (value === null) return 'none'
  if (unit === 'fraction') return `${(value * 100).toFixed(1)} %`
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)))
  return `${value.toFixed(Math.min(digits, 6))} ${unit}`
}

/** Five key figures, a line each; what is scaled to a month from less than a year says so. */
export function kpiSummary({ kpis, simulatedDays }: KpiReport): string {
  const rows = SHOWN.flatMap((id) => kpis.filter((kpi) => kpi.id === id))
  const scaled = simulatedDays < 360 ? `, scaled from ${simulatedDays} days` : ''
  return table(
    rows.map(({ label, value, unit }) => [
      `  ${label}`,
      `${valueText(value, unit)}${unit === 'USD/month' ? scaled : ''}`,
    ]),
  )
}
