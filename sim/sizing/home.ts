import type { TimeAxis } from '../../data/axis.ts'
import { type LocalClock, localClock } from '../../data/local-clock.ts'
import { type LocalMonths, localMonths } from '../../data/local-time.ts'
import { streamFor } from '../../data/random.ts'
import { callEvents, type DemandResponseEvents } from '../../models/dispatch/demand-response.ts'
import type { DispatchSeries } from '../../models/dispatch/series.ts'
import { strategy as strategySchema } from '../../scenarios/schema-battery.ts'
import { soldAt } from '../dispatch/home-series.ts'
import { buysAll } from '../bills.ts'
import { type TariffPlan, tariffPlan } from '../tariff-plan.ts'
import type { TariffTerms } from '../tariffs.ts'

/** How a battery may be run: those that the tariff or a program give a reason for. */
export const SIZED_STRATEGIES = ['self-consumption', 'time-of-use', 'demand-response'] as const
export type SizedStrategy = (typeof SIZED_STRATEGIES)[number]

/** One home's year with everything that its size does not change. */
export interface SizingHome {
  readonly axis: TimeAxis
  readonly clock: LocalClock
  readonly months: LocalMonths
  /** Use of each interval, and what 1 kW (DC) of panels on this roof gives, kWh. */
  readonly loadKwh: Float64Array
  readonly sunKwhPerKw: Float64Array
  /** Most that 1 kW of panels gives in an interval: the inverter's rating. */
  readonly sunLimitKwhPerKw: number
  readonly dcAcRatio: number
  readonly role: 'household' | 'consumer'
  readonly plan: TariffPlan
  /** Once the rule for exports has ended. */
  readonly after: TariffPlan
  /** A bill depends on the one before: what is left over is carried. */
  readonly carries: boolean
  readonly series: Omit<DispatchSeries, 'loadKwh' | 'solarKwh'>
  readonly strategies: readonly SizedStrategy[]
  readonly events: DemandResponseEvents
}

export interface HomeInput {
  readonly axis: TimeAxis
  readonly zone: string
  readonly loadKwh: Float64Array
  readonly sunKwhPerKw: Float64Array
  readonly dcAcRatio: number
  readonly role: 'household' | 'consumer'
  readonly terms: TariffTerms
  /** Earned by every exported kWh once today's rule has ended, USD. */
  readonly afterUsdPerKwh: number
  /** Is there a program that pays for a battery's power? */
  readonly program: boolean
  readonly seed: number
}

/** Lays a home's year out. */
export function sizingHome(input: HomeInput): SizingHome {
  const { axis, zone, loadKwh, sunKwhPerKw, dcAcRatio, terms, afterUsdPerKwh } = input
  const clock = localClock(axis, zone)
  const plan = tariffPlan(terms, axis, clock)
  const stepHours = axis.stepSeconds / 3600
  const importUsdPerKwh = Float64Array.from(plan.priceMicroUsdPerKwh, (price) => price / 1e6)
  const series = {
    stepHours,
    importUsdPerKwh,
    // Under net metering an export is worth the price of its interval.
    exportUsdPerKwh: plan.exportValue.netting ? importUsdPerKwh : soldAt(plan),
    localHour: clock.hour,
    localMonth: clock.month,
    localDay: clock.day,
    temperatureC: new Float64Array(axis.count).fill(25),
  }
  const whole: DispatchSeries = { ...series, loadKwh, solarKwh: loadKwh }
  const program = strategySchema.parse({ kind: 'demand-response' })
  if (program.kind !== 'demand-response') throw new Error('internal: the strategy is another')
  const kind = plan.rate?.metering.kind
  return {
    axis,
    clock,
    months: localMonths(axis, zone),
    loadKwh,
    sunKwhPerKw,
    sunLimitKwhPerKw: stepHours / dcAcRatio,
    dcAcRatio,
    role: input.role,
    plan,
    after: tariffPlan(
      { ...terms, export: afterRule(buysAll(plan), afterUsdPerKwh), exportUsdPerKwh: null },
      axis,
      clock,
    ),
    carries: kind === 'net-metering-kwh' || kind === 'net-metering-usd' || kind === 'net-billing-carry',
    series,
    strategies: [
      'self-consumption',
      ...(isFlat(importUsdPerKwh) ? [] : (['time-of-use'] as const)),
      ...(input.program ? (['demand-response'] as const) : []),
    ],
    events: callEvents(
      whole,
      program,
      streamFor(input.seed, 'demand-response', 'events'),
      streamFor(input.seed, 'demand-response', 'home'),
    ),
  }
}

/** Two meters stay two: only what the made energy earns changes. */
const afterRule = (twoMeters: boolean, usdPerKwh: number): TariffTerms['export'] =>
  twoMeters ? { kind: 'buy-all-sell-all', sellUsdPerKwh: usdPerKwh } : { kind: 'flat', usdPerKwh }

const isFlat = (values: Float64Array): boolean => values.every((value) => value === values[0])
