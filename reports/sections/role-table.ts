import { type Markup, markup } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { type Baseline, BASELINES, type RoleResult, SAME_USD_PER_MONTH } from '../kpi/roles.ts'
import { NOTHING, plural, signedUsd } from '../number-format.ts'

export const BASELINE_LABELS: Record<Baseline, string> = {
  'solar-only': 'against solar only',
  'own-battery': 'against own battery',
  'no-solar': 'against no solar',
}

const BASELINE_NOTES: Record<Baseline, string> = {
  'solar-only': 'no battery, no trading',
  'own-battery': 'trading alone',
  'no-solar': 'all from the utility',
}

/** Middle member with its interval; a loss carries a word and a mark. */
function cell({ against, members }: RoleResult, baseline: Baseline): Markup {
  const { meanUsdPerMonth, spread } = against[baseline]
  const amount = spread?.p50 ?? meanUsdPerMonth
  const loses = amount <= -SAME_USD_PER_MONTH
  const interval =
    spread === null || members < 3
      ? markup``
      : markup` <span class="interval">${signedUsd(spread.p10)} to ${signedUsd(spread.p90)}</span>`
  return loses
    ? markup`<span class="lose mark">▼ loses ${signedUsd(amount)}</span>${interval}`
    : markup`<span class="mark">${signedUsd(amount)}</span>${interval}`
}

function counts({ id, against }: RoleResult): Markup {
  const { better, worse, same } = against['solar-only']
  if (id === 'operator' || id === 'utility') return markup`${NOTHING}`
  const lost = markup`<span class="${worse === 0 ? 'mark' : 'lose mark'}">${worse} worse</span>`
  if (better === 0 && worse === 0) return markup`no change`
  return markup`<span class="mark">${better} better,</span> ${lost}${same === 0 ? '' : `, ${same} same`}`
}

function name({ id, label, members }: RoleResult): Markup {
  const count = id === 'operator' || id === 'utility' ? '' : ` × ${members}`
  const note =
    id === 'operator' ? ' fees, before its costs' : id === 'utility' ? ' revenue + supply it avoids' : ''
  return markup`${label}${count}${note === '' ? '' : markup` <span class="interval">${note.trim()}</span>`}`
}

/** Everyone's monthly net change against the three baselines. */
export function roleTable(roles: readonly RoleResult[], days: number): Markup {
  const rows = roles.map((role) => [
    name(role),
    ...BASELINES.map((baseline) => cell(role, baseline)),
    counts(role),
  ])
  const scaled = days < 365 ? `, scaled from ${plural(days, 'day')}` : ''
  return table(
    [
      { label: 'Who' },
      ...BASELINES.map((baseline) => ({
        label: `${BASELINE_LABELS[baseline][0].toUpperCase()}${BASELINE_LABELS[baseline].slice(1)}`,
        unit: BASELINE_NOTES[baseline],
        number: true,
      })),
      { label: 'Homes', unit: 'against solar only', number: true },
    ],
    rows,
    {
      caption: markup`Monthly net change with the plant, USD each <span class="interval">middle home, P10 to P90 over homes (not a confidence interval)${scaled}; hardware not included</span>`,
      className: 'roles',
      id: 'roles-hardware',
    },
  )
}
