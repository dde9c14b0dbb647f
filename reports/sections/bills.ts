import { type BillCase, type BillLines, BILL_CASES, type HomeResult } from '../../data/run-files.ts'
import { type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { HOME_ROLES, type HomeRole, ROLE_LABELS, roleOf } from '../kpi/roles.ts'
import { billNet, homesOf } from '../kpi/sums.ts'
import { centsExact, kwh, plural, usd } from '../number-format.ts'
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

const LINES: readonly (readonly [keyof BillLines, string])[] = [
  ['energyMicroUsd', 'Energy'],
  ['demandMicroUsd', 'Demand'],
  ['fixedMicroUsd', 'Fixed'],
  ['minimumMicroUsd', 'To the least bill'],
  ['solarChargeMicroUsd', 'Charge on solar'],
  ['peerDeliveryMicroUsd', 'Delivery of neighbors’'],
  ['exportCreditMicroUsd', 'Exports'],
  ['trueUpMicroUsd', 'Credits paid out'],
  ['discountMicroUsd', 'Low-income'],
  ['programMicroUsd', 'Program'],
  ['peerPaidMicroUsd', 'Paid to neighbors'],
  ['peerReceivedMicroUsd', 'Received'],
  ['platformFeeMicroUsd', 'Fee'],
  ['netMicroUsd', 'Net'],
]

/** All homes' bills of the run, line by line; lines that are nowhere in it are left out. */
function lineTable(homes: readonly HomeResult[]): Markup {
  const used = LINES.filter(([line]) =>
    homes.some((home) => home.months.some(({ bills }) => bills.plant[line] !== 0)),
  )
  const sum = (line: keyof BillLines, at: number) =>
    homes.reduce((all, home) => all + home.months[at].bills.plant[line], 0)
  const { months } = homes[0]
  const total = (line: keyof BillLines) => months.reduce((all, _, at) => all + sum(line, at), 0)
  return table(
    [{ label: 'Month' }, ...used.map(([, label]) => ({ label, unit: 'USD', number: true }))],
    months.map(({ month }, at) => [month, ...used.map(([line]) => centsExact(sum(line, at)))]),
    {
      caption: `Bills of the run, all ${plural(homes.length, 'home')} together, line by line`,
      id: 'bills-lines',
      total: ['Whole run', ...used.map(([line]) => centsExact(total(line)))],
    },
  )
}

/** What net metering still owes at the end; no bill shows it. */
function creditsLeft(homes: readonly HomeResult[]): Markup | null {
  const microUsd = homes.reduce((sum, { creditLeft }) => sum + (creditLeft?.microUsd ?? 0), 0)
  const milliWh = homes.reduce((sum, { creditLeft }) => sum + (creditLeft?.milliWh ?? 0), 0)
  if (microUsd === 0 && milliWh === 0) return null
  const parts = [microUsd === 0 ? '' : usd(microUsd / 1e6), milliWh === 0 ? '' : `${kwh(milliWh)} kWh`]
  return markup`<p>At the end of the run ${parts.filter((part) => part !== '').join(' and ')} of credits wait for later bills; no bill here has them.</p>`
}

export const bills: Section = {
  id: 'bills',
  title: 'Bills with and without the plant',
  render: ({ input }: SectionContext) => {
    const homes = homesOf(input.results)
    return markup`<p>Every case is settled by the same tariff, “${input.scenario.tariff.label}”. Positive: the home pays; negative: it is paid. Energy, delivery, fixed charge, credits, discount, neighbors and fee are in it; hardware is not.</p>
${creditsLeft(homes)}
${HOME_ROLES.map((role) => roleBills(homes, role))}
${lineTable(homes)}
${homeBills(homes)}`
  },
}
