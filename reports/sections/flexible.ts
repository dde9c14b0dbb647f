import type { DemandResponseResult, DeviceName, FlexibilityResult } from '../../data/run-flexible.ts'
import { type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { homesOf } from '../kpi/sums.ts'
import { centsExact, kwh, NOTHING, plural, threeFigures, usd } from '../number-format.ts'
import type { ReportInput } from '../report-input.ts'
import type { Section } from './section.ts'

const DEVICES: Record<DeviceName, string> = {
  vehicle: 'Vehicle',
  'heat-pump': 'Heat pump',
  'water-heater': 'Water heater',
}
const SITES = { home: 'Homes', commercial: 'Commercial sites' } as const

const flexibilityOf = ({ results }: ReportInput): FlexibilityResult[] =>
  results.communities.flatMap(({ flexibility }) => flexibility ?? [])
const responsesOf = ({ results }: ReportInput): DemandResponseResult[] =>
  results.communities.flatMap(({ demandResponse }) => demandResponse ?? [])

const perKwh = (microUsd: number, milliWh: number): string =>
  milliWh === 0 ? NOTHING : `${threeFigures((microUsd / milliWh) * 100)} ¢`

function deviceTable(homes: readonly FlexibilityResult[], labels: ReadonlyMap<string, string>): Markup {
  const saved = homes
    .flatMap(({ devices }) => devices)
    .reduce((sum, device) => sum + device.referenceRetailMicroUsd - device.retailMicroUsd, 0)
  return markup`<p>Beside each device runs the same device as if nothing were flexible (it charges on arrival, keeps its set point). At the retail price of each interval, waiting saved ${usd(saved / 1e6)} in all; own solar counts at that price too, and a changed temperature or charge at the end is not valued. The cases without the plant use these loads as they come.</p>
${table(
  [
    { label: 'Home' },
    { label: 'Device' },
    { label: 'Cares about', unit: 'comfort · green · local · price' },
    { label: 'Used', unit: 'kWh', number: true },
    { label: 'Without waiting', unit: 'kWh', number: true },
    { label: 'Price met', unit: 'per kWh', number: true },
    { label: 'Without waiting', unit: 'per kWh', number: true },
    { label: 'Saved', unit: 'USD', number: true },
    { label: 'Below comfort', unit: 'hours', number: true },
  ],
  homes.flatMap(({ homeId, preferences, devices }) =>
    devices.map((device) => [
      named(labels.get(homeId) ?? homeId),
      DEVICES[device.device],
      [preferences.comfort, preferences.green, preferences.local, preferences.price].join(' · '),
      kwh(device.energyMilliWh),
      kwh(device.referenceMilliWh),
      perKwh(device.retailMicroUsd, device.energyMilliWh),
      perKwh(device.referenceRetailMicroUsd, device.referenceMilliWh),
      centsExact(device.referenceRetailMicroUsd - device.retailMicroUsd),
      device.device === 'vehicle'
        ? `${kwh(device.elsewhereMilliWh)} kWh charged elsewhere`
        : threeFigures(device.discomfortHours),
    ]),
  ),
  { caption: 'Flexible loads', id: 'flexible-devices' },
)}`
}

function responseTable(
  participants: readonly DemandResponseResult[],
  labels: ReadonlyMap<string, string>,
): Markup {
  const sites = (['home', 'commercial'] as const).flatMap((site) => {
    const members = participants.filter((one) => one.site === site)
    if (members.length === 0) return []
    const sum = (value: (one: DemandResponseResult) => number) =>
      members.reduce((all, one) => all + value(one), 0)
    const reduced = sum(({ reducedMilliWh }) => reducedMilliWh)
    const cost = perKwh(
      sum(({ costMicroUsd }) => costMicroUsd),
      reduced,
    )
    const paid = perKwh(
      sum(({ paidMicroUsd }) => paidMicroUsd),
      reduced,
    )
    return [
      markup`<li>${SITES[site]}: ${plural(members.length, 'participant')} answered ${sum(({ answered }) => answered)} of ${plural(
        sum(({ called }) => called),
        'call',
      )}, left out ${kwh(reduced)} kWh at a cost of ${cost} and a payment of ${paid} for each.</li>`,
    ]
  })
  return markup`<h3>Demand response</h3>
<ul>${sites}</ul>
${table(
  [
    { label: 'Participant' },
    { label: 'Kind' },
    { label: 'Answers from', unit: 'USD/kWh', number: true },
    { label: 'Answered', number: true },
    { label: 'Left out', unit: 'kWh', number: true },
    { label: 'Paid', unit: 'USD', number: true },
    { label: 'Its cost', unit: 'USD', number: true },
    { label: 'Gain', unit: 'USD', number: true },
  ],
  participants.map((one) => [
    named(labels.get(one.homeId) ?? one.homeId),
    one.site,
    usd(one.costUsdPerKwh),
    `${one.answered} of ${one.called}`,
    kwh(one.reducedMilliWh),
    centsExact(one.paidMicroUsd),
    centsExact(one.costMicroUsd),
    centsExact(one.paidMicroUsd - one.costMicroUsd),
  ]),
  { caption: 'Who answered, at what cost', id: 'demand-response' },
)}
<p>The baseline is the same home without flexibility in the event; what is used again afterwards is not counted. Payments come from outside the neighborhood and stand beside the bills, not in them.</p>`
}

export const flexible: Section = {
  id: 'flexible',
  title: 'Loads that can wait',
  applies: (input) => flexibilityOf(input).length > 0 || responsesOf(input).length > 0,
  render: ({ input }) => {
    const labels = new Map(homesOf(input.results).map(({ id, label }) => [id, label]))
    const homes = flexibilityOf(input)
    const participants = responsesOf(input)
    return markup`${homes.length === 0 ? '' : deviceTable(homes, labels)}${participants.length === 0 ? '' : responseTable(participants, labels)}`
  },
}
