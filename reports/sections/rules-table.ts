import { RULE_BASELINES } from '../../data/run-files.ts'
import { type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { SAME_USD_PER_MONTH } from '../kpi/roles.ts'
import type { RuleBaselineResult } from '../kpi/rule-baselines.ts'
import { NOTHING, plural, signedUsd } from '../number-format.ts'

const HEADS = {
  today: ['Today’s rules', 'net metering'],
  wholesale: ['Wholesale', 'no net metering'],
  'time-varying': ['By the hour', 'time-varying rate'],
} as const

type Role = RuleBaselineResult['roles'][number]

/** Middle member with its interval; a loss carries a word and a mark. */
function cell({ meanUsdPerMonth, spread, members }: Role): Markup {
  const amount = spread?.p50 ?? meanUsdPerMonth
  const interval =
    spread === null || members < 3
      ? markup``
      : markup` <span class="interval">${signedUsd(spread.p10)} to ${signedUsd(spread.p90)}</span>`
  return amount <= -SAME_USD_PER_MONTH
    ? markup`<span class="lose mark">▼ loses ${signedUsd(amount)}</span>${interval}`
    : markup`<span class="mark">${signedUsd(amount)}</span>${interval}`
}

const isOne = ({ id }: Role): boolean => id === 'operator' || id === 'utility'

function counts(role: Role): Markup {
  const { better, worse, members } = role
  if (isOne(role)) return markup`${NOTHING}`
  if (better === 0 && worse === 0) return markup`no change`
  const same = members - better - worse
  return markup`<span class="mark">${better} better,</span> <span class="${worse === 0 ? 'mark' : 'lose mark'}">${worse} worse</span>${same === 0 ? '' : `, ${same} same`}`
}

function name(role: Role): Markup {
  const note = role.id === 'operator' ? 'fees, before its costs' : role.id === 'utility' ? 'revenue' : ''
  return markup`${role.label}${isOne(role) ? '' : ` × ${role.members}`}${note === '' ? '' : markup` <span class="interval">${note}</span>`}`
}

/** Everyone's monthly net result against the three sets of rules. */
export function rulesTable(baselines: readonly RuleBaselineResult[], days: number): Markup {
  const [first] = baselines
  const rows = first.roles.map((role, at) => [
    name(role),
    ...baselines.map(({ roles }) => cell(roles[at])),
    counts(role),
  ])
  const scaled = days < 365 ? `, scaled from ${plural(days, 'day')}` : ''
  return table(
    [
      { label: 'Who' },
      ...RULE_BASELINES.map((id) => ({
        label: HEADS[id][0],
        unit: HEADS[id][1],
        number: true,
      })),
      { label: 'Homes', unit: 'on today’s', number: true },
    ],
    rows,
    {
      caption: markup`Monthly net result of the run against three sets of rules, USD each <span class="interval">middle home, P10 to P90 over homes (not a confidence interval)${scaled}; same homes and devices, so hardware is on both sides</span>`,
      className: 'roles',
      id: 'roles',
    },
  )
}

const PHRASES = {
  today: 'today’s rules',
  wholesale: 'wholesale export',
  'time-varying': 'a time-varying rate',
} as const

/** Most names that a line holds. */
const NAMED = 8

/** Who loses against which rules, by name. */
export function losersLine(baselines: readonly RuleBaselineResult[]): Markup {
  const parts = baselines.map(({ id, losers }) => {
    const against = `against ${PHRASES[id]}`
    const shown = losers.slice(0, NAMED).map((label, at) => markup`${at === 0 ? '' : ', '}${named(label)}`)
    const more = losers.length > NAMED ? ` and ${losers.length - NAMED} more` : ''
    return losers.length === 0
      ? markup`${against} nobody`
      : markup`${against} <span class="lose">${shown}${more}</span>`
  })
  return markup`<p class="losers"><strong>Who loses</strong> a cent a month or more: ${parts.map((part, at) => markup`${at === 0 ? '' : '; '}${part}`)}. <a href="#rules">Every home, month by month</a>.</p>`
}
