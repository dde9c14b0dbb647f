import { type Markup, markup } from '../html/markup.ts'
import { DISAGGREGATION_CAVEAT } from '../../data/disaggregation-caveat.ts'
import { homesOf } from '../kpi/sums.ts'
import { keptTokens } from '../kpi/tokens.ts'
import type { ReportInput } from '../report-input.ts'
import { daysText } from './first-screen.ts'
import type { Section } from './section.ts'

/** How far off that is, as measured elsewhere. */
function caveat({ disaggregation, settlementMinutes }: ReportInput['scenario']): string {
  if (settlementMinutes >= 60) return 'Here the intervals are hours, and nothing is split.'
  const load = disaggregation.load as keyof (typeof DISAGGREGATION_CAVEAT)['withBattery']
  const { series, withoutBattery, withBattery } = DISAGGREGATION_CAVEAT
  return `On ${series} series of 15 and 30 minutes, load split by “${load}” put a home’s self-consumption up to ${withoutBattery[load]} points off without a battery and ${withBattery[load]} with one; below 15 minutes it is more.`
}

/** What the reader must not take from this report; each line only where it applies. */
function lines({ results, scenario }: ReportInput): (string | Markup)[] {
  const homes = homesOf(results)
  const sources = scenario.communities.flatMap((community) =>
    community.homes.map(({ load }) => ('profile' in load ? load.profile : '')),
  )
  const californian = sources.some((source) => source.startsWith('fontana-'))
  const batteries = homes.some(({ batteryKwh }) => batteryKwh > 0)
  const consumers = homes.some(({ role }) => role === 'consumer')
  const list: (string | Markup)[] = [
    markup`<strong>${daysText(results.simulatedDays)}, one weather, one behavior.</strong> P10 to P90 is the spread over homes, not a confidence interval; no interval here covers another year${results.simulatedDays < 360 ? ', and monthly figures are scaled from a part of one' : ''}.`,
    markup`<strong>Hardware, installation, the platform and its staff are not in the monthly figures.</strong> The only cost shown is that of the batteries, as simple payback without interest, replacement or fade.`,
    markup`<strong>The tariff stands still.</strong> A utility that loses revenue would change it; nothing here answers how.`,
    results.communities.some(({ feeder }) => feeder === undefined)
      ? markup`<strong>No network.</strong> Voltage, transformer limits and line losses between neighbors are not modelled; peak is the sum of the homes.`
      : markup`<strong>One feeder, balanced.</strong> The wires are modelled in one phase for all, beyond the transformer the grid stands at its voltage; peak is the sum of the homes, without losses.`,
    markup`<strong>Homes follow simple rules.</strong> Batteries serve their own home first and don’t answer to prices; nobody shifts load.`,
    markup`<strong>The data are coarser than the settlement.</strong> Where the series are hourly, steps within the hour come from a named method (solar: ${scenario.disaggregation.solar}, load: ${scenario.disaggregation.load}); each hour’s energy is kept, but self-consumption and trades within the hour depend on the method. ${caveat(scenario)}`,
    markup`<strong>The law is not examined.</strong> Whether homes may sell to each other under this tariff is a question for counsel.`,
  ]
  if (californian) {
    list.unshift(
      markup`<strong>The homes are Californian</strong> (Fontana, 2016–2017): more sun than the Northeast, a summer peak from cooling, new efficient buildings. Amounts don’t carry over to another place; mechanisms and the order of effects can be studied.`,
    )
  }
  if (consumers) {
    list.push(
      markup`<strong>“Low-income consumer” is a role that the scenario assigns,</strong> not a measured attribute of these households.`,
    )
  }
  if (batteries) {
    list.push(
      keptTokens({ results, scenario })
        ? markup`<strong>Batteries and their meters are simulated.</strong> The burn algorithm is judged against the simulation’s truth, which is another model than its own, but still a model.`
        : markup`<strong>Batteries are simulated.</strong> Tokens were off: nothing here tells how well claims on stored energy would have been kept.`,
    )
  }
  return list
}

export const limits: Section = {
  id: 'limits',
  title: 'Limits',
  render: ({ input }) => markup`<ul>${lines(input).map((line) => markup`<li>${line}</li>`)}</ul>`,
}
