import type { CommunityResult } from '../../data/run-files.ts'
import { type FeederResult, WIRE_CASES, type WireCaseName } from '../../data/run-feeder.ts'
import { voltageBars } from '../charts/voltage-bars.ts'
import { type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { feedersOf } from '../kpi/feeders.ts'
import { kwh, kwhExact, NOTHING, percent, plural, threeFigures } from '../number-format.ts'
import type { Section, SectionContext } from './section.ts'

const CASES: Record<WireCaseName, string> = {
  'no-solar': 'No solar',
  'solar-only': 'Solar only',
  plant: 'With the plant',
}

const RULES: Record<FeederResult['rule'], string> = {
  'pro-rata': 'every home’s export is cut by the same fraction',
  'last-in-first-out':
    'the home that was connected last (the last of the scenario’s list) is cut first, then the one before it',
  'block-trades':
    'homes are let in one after the other in the order of the scenario’s list; one whose export does not fit whole is switched off for the interval and sells nothing',
  none: 'nobody is cut; breaches are only told',
}

const pu = (value: number): string => value.toFixed(3)
const hours = (value: number): string => (value === 0 ? '0' : threeFigures(value))
const years = (ageingDays: number, days: number): string => threeFigures((ageingDays / days) * 365)

type Behind = CommunityResult & { feeder: FeederResult }

function casesTable({ id, feeder }: Behind, days: number): Markup {
  const row = (label: string, value: (name: WireCaseName) => string) => [label, ...WIRE_CASES.map(value)]
  const of = (name: WireCaseName) => feeder.cases[name]
  const hot = (name: WireCaseName) => of(name).hotSpotC
  return table(
    [{ label: 'Over the run' }, ...WIRE_CASES.map((name) => ({ label: CASES[name], number: true }))],
    [
      row('Lowest voltage, p.u.', (name) => `${pu(of(name).voltageMinPu)} (${of(name).voltageMinBus})`),
      row('Highest voltage, p.u.', (name) => `${pu(of(name).voltageMaxPu)} (${of(name).voltageMaxBus})`),
      row(
        'Greatest loading of a line',
        (name) => `${percent(of(name).linePercent / 100)} (${of(name).line})`,
      ),
      row('Greatest loading of a transformer', (name) => {
        const loading = of(name).transformerPercent
        return loading === null ? NOTHING : percent(loading / 100)
      }),
      row('Hours with a voltage too high', (name) => hours(of(name).highVoltageHours)),
      row('Hours with a voltage too low', (name) => hours(of(name).lowVoltageHours)),
      row('Hours with a line beyond its ampacity', (name) => hours(of(name).lineHours)),
      row('Hours with a transformer beyond its rating', (name) => hours(of(name).transformerHours)),
      row('Hottest spot of a transformer, °C', (name) => {
        const celsius = hot(name)
        return celsius === null ? NOTHING : threeFigures(celsius)
      }),
      row('Days of transformer life used in a year', (name) => {
        const { ageingDays } = of(name)
        return ageingDays === null ? NOTHING : years(ageingDays, days)
      }),
      row('Lost in wires and transformers, kWh', (name) => kwh(of(name).lossMilliWh)),
      row('Solar cut, kWh', (name) => kwh(of(name).curtailedMilliWh)),
      row('Hours with a cut', (name) => hours(of(name).curtailedHours)),
    ],
    { caption: 'The same wires in three cases', id: `wires-cases-${id}` },
  )
}

function homesTable({ id, feeder, homes }: Behind): Markup {
  const labels = new Map(homes.map((home) => [home.id, home.label]))
  const sum = (value: (home: FeederResult['homes'][number]) => number) =>
    feeder.homes.reduce((all, home) => all + value(home), 0)
  return table(
    [
      { label: 'Home' },
      { label: 'Bus' },
      { label: 'Cut, solar only', unit: 'kWh', number: true },
      { label: 'Cut with the plant', unit: 'kWh', number: true },
      { label: 'Hours cut', number: true },
      { label: 'Share of the losses', unit: 'kWh', number: true },
    ],
    feeder.homes.map((home) => [
      named(labels.get(home.homeId) ?? home.homeId),
      named(home.bus),
      kwh(home.curtailedSolarOnlyMilliWh),
      kwh(home.curtailedMilliWh),
      hours(home.cutHours),
      kwhExact(home.lossMilliWh),
    ]),
    {
      caption: 'Who was cut, and who causes the losses',
      id: `wires-homes-${id}`,
      total: [
        'All',
        '',
        kwh(sum((home) => home.curtailedSolarOnlyMilliWh)),
        kwh(sum((home) => home.curtailedMilliWh)),
        '',
        kwhExact(sum((home) => home.lossMilliWh)),
      ],
    },
  )
}

function voltageFigure(community: Behind, context: SectionContext): Markup {
  const { id, feeder } = community
  const { buses, limits, cases } = feeder
  const inside = buses.every(({ minPu, maxPu }) => minPu >= limits.minPu && maxPu <= limits.maxPu)
  const shown = buses.length <= 40 ? buses : extremes(buses)
  const bars = shown.map(({ name, minPu, maxPu }) => ({ label: name, minPu, maxPu }))
  return context.figure({
    id: `wires-voltage-${id}`,
    title: inside
      ? `All homes stay between ${limits.minPu} and ${limits.maxPu} p.u.; ${cases.plant.voltageMaxBus} comes highest`
      : `The voltage leaves the band: ${pu(cases.plant.voltageMinPu)} at ${cases.plant.voltageMinBus}, ${pu(cases.plant.voltageMaxPu)} at ${cases.plant.voltageMaxBus}`,
    draw: (width) =>
      voltageBars(bars, {
        width,
        limits,
        alternative: `Lowest and highest voltage of ${shown.length} buses, per unit, between ${limits.minPu} and ${limits.maxPu}.`,
      }),
    note: `From the lowest to the highest interval of the run at each bus where a home stands${shown.length < buses.length ? ' (the forty that range furthest)' : ''}, after curtailment, per unit of the nominal voltage. Balanced AC power flow in every interval.`,
    data: table(
      [
        { label: 'Bus' },
        { label: 'Lowest', unit: 'p.u.', number: true },
        { label: 'Highest', unit: 'p.u.', number: true },
      ],
      buses.map(({ name, minPu, maxPu }) => [named(name), minPu.toFixed(4), maxPu.toFixed(4)]),
    ),
  })
}

/** Buses that range furthest, in their order. */
function extremes(buses: FeederResult['buses']): FeederResult['buses'] {
  const kept = new Set(buses.toSorted((a, b) => b.maxPu - b.minPu - (a.maxPu - a.minPu)).slice(0, 40))
  return buses.filter((bus) => kept.has(bus))
}

function hostingText({ hosting }: FeederResult): Markup {
  const { uniformKw, uniformElement, worstKw, worstBus, worstElement, loadKw, at } = hosting
  const binds = (element: string) => (element === '' ? 'nothing binds up to there' : `then ${element} binds`)
  return markup`<p><strong>Hosting capacity:</strong> every home could have <strong>${threeFigures(uniformKw)} kW</strong> of solar at full output (${binds(uniformElement)}); one home alone at the bus that takes least, ${worstBus}, <strong>${threeFigures(worstKw)} kW</strong> (${binds(worstElement)}). Beside the loads of ${at}, the sunlit interval in which the homes use least (${threeFigures(loadKw)} kW in all); no battery charges, and solar that is there counts as part of it.</p>`
}

function oneFeeder(community: Behind, context: SectionContext): Markup {
  const { feeder, label, market } = community
  const { plant, 'solar-only': solar } = feeder.cases
  const { transformers, buses, lines } = feeder.network
  const several = feedersOf(context.input.results).length > 1
  const cut =
    plant.curtailedMilliWh === 0 && solar.curtailedMilliWh === 0
      ? 'The wires take all that the homes feed in.'
      : `The wires do not take ${kwh(plant.curtailedMilliWh)} kWh of the homes’ solar (with solar alone: ${kwh(solar.curtailedMilliWh)} kWh), in ${hours(plant.curtailedHours)} hours.`
  const blocked =
    feeder.rule === 'block-trades'
      ? ` ${plural(feeder.blocked.offers, 'offer')} to neighbors of ${kwh(feeder.blocked.milliWh)} kWh in all ${feeder.blocked.offers === 1 ? 'was' : 'were'} blocked; ${kwh(market.tradedMilliWh)} kWh were traded.`
      : ''
  const old =
    plant.ageingDays === null || solar.ageingDays === null
      ? ''
      : ` The transformer uses ${years(plant.ageingDays, context.input.results.simulatedDays)} days of its life in a year; with solar alone it would be ${years(solar.ageingDays, context.input.results.simulatedDays)}.`
  const given = transformers.map(({ name }) => name).join(', ')
  return markup`${several ? markup`<h3>${named(label)}</h3>` : ''}<p>${cut}${blocked}${old}</p>
<p>Network: ${named(feeder.source)}; ${plural(buses, 'bus', 'buses')}, ${plural(lines, 'line')}, ${transformers.length === 0 ? 'no transformer' : `transformer ${given}`}. Limits: ${feeder.limits.minPu} to ${feeder.limits.maxPu} p.u., transformer ${feeder.limits.transformerPercent} % of its rated current, lines ${feeder.limits.linePercent} % of their ampacity. <strong>Rule:</strong> where export would break an upper limit, ${RULES[feeder.rule]}. What is cut is not generated: no token is minted, offered or paid for it.</p>
${voltageFigure(community, context)}
${casesTable(community, context.input.results.simulatedDays)}
${homesTable(community)}
<p>Losses are given to homes by their currents: of a branch each home bears its own part of the current times the voltage that the whole current loses (branch current decomposition); what is lost without load is shared equally. The shares sum to the losses exactly; a home whose current runs against the others’ relieves the wires and has a negative one. Losses are the utility’s and stand in no bill.</p>
${hostingText(feeder)}`
}

export const wires: Section = {
  id: 'wires',
  title: 'What the wires allow',
  applies: ({ results }) => feedersOf(results).length > 0,
  render: (context) => {
    const behind = context.input.results.communities.filter(
      (community): community is Behind => community.feeder !== undefined,
    )
    return markup`${behind.map((community) => oneFeeder(community, context))}
<p>One phase stands for all (balanced), intervals are means, and a voltage within one may go further. The transformer’s hot spot and ageing follow IEC 60076-7 from the settled state of the first interval. Low voltage and overload by demand are told, not relieved: loads are always served, and batteries are not stopped. The comparison of battery strategies does not know the wires. Every interval stands in <code>series/*.feeder.parquet</code>.</p>`
  },
}
