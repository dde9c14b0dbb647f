import type { KpiEntry, KpiReport } from '../reports/kpi/compute.ts'
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

/** A value and its unit; what is scaled to a month from less than a year says so. */
export function shownValue({ value, unit }: KpiEntry, simulatedDays: number): string {
  const scaled = unit === 'USD/month' && value !== null && simulatedDays < 360
  return `${valueText(value, unit)}${scaled ? `, scaled from ${simulatedDays} days` : ''}`
}

/** Five key figures, a line each. */
export function kpiSummary({ kpis, simulatedDays }: KpiReport): string {
  const rows = SHOWN.flatMap((id) => kpis.filter((kpi) => kpi.id === id))
  return table(rows.map((kpi) => [`  ${kpi.label}`, shownValue(kpi, simulatedDays)]))
}
