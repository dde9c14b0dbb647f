import { markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { homesOf } from '../kpi/sums.ts'
import { NOTHING, plural } from '../number-format.ts'
import type { Section } from './section.ts'

const MARKS = { error: '▲ error', warning: '▲ warning', info: 'note' } as const

export const audit: Section = {
  id: 'audit',
  title: 'Data audit',
  render: ({ input }) => {
    const findings = input.results.audit
    const labels = new Map(homesOf(input.results).map(({ id, label }) => [id, label]))
    if (findings.length === 0) return markup`<p>The audit of the input series found nothing.</p>`
    return markup`<p>${plural(findings.length, 'finding')} in the input series, found from the numbers alone. Data are used as they are unless it says otherwise.</p>
${table(
  [
    { label: 'Home' },
    { label: 'Check' },
    { label: 'Finding' },
    { label: 'What the run did' },
    { label: 'Effect on the figures' },
  ],
  findings.map(({ homeId, check, severity, finding, action, effect }) => [
    named(labels.get(homeId) ?? homeId),
    markup`${check} <small>${MARKS[severity]}</small>`,
    finding,
    action,
    effect ?? NOTHING,
  ]),
  { caption: 'Findings of the audit', id: 'audit-findings' },
)}`
  },
}
