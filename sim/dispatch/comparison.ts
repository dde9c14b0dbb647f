import type { DispatchComparison } from '../../data/run-files.ts'
import { newBattery } from '../../models/battery/battery.ts'
import { programPayment } from '../../models/dispatch/demand-response.ts'
import { optimumBattery, perfectForesight } from '../../models/dispatch/optimum.ts'
import { costWithout, runDispatch } from '../../models/dispatch/run.ts'
import { strategy as strategySchema } from '../../scenarios/schema-battery.ts'
import type { Scenario } from '../../scenarios/schema.ts'
import { batteryParameters } from '../agents/battery-agent.ts'
import { isFlexible, type MarketArea } from '../market-area.ts'
import { homeSeries, type SharedColumns } from './home-series.ts'
import { chooseStrategy, type StrategyChoice, type StrategyMeans } from './strategies.ts'

const microUsd = (usd: number): number => Math.round(usd * 1e6)

/**
 * What one home's energy would cost by itself, over the first run through its series, under each strategy
 * that is to be compared: beside the cost without a battery and the perfect-foresight bound. Each strategy
 * meets the battery as it is, new, with its losses; demand response counts its payment.
 */
function compareStrategies(
  area: MarketArea,
  home: number,
  shared: SharedColumns,
  means: StrategyMeans,
): DispatchComparison | null {
  const input = area.homes[home]
  // A load that is steered as it runs is not known before: nothing to compare on.
  if (input.battery === null || input.shared || isFlexible(input.flexible)) return null
  const { battery } = input
  const series = homeSeries(area, home, shared)
  const parameters = batteryParameters(battery, input.solarKw)
  const start = newBattery(parameters, battery.initialSocFraction)
  const names = means.scenario.comparison.strategies.filter((kind) => kind !== battery.strategy.kind)
  const choices: StrategyChoice[] = [battery.strategy, ...names.map((kind) => strategySchema.parse({ kind }))]
  const bound = perfectForesight(series, optimumBattery(parameters, start.energyKwh))
  return {
    homeId: input.id,
    noBatteryMicroUsd: microUsd(costWithout(series)),
    boundMicroUsd: microUsd(bound.usd),
    strategies: choices.map((choice, at) => {
      const { strategy, events } = chooseStrategy(choice, { battery: parameters, series }, means)
      const given = new Float64Array(events === null ? 0 : series.loadKwh.length)
      const run = runDispatch(series, parameters, start, strategy, (step, _, dischargeKwh) => {
        if (events !== null) given[step] = dischargeKwh
      })
      const paid = events === null ? 0 : programPayment(events, series.stepHours, (step) => given[step])
      return {
        strategy: choice.kind,
        chosen: at === 0,
        energyMicroUsd: microUsd(run.usd),
        programMicroUsd: microUsd(-paid),
        efc: parameters.capacityKwh > 0 ? run.state.throughputKwh / parameters.capacityKwh : 0,
        ruledSteps: run.ruledSteps,
      }
    }),
  }
}

/** So many batteries are enough to see what strategies do; each takes a second for a year of short intervals. */
const FEW_BATTERIES = 40

/** The comparison of the first homes with a battery, as many as the scenario says, that have it alone and a load known before. */
export const compareHomes = (
  area: MarketArea,
  { comparison }: Scenario,
  shared: SharedColumns,
  meansOf: (home: number) => StrategyMeans,
): DispatchComparison[] =>
  area.homes
    .flatMap(({ battery }, home) => (battery === null ? [] : [home]))
    .slice(0, comparison.batteries ?? FEW_BATTERIES)
    .flatMap((home) => compareStrategies(area, home, shared, meansOf(home)) ?? [])
