import { type BillCase, BILL_CASES, type HomeResult } from '../../data/run-files.ts'
import { type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { HOME_ROLES, type HomeRole, ROLE_LABELS, roleOf } from '../kpi/roles.ts'
import { billNet, homesOf } from '../kpi/sums.ts'
import { centsExact } from '../number-format.ts'
import type { Section, SectionContext } from './section.ts'

const CASE_LABELS: Record<BillCase, readonly [string, string]> = {
  'no-solar': ['No solar', 'all from the utility'],
  'solar-only': ['Without the plant', 'its solar only'],
  'own-battery': ['Own battery', 'no trading'],
  plant: ['With the plant', 'as run'],
}

const heads = (unit: string) =>
  BILL_CASES.map((name) => ({
    label: CASE_LABELS[name][0],
    unit: `${CASE_LABELS[name][1]}, ${unit}`,
    number: true,
  }))

/** Mean bill of a role, month by month. */
function roleBills(homes: readonly HomeResult[], role: HomeRole): Markup | null {
  const members = homes.filter((home) => roleOf(home) === role)
  if (members.length === 0) return null
  const mean = (value: (home: HomeResult) => number) =>
    members.reduce((sum, home) => sum + value(home), 0) / members.length
  const change = (value: (name: BillCase) => number) => centsExact(value('plant') - value('solar-only'))
  const rows = members[0].months.map(({ month }, at) => {
    const of = (name: BillCase) => mean((home) => home.months[at].bills[name].netMicroUsd)
    return [month, ...BILL_CASES.map((name) => centsExact(of(name))), change(of)]
  })
  const all = (name: BillCase) => mean((home) => billNet(home, name))
  return table(
    [{ label: 'Month' }, ...heads('USD'), { label: 'Change', unit: 'with − without', number: true }],
    rows,
    {
      caption: `${ROLE_LABELS[role]}, mean of ${members.length}`,
      id: `bills-${role}`,
      total: ['Whole run', ...BILL_CASES.map((name) => centsExact(all(name))), change(all)],
    },
  )
}

function homeBills(homes: readonly HomeResult[]): Markup {
  const sum = (name: BillCase) => homes.reduce((all, home) => all + billNet(home, name), 0)
  return table(
    [
      { label: 'Home' },
      { label: 'Role' },
      ...heads('USD'),
      { label: 'Change', unit: 'with − without', number: true },
    ],
    homes.map((home) => {
      const change = billNet(home, 'plant') - billNet(home, 'solar-only')
      const text = centsExact(change)
      return [
        named(home.label),
        ROLE_LABELS[roleOf(home)],
        ...BILL_CASES.map((name) => centsExact(billNet(home, name))),
        change >= 10_000 ? markup`<span class="lose mark">▲ pays more ${text}</span>` : text,
      ]
    }),
    {
      caption: 'Every home, whole run',
      id: 'bills-homes',
      total: [
        'All homes',
        '',
        ...BILL_CASES.map((name) => centsExact(sum(name))),
        centsExact(sum('plant') - sum('solar-only')),
      ],
    },
  )
}

export const bills: Section = {
  id: 'bills',
  title: 'Bills with and without the plant',
  render: ({ input }: SectionContext) => {
    const homes = homesOf(input.results)
    return markup`<p>Every case is settled by the same tariff, “${input.scenario.tariff.label}”. Positive: the home pays; negative: it is paid. Energy, delivery, fixed charge, credits, discount, neighbors and fee are in it; hardware is not.</p>
${HOME_ROLES.map((role) => roleBills(homes, role))}
${homeBills(homes)}`
  },
}
