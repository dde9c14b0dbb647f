import type { TimeAxis } from '../data/axis.ts'
import {
  type DisaggregationMethod,
  type DisaggregationOptions,
  LOAD_SPREAD,
  SOLAR_SPREAD,
  Splitter,
} from '../data/disaggregate.ts'
import { localClock } from '../data/local-clock.ts'
import { localMonths } from '../data/local-time.ts'
import { madeOnce } from '../data/made-once.ts'
import { streamFor } from '../data/random.ts'
import { VppError } from '../data/errors.ts'
import { preferences } from '../scenarios/schema-flexible.ts'
import { trading } from '../scenarios/schema-market.ts'
import { asHomeBattery } from '../scenarios/schema-home.ts'
import type { Home, Scenario } from '../scenarios/schema.ts'
import { scaleToBill } from './load-source.ts'
import type { HomeInput, MarketArea } from './market-area.ts'
import type { NativeSeries, PreparedCommunity, PreparedHome } from './prepare.ts'
import { StepSeries } from './step-series.ts'
import { type TariffPlan, tariffPlan, timeVaryingPrices } from './tariff-plan.ts'
import { type ReadTariffs, todaysByTheHour } from './tariffs.ts'
import { exportUnder, scaledSeries, tariffsUnder, tradingUnder } from './what-if.ts'

/** Runs of a batch share their axis. */
const monthsOf = madeOnce(localMonths)
const clockOf = madeOnce(localClock)

/** A prepared community on the settlement axis, ready for the engine. */
export function marketArea(scenario: Scenario, prepared: PreparedCommunity, axis: TimeAxis): MarketArea {
  const months = monthsOf(axis, scenario.timeZone)
  const clock = clockOf(axis, scenario.timeZone)
  const tariffs = tariffsUnder(scenario, prepared.tariffs)
  const plan = tariffPlan(tariffs.own, axis, clock)
  const { priceMicroUsdPerKwh } = plan
  const homes = [
    ...prepared.community.homes.map((home, index) => {
      const place = `home ${home.id}`
      const input = homeInput(scenario, prepared.community.id, home, prepared.homes[index], axis)
      if (home.load.bill !== undefined && 'usdPerMonth' in home.load.bill) refuseUnreadableBill(plan, place)
      const fixed = plan.rate?.rate.fixedUsdPerMonth ?? scenario.tariff.fixedUsdPerMonth
      if (home.load.bill === undefined) return input
      const whole = input.loadMilliWh.whole()
      const scaled = scaleToBill(whole, home.load, months, priceMicroUsdPerKwh, fixed, place)
      return { ...input, loadMilliWh: StepSeries.of(scaled) }
    }),
    ...sharedInput(prepared.community, axis),
  ]
  return {
    id: prepared.community.id,
    label: prepared.community.label,
    axis,
    homes,
    environment: prepared.environment,
    ...(prepared.feeder === null ? {} : { feeder: prepared.feeder }),
    priceMicroUsdPerKwh,
    plan,
    baselinePlans: baselinePlans(scenario, tariffs, plan, homes, axis, clock),
    clock,
    months: months.names,
    monthOfStep: months.ofStep,
    coveredOfMonth: months.covered,
  }
}

/** A series of zeros, which all that have nothing share. */
const nothing = madeOnce((axis: TimeAxis) => StepSeries.of(new Int32Array(axis.count)))

/** The community's battery as one more participant, without load or solar. */
function sharedInput({ id, sharedBattery }: PreparedCommunity['community'], axis: TimeAxis): HomeInput[] {
  if (sharedBattery === undefined) return []
  const none = nothing(axis)
  return [
    {
      id: `${id}-battery`,
      label: 'Community battery',
      role: 'household',
      dataStepSeconds: axis.stepSeconds,
      place: null,
      solarKw: 0,
      battery: asHomeBattery(sharedBattery),
      shared: true,
      trading: trading.parse({}),
      flexible: {
        site: 'home',
        devices: undefined,
        preferences: preferences.parse({}),
        participation: undefined,
      },
      loadMilliWh: none,
      solarMilliWh: none,
    },
  ]
}

function homeInput(
  scenario: Scenario,
  communityId: string,
  home: Home,
  series: PreparedHome,
  axis: TimeAxis,
): HomeInput {
  const kw = series.solar?.kw ?? 0
  const { loadFactor, solarFactor } = scenario.whatIf
  const stream = (kind: string) => streamFor(scenario.seed, kind, communityId, home.id)
  return {
    id: home.id,
    label: home.label,
    role: home.role,
    dataStepSeconds: Math.max(series.load.stepSeconds, series.solar?.stepSeconds ?? 0),
    place: series.solar?.place ?? null,
    solarKw: kw,
    battery: home.battery ?? null,
    shared: false,
    trading: tradingUnder(scenario, communityId, home.id, home.trading),
    flexible: {
      site: home.site,
      devices: home.devices,
      preferences: home.preferences,
      participation: home.demandResponse,
    },
    loadMilliWh: onAxis(scaledSeries(series.load, loadFactor), axis, scenario.disaggregation.load, () => ({
      stream: stream('load'),
      spread: LOAD_SPREAD,
    })),
    solarMilliWh:
      series.solar === null
        ? nothing(axis)
        : onAxis(
            scaledSeries(series.solar, solarFactor, kw * 1e6 * (series.solar.stepSeconds / 3600)),
            axis,
            scenario.disaggregation.solar,
            () => ({
              stream: stream('solar'),
              spread: SOLAR_SPREAD,
              capMilliWh: Math.floor((kw * axis.stepSeconds * 1e6) / 3600),
            }),
          ),
  }
}

/** Brings a series to the run's steps: split when it is coarser, summed when it is finer. */
function onAxis(
  { values, scale, stepSeconds, first, count }: NativeSeries,
  axis: TimeAxis,
  method: DisaggregationMethod,
  options: () => DisaggregationOptions,
): StepSeries {
  if (stepSeconds <= axis.stepSeconds)
    return StepSeries.of(summed(values, axis, stepSeconds, first, count, scale))
  const factor = stepSeconds / axis.stepSeconds
  const open = () => new Splitter(values, factor, method, { ...options(), scale })
  return StepSeries.split({ factor, first, count, open })
}

/** A series that is at least as fine as the axis: nothing of it is drawn, so that all scenarios have the same. */
const summed = madeOnce(
  (
    values: NativeSeries['values'],
    axis: TimeAxis,
    stepSeconds: number,
    first: number,
    count: number,
    scale: number,
  ): Int32Array => {
    const factor = axis.stepSeconds / stepSeconds
    const steps = new Int32Array(axis.count)
    for (let at = 0; at < count; at++)
      steps[Math.floor(at / factor)] += Math.round(values[first + at] * scale)
    return steps
  },
)

/** The tariffs that the run is compared with. */
function baselinePlans(
  scenario: Scenario,
  tariffs: ReadTariffs,
  own: TariffPlan,
  homes: readonly HomeInput[],
  axis: TimeAxis,
  clock: MarketArea['clock'],
): MarketArea['baselinePlans'] {
  const { today, wholesale } = tariffs.baselines
  return {
    today: tariffPlan(today, axis, clock),
    wholesale: tariffPlan(wholesale, axis, clock),
    'time-varying': tariffPlan(
      tariffs.timeVarying ?? madeTimeVarying(scenario, tariffs.baselines.today, own, homes, clock),
      axis,
      clock,
    ),
  }
}

/** Prices of the time-varying rate that these loads, whole or to be split, would pay as much under. */
const shapedPrices = (own: Int32Array, clock: MarketArea['clock'], ...loads: (Int32Array | StepSeries)[]) => {
  const load = new Float64Array(own.length)
  for (const series of loads) {
    if (series instanceof Int32Array)
      for (let step = 0; step < load.length; step++) load[step] += series[step]
    // An hour's energy costs the same wherever in the hour it is, if the hour has one price.
    else if (isSteady(own, series.factor)) series.addTo(load)
    else for (const [step, milliWh] of series.whole().entries()) load[step] += milliWh
  }
  return timeVaryingPrices(own, load, clock)
}
const sharedPrices = madeOnce((own: Int32Array, clock: MarketArea['clock'], ...loads: Int32Array[]) =>
  shapedPrices(own, clock, ...loads),
)

const steady = madeOnce((own: Int32Array, factor: number) => ({
  isSteady: own.every((price, step) => price === own[step - (step % factor)]),
}))
const isSteady = (own: Int32Array, factor: number): boolean => steady(own, factor).isSteady

/** A time-varying rate at the level of the scenario's own prices, with net metering by the hour. */
function madeTimeVarying(
  scenario: Scenario,
  today: TariffPlan['terms'],
  own: TariffPlan,
  homes: readonly HomeInput[],
  clock: MarketArea['clock'],
): TariffPlan['terms'] {
  const fixed = own.rate?.rate.fixedUsdPerMonth ?? own.terms.fixedUsdPerMonth
  const { export: given } = scenario.baselines.timeVarying
  return {
    ...today,
    fixedUsdPerMonth: fixed,
    export: given === undefined ? todaysByTheHour(today.export) : exportUnder(scenario, given),
    rate: null,
    priceUsdPerKwh: homes.every(({ loadMilliWh }) => loadMilliWh.isWhole)
      ? sharedPrices(own.priceMicroUsdPerKwh, clock, ...homes.map(({ loadMilliWh }) => loadMilliWh.values))
      : shapedPrices(own.priceMicroUsdPerKwh, clock, ...homes.map(({ loadMilliWh }) => loadMilliWh)),
    exportUsdPerKwh: null,
  }
}

/** A bill in dollars tells the energy where one price holds at a time. */
function refuseUnreadableBill({ rate }: TariffPlan, place: string): void {
  if (rate === null) return
  const { energy, demand, flatDemand } = rate.rate
  if (energy.every((tiers) => tiers.length === 1) && demand === null && flatDemand === null) return
  throw new VppError('invalid', {
    place: `${place}.load.bill.usdPerMonth`,
    problem: 'does not tell the energy under a tariff with tiers or demand charges',
    fix: 'give kwhPerMonth',
  })
}
