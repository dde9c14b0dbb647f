import { dirname } from 'node:path'
import { loadScenario } from '../scenarios/load.ts'
import type { Scenario } from '../scenarios/schema.ts'
import { marketArea } from '../sim/area.ts'
import type { HomeInput, MarketArea } from '../sim/market-area.ts'
import { prepare } from '../sim/prepare.ts'
import { StepSeries } from '../sim/step-series.ts'

/** Days by which the load of a copy may be put off: no two copies in a row use their energy alike. */
const SHIFTS = 7

/**
 * A neighborhood of any size for measuring: copies of the twelve of `first-neighborhood` (ten with solar, six with a battery),
 * each with its own accounts, battery, meter and bias. Copies share their series, as the C kernel's homes do; the
 * load of a copy is that of the home up to six days later. More than a year is some runs through the same days.
 */
export function neighborhood(homes: number, days: number): { area: MarketArea; scenario: Scenario } {
  const years = Math.ceil(days / 365)
  const { scenario, path } = loadScenario('first-neighborhood', { days: Math.round(days / years) })
  scenario.period.years = years
  scenario.comparison.strategies = []
  const prepared = prepare(scenario, dirname(path))
  const area = marketArea(scenario, prepared.communities[0], prepared.axis)
  const perDay = 86_400 / area.axis.stepSeconds
  const loads = area.homes.map(({ loadMilliWh }) => {
    const load = loadMilliWh.whole()
    const longer = new Int32Array(load.length + SHIFTS * perDay)
    for (let at = 0; at < longer.length; at++) longer[at] = load[at % load.length]
    return longer
  })
  const solars = area.homes.map(({ solarMilliWh }) => StepSeries.of(solarMilliWh.whole()))
  const copy = (at: number): HomeInput => {
    const of = at % area.homes.length
    const number = Math.floor(at / area.homes.length)
    const from = (number % SHIFTS) * perDay
    return {
      ...area.homes[of],
      id: `${area.homes[of].id}-${number}`,
      solarMilliWh: solars[of],
      loadMilliWh: StepSeries.of(loads[of].subarray(from, from + area.axis.count)),
    }
  }
  return { area: { ...area, homes: Array.from({ length: homes }, (_, at) => copy(at)) }, scenario }
}
