import { streamFor } from '../../data/random.ts'
import { newBattery } from '../../models/battery/battery.ts'
import { callEvents, type DemandResponseEvents } from '../../models/dispatch/demand-response.ts'
import { type Forecast, perfectForecast, persistenceForecast } from '../../models/dispatch/forecast.ts'
import type { LinearSolver } from '../../models/dispatch/linear-program.ts'
import { optimumBattery, perfectForesight } from '../../models/dispatch/optimum.ts'
import { stepsOf } from '../../models/dispatch/series.ts'
import { backupReserve } from '../../models/dispatch/strategies/backup-reserve.ts'
import { demandResponse } from '../../models/dispatch/strategies/demand-response.ts'
import { marketAware, wearUsdPerKwh } from '../../models/dispatch/strategies/market-aware.ts'
import { modelPredictive } from '../../models/dispatch/strategies/model-predictive.ts'
import { peakShaving } from '../../models/dispatch/strategies/peak-shaving.ts'
import { selfConsumption } from '../../models/dispatch/strategies/self-consumption.ts'
import { timeOfUse } from '../../models/dispatch/strategies/time-of-use.ts'
import type { Strategy, StrategyContext } from '../../models/dispatch/strategy.ts'
import { believedForecast } from '../../models/forecast/believed.ts'
import type { Battery, Scenario } from '../../scenarios/schema.ts'
import type { HomeForecasts, PlannerForecast } from '../forecast/community.ts'

export type StrategyChoice = Battery['strategy']

/** What a choice needs beside the battery and its series. */
export interface StrategyMeans {
  readonly scenario: Scenario
  readonly communityId: string
  readonly homeId: string
  readonly initialSocFraction: number
  /** Null: none was loaded; a strategy that plans then goes by its rule, and says so. */
  readonly solver: LinearSolver | null
  /** Of the home, where its strategy goes by forecasts that learn; null: none were made. */
  readonly forecasts: HomeForecasts | null
}

/** A strategy, and the events of the program that it takes part in. */
export interface ChosenStrategy {
  readonly strategy: Strategy
  readonly events: DemandResponseEvents | null
}

type Maker<Kind extends StrategyChoice['kind']> = (
  choice: Extract<StrategyChoice, { kind: Kind }>,
  context: StrategyContext,
  means: StrategyMeans,
) => ChosenStrategy

const only = (strategy: Strategy): ChosenStrategy => ({ strategy, events: null })

/** One line a strategy; the compiler holds it against the schema. */
const MAKERS: { [Kind in StrategyChoice['kind']]: Maker<Kind> } = {
  'self-consumption': (_, context) => only(selfConsumption(context)),
  'time-of-use': (choice, context) => only(timeOfUse(context, choice)),
  'peak-shaving': (choice, context) => only(peakShaving(context, choice)),
  'backup-reserve': (choice, context) => only(backupReserve(context, choice, selfConsumption(context))),
  'demand-response': (choice, context, { scenario, homeId }) => {
    const events = callEvents(
      context.series,
      choice,
      // The utility calls its events for all.
      streamFor(scenario.seed, 'demand-response', 'events'),
      streamFor(scenario.seed, 'demand-response', homeId),
    )
    return { strategy: demandResponse(context, events, selfConsumption(context)), events }
  },
  'market-aware': (choice, context, { scenario }) => {
    const { minSocFraction, maxSocFraction } = context.battery
    const wear = wearUsdPerKwh(
      scenario.economics.batteryUsdPerKwh,
      choice.lifeEfc,
      maxSocFraction - minSocFraction,
    )
    return only(marketAware(context, { wearUsdPerKwh: wear, midPoint: choice.midPoint }))
  },
  'model-predictive': (choice, context, { solver, forecasts }) => {
    const { series } = context
    const forecast = plannerForecast(choice.forecast, series, forecasts)
    const none: LinearSolver = () => {
      throw new Error('no solver was loaded')
    }
    return only(modelPredictive(context, choice, forecast, solver ?? none, selfConsumption(context)))
  },
  optimum: (_, context, { initialSocFraction }) => {
    const { battery, series } = context
    const start = newBattery(battery, initialSocFraction).energyKwh
    const { energyKwh } = perfectForesight(series, optimumBattery(battery, start), { schedule: true })
    return only({
      powerKw({ step, state }) {
        const change = energyKwh[step % stepsOf(series)] - state.energyKwh
        const stored = change > 0 ? change / battery.chargeEfficiency : change * battery.dischargeEfficiency
        return -stored / series.stepHours
      },
    })
  },
}

/** What a planner believes, by the scenario's choice. */
function plannerForecast(
  choice: PlannerForecast,
  series: StrategyContext['series'],
  forecasts: HomeForecasts | null,
): Forecast {
  if (choice === 'perfect') return perfectForecast(series)
  if (choice === 'persistence') return persistenceForecast(series)
  if (forecasts === null) throw new Error(`internal: no ${choice} forecasts were made`)
  return believedForecast(series, forecasts.load, forecasts.solar)
}

/** Makes the strategy that a scenario chose for a battery. */
export function chooseStrategy(
  choice: StrategyChoice,
  context: StrategyContext,
  means: StrategyMeans,
): ChosenStrategy {
  const make = MAKERS[choice.kind] as Maker<StrategyChoice['kind']>
  return make(choice, context, means)
}

/** Does any battery of the scenario plan by linear program? */
export const needsSolver = (scenario: Scenario): boolean =>
  scenario.comparison.strategies.includes('model-predictive') ||
  scenario.communities.some(({ homes }) =>
    homes.some(({ battery }) => battery?.strategy.kind === 'model-predictive'),
  )
