import type { TimeAxis } from '../data/axis.ts'
import { disaggregate, LOAD_SPREAD, SOLAR_SPREAD } from '../data/disaggregate.ts'
import { localMonths } from '../data/local-time.ts'
import { streamFor } from '../data/random.ts'
import { microUsdFromUsd } from '../data/units.ts'
import { preferences } from '../scenarios/schema-flexible.ts'
import { asHomeBattery } from '../scenarios/schema-home.ts'
import type { Home, Scenario } from '../scenarios/schema.ts'
import { scaleToBill } from './load-source.ts'
import type { HomeInput, MarketArea } from './market-area.ts'
import type { NativeSeries, PreparedCommunity, PreparedHome } from './prepare.ts'

/** A prepared community on the settlement axis, ready for the engine. */
export function marketArea(
  scenario: Scenario,
  prepared: PreparedCommunity,
  price: NativeSeries | null,
  axis: TimeAxis,
): MarketArea {
  const months = localMonths(axis, scenario.timeZone)
  const priceMicroUsdPerKwh = prices(scenario, price, axis)
  return {
    id: prepared.community.id,
    label: prepared.community.label,
    axis,
    homes: [
      ...prepared.community.homes.map((home, index) => {
        const input = homeInput(scenario, prepared.community.id, home, prepared.homes[index], axis)
        const scaled = scaleToBill(
          input.loadMilliWh,
          home.load,
          months,
          priceMicroUsdPerKwh,
          scenario.tariff,
          `home ${home.id}`,
        )
        return { ...input, loadMilliWh: scaled }
      }),
      ...sharedInput(prepared.community, axis),
    ],
    environment: prepared.environment,
    ...(prepared.feeder === null ? {} : { feeder: prepared.feeder }),
    priceMicroUsdPerKwh,
    months: months.names,
    monthOfStep: months.ofStep,
    coveredOfMonth: months.covered,
  }
}

/** The community's battery as one more participant, without load or solar. */
function sharedInput({ id, sharedBattery }: PreparedCommunity['community'], axis: TimeAxis): HomeInput[] {
  if (sharedBattery === undefined) return []
  const none = new Int32Array(axis.count)
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
    flexible: {
      site: home.site,
      devices: home.devices,
      preferences: home.preferences,
      participation: home.demandResponse,
    },
    loadMilliWh: onAxis(series.load, axis, (values, factor) =>
      disaggregate(values, factor, scenario.disaggregation.load, {
        stream: stream('load'),
        spread: LOAD_SPREAD,
      }),
    ),
    solarMilliWh:
      series.solar === null
        ? new Int32Array(axis.count)
        : onAxis(series.solar, axis, (values, factor) =>
            disaggregate(values, factor, scenario.disaggregation.solar, {
              stream: stream('solar'),
              spread: SOLAR_SPREAD,
              capMilliWh: Math.floor((kw * axis.stepSeconds * 1e6) / 3600),
            }),
          ),
  }
}

/** Brings a series to the run's steps: split when it is coarser, summed when it is finer. */
function onAxis(
  series: NativeSeries,
  axis: TimeAxis,
  split: (values: Float64Array, factor: number) => Int32Array,
): Int32Array {
  if (series.stepSeconds >= axis.stepSeconds) {
    const factor = series.stepSeconds / axis.stepSeconds
    return split(series.values, factor).slice(series.first * factor, (series.first + series.count) * factor)
  }
  const factor = axis.stepSeconds / series.stepSeconds
  const steps = new Int32Array(axis.count)
  for (let at = 0; at < series.count; at++) steps[Math.floor(at / factor)] += series.values[series.first + at]
  return steps
}

/** Retail price of every interval, µ$ per kWh; a price by the hour holds for the hour's steps. */
function prices(scenario: Scenario, price: NativeSeries | null, axis: TimeAxis): Int32Array {
  if (scenario.tariff.import.kind === 'flat') {
    return new Int32Array(axis.count).fill(microUsdFromUsd(scenario.tariff.import.usdPerKwh))
  }
  if (price === null) throw new Error('internal: a price series was not read')
  const steps = new Int32Array(axis.count)
  const ratio = axis.stepSeconds / price.stepSeconds
  for (let step = 0; step < axis.count; step++) {
    steps[step] = microUsdFromUsd(price.values[price.first + Math.floor(step * ratio)])
  }
  return steps
}
