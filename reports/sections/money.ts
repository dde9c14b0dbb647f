import { BILL_CASES, type BillCase, type BillLines, type HomeResult } from '../../data/run-files.ts'
import { floatingBars } from '../charts/floating-bars.ts'
import { waterfall, type WaterfallStep } from '../charts/waterfall.ts'
import { isolated, type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { HOME_ROLES, type HomeRole, ROLE_LABELS, roleOf, SAME_USD_PER_MONTH } from '../kpi/roles.ts'
import { billLine, billNet, homesOf, monthlyGainUsd, monthsOf, totalOf } from '../kpi/sums.ts'
import { centsExact, signedUsd, usd } from '../number-format.ts'
import type { Section, SectionContext } from './section.ts'

/** Bill lines in which trading shows, in the order of the waterfall. */
const LINES: readonly (readonly [keyof BillLines, string, string])[] = [
  ['energyMicroUsd', 'Less bought from the utility', 'grid'],
  ['peerPaidMicroUsd', 'Paid to neighbors', 'trade'],
  ['peerReceivedMicroUsd', 'Received from neighbors', 'trade'],
  ['exportCreditMicroUsd', 'Export credit given up', 'solar'],
  ['peerDeliveryMicroUsd', 'Delivery on neighbors’ energy', 'grid'],
  ['trueUpMicroUsd', 'Paid out for credits left', 'solar'],
  ['demandMicroUsd', 'Charges on demand', 'grid'],
  ['minimumMicroUsd', 'Least charge', 'grid'],
  ['discountMicroUsd', 'Low-income discount', 'grid'],
  ['programMicroUsd', 'Demand-response program', 'battery'],
  ['platformFeeMicroUsd', 'Operator’s fee', 'loss'],
]

interface RoleMoney {
  readonly start: number
  readonly steps: readonly WaterfallStep[]
}

/** From the bill without the plant to the bill with it, USD a month and home. */
function roleMoney(homes: readonly HomeResult[], months: number): RoleMoney {
  const mean = (value: (home: HomeResult) => number): number =>
    homes.reduce((sum, home) => sum + value(home), 0) / 1e6 / months / homes.length
  const change = (line: keyof BillLines, from: BillCase, to: BillCase): number =>
    mean((home) => billLine(home, to, line) - billLine(home, from, line))
  const battery = mean((home) => billNet(home, 'own-battery') - billNet(home, 'solar-only'))
  const steps = LINES.map(([line, label, className]) => ({
    label,
    className,
    change: change(line, 'own-battery', 'plant'),
  }))
  const all = [{ label: 'Own battery', className: 'battery', change: battery }, ...steps]
  return {
    start: mean((home) => billNet(home, 'solar-only')),
    steps: all.filter(({ change: amount }) => Math.abs(amount) >= 0.005),
  }
}

function roleFigure({ input, figure }: SectionContext, role: HomeRole): Markup | null {
  const { results } = input
  const members = homesOf(results).filter((home) => roleOf(home) === role)
  if (members.length === 0) return null
  const { start, steps } = roleMoney(members, monthsOf(results))
  const end = steps.reduce((sum, { change }) => sum + change, start)
  const label = ROLE_LABELS[role]
  const biggest = steps.toSorted((a, b) => a.change - b.change)[0]
  if (steps.length === 0)
    return markup`<p>${label}: the plant changes nothing on the bill, ${usd(start)} a month.</p>`
  const title = `${label}: the bill goes from ${usd(start)} to ${usd(end)} a month${biggest.change < 0 ? `, most by “${biggest.label.toLowerCase()}”` : ''}`
  return figure({
    id: `fig-money-${role}`,
    title,
    draw: (width) =>
      waterfall({ label: 'Without the plant', value: start }, steps, 'With the plant', usd, signedUsd, {
        width,
        alternative: `Waterfall of the monthly bill, ${label}: ${usd(start)} without the plant, ${steps.map((step) => `${step.label} ${signedUsd(step.change)}`).join(', ')}, ${usd(end)} with the plant.`,
        unit: 'USD/month, mean home of the role',
      }),
    note: 'Left of zero the home is paid. “Without the plant”: its own solar, no battery, no trading. Every step is the difference of one line of the bill, so the steps add up to the end.',
    data: table(
      [{ label: 'Step' }, { label: 'Change', unit: 'USD/month', number: true }],
      [
        ['Without the plant', usd(start)],
        ...steps.map(({ label: step, change }) => [step, signedUsd(change)]),
      ],
      { caption: `${label}, mean of ${members.length}`, total: ['With the plant', usd(end)] },
    ),
  })
}

/** Every home's gain: nobody is hidden in a mean. */
function homesFigure({ input, figure }: SectionContext): Markup {
  const { results } = input
  const homes = homesOf(results)
    .map((home) => ({
      home,
      gain: monthlyGainUsd(results, home, 'own-battery'),
      all: monthlyGainUsd(results, home, 'solar-only'),
    }))
    .toSorted((a, b) => b.gain - a.gain || b.all - a.all)
  const shown = homes.length <= 40 ? homes : [...homes.slice(0, 20), ...homes.slice(-20)]
  const [best, worst] = [homes[0], homes[homes.length - 1]]
  if (homes.every(({ gain }) => Math.abs(gain) < 0.005))
    return markup`<p>Trading alone changes no home’s bill.</p>`
  const title =
    homes.length === 1
      ? markup`From trading alone ${named(best.home.label)} has ${signedUsd(best.gain)} a month`
      : markup`From trading alone ${named(best.home.label)} has ${signedUsd(best.gain)} a month, ${named(worst.home.label)} ${signedUsd(worst.gain)}`
  const classOf = (role: HomeRole) =>
    role === 'consumer' || role === 'no-solar' ? 'load' : role === 'solar' ? 'solar' : 'battery'
  const loses = (gain: number) => (gain <= -SAME_USD_PER_MONTH ? ' ▼ loses' : '')
  return figure({
    id: 'fig-money-homes',
    title,
    draw: (width) =>
      floatingBars(
        shown.map(({ home, gain }) => ({
          label: `${isolated(home.label)}, ${ROLE_SHORT[roleOf(home)]}`,
          from: 0,
          to: gain,
          value: `${signedUsd(gain)}${loses(gain)}`,
          className: classOf(roleOf(home)),
        })),
        {
          width,
          alternative: `Bars: monthly gain of each home from trading, from ${signedUsd(worst.gain)} to ${signedUsd(best.gain)}.`,
          unit: 'USD/month',
        },
      ),
    note: `Bill with own solar and battery but no trading, less the bill with the plant.${shown.length < homes.length ? ' The 20 that gain most and the 20 that gain least; all are in the table.' : ''}`,
    data: table(
      [
        { label: 'Home' },
        { label: 'Role' },
        { label: 'Trading alone', unit: 'USD/month', number: true },
        { label: 'Battery and trading', unit: 'USD/month', number: true },
      ],
      homes.map(({ home, gain, all }) => [
        named(home.label),
        ROLE_LABELS[roleOf(home)],
        `${signedUsd(gain)}${loses(gain)}`,
        `${signedUsd(all)}${loses(all)}`,
      ]),
      { caption: 'Monthly net gain of every home' },
    ),
  })
}

export const ROLE_SHORT: Record<HomeRole, string> = {
  'solar-battery': 'solar + battery',
  solar: 'solar',
  'no-solar': 'no solar',
  consumer: 'consumer',
}

/** Homes, operator and utility: what one has more, another has less. */
function transfers({ input }: SectionContext): Markup {
  const { results } = input
  const homes = homesOf(results)
  const baselines = BILL_CASES.filter((name) => name !== 'plant')
  const ofRole = (role: HomeRole, name: BillCase) =>
    homes
      .filter((home) => roleOf(home) === role)
      .reduce((sum, home) => sum + billNet(home, name) - billNet(home, 'plant'), 0)
  const operator = totalOf(results, ({ operatorIncomeMicroUsd }) => operatorIncomeMicroUsd)
  const utility = (name: BillCase) =>
    totalOf(results, ({ utilityRevenueMicroUsd: revenue }) => revenue.plant - revenue[name])
  const present = HOME_ROLES.filter((role) => homes.some((home) => roleOf(home) === role))
  const sum = (name: BillCase) =>
    present.reduce((all, role) => all + ofRole(role, name), 0) + operator + utility(name)
  return table(
    [
      { label: 'Who' },
      ...baselines.map((name) => ({
        label: `against ${name.replace('-', ' ')}`,
        unit: 'USD, whole run',
        number: true,
      })),
    ],
    [
      ...present.map((role) => [
        ROLE_LABELS[role],
        ...baselines.map((name) => centsExact(ofRole(role, name))),
      ]),
      [ROLE_LABELS.operator, ...baselines.map(() => centsExact(operator))],
      ['Utility (revenue)', ...baselines.map((name) => centsExact(utility(name)))],
    ],
    {
      caption: 'Transfers: money that changes hands, and its sum',
      id: 'transfers',
      total: ['Sum', ...baselines.map((name) => centsExact(sum(name)))],
    },
  )
}

export const money: Section = {
  id: 'money',
  title: 'Where the money comes from',
  render: (context) => {
    const { value } = context
    const supply = value('avoided-supply') ?? 0
    return markup`<p>Trading and batteries move money between homes, operator and utility; the sum of all moves is zero to the micro-dollar. Real savings are only what the utility need not supply: ${signedUsd(supply)} a month against solar only${supply < 0 ? ' (a loss: batteries use energy)' : ''}.</p>
${transfers(context)}
${homesFigure(context)}
<h3>From the bill without the plant to the bill with it</h3>
${HOME_ROLES.map((role) => roleFigure(context, role))}`
  },
}
