import type { RoleInterval, RulesInterval, ViabilityStudy } from '../../data/viability-files.ts'
import { type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { SAME_USD_PER_MONTH } from '../kpi/roles.ts'
import { NOTHING, percent, plural, signedUsd, whole } from '../number-format.ts'
import { ends } from './interval-text.ts'

const HEADS = {
  today: ['Today’s rules', 'net metering'],
  wholesale: ['Wholesale', 'no net metering'],
  'time-varying': ['By the hour', 'time-varying rate'],
} as const

/** Middle of the draws with its ends; a loss carries a word and a mark. */
function amount({ usdPerMonth }: RoleInterval): Markup {
  const loses = usdPerMonth.p50 <= -SAME_USD_PER_MONTH
  const text = signedUsd(usdPerMonth.p50)
  return markup`<span class="${loses ? 'lose mark' : 'mark'}">${loses ? `▼ loses ${text}` : text}</span> <span class="interval">${ends(usdPerMonth, signedUsd)}</span>`
}

const isOne = ({ id }: RoleInterval): boolean => id === 'operator' || id === 'utility'

function losers(role: RoleInterval): Markup {
  if (isOne(role)) return markup`${NOTHING}`
  const { losers: lost, members } = role
  return lost.p90 === 0
    ? markup`none`
    : markup`<span class="${lost.p50 >= 0.5 ? 'lose mark' : 'mark'}">${ends(lost, whole)} of ${members}</span>`
}

function name(role: RoleInterval): Markup {
  const note = role.id === 'operator' ? 'fees, before its costs' : role.id === 'utility' ? 'revenue' : ''
  return markup`${role.label}${isOne(role) ? '' : ` × ${role.members}`}${note === '' ? '' : markup` <span class="interval">${note}</span>`}`
}

/** Everyone's monthly net result against the three sets of rules, with the ends of the draws. */
export function roleIntervalTable({ rules, draws }: ViabilityStudy): Markup {
  const [today] = rules
  return table(
    [
      { label: 'Who' },
      ...rules.map(({ id }) => ({ label: HEADS[id][0], unit: HEADS[id][1], number: true })),
      { label: 'Lose', unit: 'on today’s', number: true },
    ],
    today.roles.map((role, at) => [name(role), ...rules.map(({ roles }) => amount(roles[at])), losers(role)]),
    {
      caption: markup`Monthly net result against three sets of rules, USD each <span class="interval">P50, P10 to P90 over ${plural(draws, 'draw')}; middle member; same devices on both sides</span>`,
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

/** Who loses in most draws, by name; the utility is a role of the table. */
export function usualLosers(rules: readonly RulesInterval[]): Markup {
  const parts = rules.map(({ id, homes }) => {
    const lost = homes.filter(({ lossShare }) => lossShare >= 0.5)
    const shown = lost
      .slice(0, NAMED)
      .map(
        ({ label, lossShare }, at) =>
          markup`${at === 0 ? '' : ', '}${named(label)}${lossShare === 1 ? '' : ` (${percent(lossShare)})`}`,
      )
    const more = lost.length > NAMED ? ` and ${lost.length - NAMED} more` : ''
    return lost.length === 0
      ? markup`against ${PHRASES[id]} nobody`
      : markup`against ${PHRASES[id]} <span class="lose">${shown}${more}</span>`
  })
  return markup`<p class="losers short"><strong>Who loses</strong> in most draws (share, where not all): ${parts.map((part, at) => markup`${at === 0 ? '' : '; '}${part}`)}. <a href="#study-losers">Every home</a>.</p>`
}
