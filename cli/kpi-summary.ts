import type { KpiEntry, KpiReport } from '../reports/kpi/compute.ts'
import type { KpiId } from '../reports/kpi/registry.ts'
import { wordWrap } from '../scenarios/word-wrap.ts'
import { table } from './output.ts'

/** What the terminal shows after a run: who reads more opens the report. */
const SHOWN: readonly KpiId[] = [
  'self-sufficiency',
  'traded',
  'peak-import-change',
  'gain-on-today',
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

/** Five key figures, a line each, and who is worse off than under today's rules, by name. */
export function kpiSummary({ kpis, simulatedDays, ruleBaselines }: KpiReport): string {
  const rows = SHOWN.flatMap((id) => kpis.filter((kpi) => kpi.id === id))
  const figures = table(rows.map((kpi) => [`  ${kpi.label}`, shownValue(kpi, simulatedDays)]))
  const losers = ruleBaselines.find(({ id }) => id === 'today')?.losers ?? []
  return `${figures}\n${loserLines(losers)}`
}

/** As many names as two lines of 80 columns hold. */
const MAX_NAMES = 100

function loserLines(losers: readonly string[]): string {
  if (losers.length === 0) return '  Against today’s rules nobody loses'
  const named: string[] = []
  let length = 0
  for (const label of losers) {
    // Labels are any text: one line, and not all of a long one.
    const short = label.length > 30 ? `${label.slice(0, 29)}…` : label
    length += short.length + 2
    if (length > MAX_NAMES) break
    named.push(short)
  }
  const rest = losers.length - named.length
  const text = `Against today’s rules ${losers.length} ${losers.length === 1 ? 'loses' : 'lose'}: ${named.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`
  return wordWrap(text, 78)
    .map((line) => `  ${line}`)
    .join('\n')
}
