import { type Markup, markup } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import type { ViabilitySection } from '../../section.ts'
import { evidence } from './evidence.ts'
import { FEATURES, type Offers, type Source, SYSTEMS, TOKENS } from '../prior-art.ts'

const sourceList = (sources: readonly Source[]): Markup | string =>
  sources.length === 0
    ? 'not verified'
    : markup`${sources.map(({ title, date, grade }, at) => `${at === 0 ? '' : '; '}${title}, ${date} (${grade})`)}`

const toolCell = (name: string, shows: string): Markup => markup`${name} <small>${shows}</small>`

const OWN: Readonly<Record<(typeof FEATURES)[number], readonly [Offers, string]>> = {
  'several roles': ['yes', 'rules'],
  uncertainty: ['yes', 'top'],
  'cost tests': ['yes', 'money'],
  'peer trading': ['yes', 'mechanisms'],
  'tokens on a ledger': ['yes', 'ledger'],
  reproduction: ['yes', 'made'],
}

export const competition: ViabilitySection = {
  id: 'competition',
  title: 'Competition',
  render: ({ study, input }) => {
    const own = FEATURES.map((feature) => {
      const [offers, anchor] = OWN[feature]
      if (feature === 'uncertainty' && study === null) return 'not in this report'
      return evidence(input, anchor, offers)
    })
    return markup`<p>None of the tools that were read shows roles, uncertainty, cost tests and reproduction together. Each does what it is made for better than this does: REopt optimizes, SAM knows plants and finance in more depth, HOMER Grid knows demand charges, Grid Singularity runs live markets.</p>
${table(
  [{ label: 'Tool' }, ...FEATURES.map((label) => ({ label })), { label: 'Source' }],
  [
    [
      toolCell('This report', 'who gains and loses by trading, with tokens followed to their burn'),
      ...own,
      'links in this row',
    ],
    ...SYSTEMS.map(({ name, offers, shows, sources }) => [
      toolCell(name, shows),
      ...FEATURES.map((feature) => offers[feature]),
      sourceList(sources),
    ]),
  ],
  { caption: 'Tools', id: 'tools' },
)}
${table(
  [
    { label: 'Token' },
    { label: 'What it is' },
    { label: 'Worth and end' },
    { label: 'Different here' },
    { label: 'Source' },
  ],
  TOKENS.map(({ name, is, worth, difference, sources }) => [
    name,
    is,
    worth,
    difference,
    sourceList(sources),
  ]),
  { caption: 'Token concepts', id: 'token-concepts' },
)}
<p>Texts were read, programs were not tried; an undated text may be old.</p>`
  },
}
