import { localClock } from '../data/local-clock.ts'
import type { RandomStream } from '../data/random.ts'
import { MECHANISM_NAMES } from '../models/market/registry.ts'
import { preferences } from '../scenarios/schema-flexible.ts'
import { trading } from '../scenarios/schema-market.ts'
import { type Scenario, scenarioSchema } from '../scenarios/schema.ts'
import type { HomeInput, MarketArea } from './market-area.ts'
import { StepSeries } from './step-series.ts'
import { tariffPlan } from './tariff-plan.ts'
import { readTariffs } from './tariffs.ts'

const BASE = scenarioSchema.parse({
  schema: 1,
  name: 'random',
  title: 'A random community',
  period: { start: '2016-08-01', days: 1 },
  timeZone: 'UTC',
  settlementMinutes: 60,
  comparison: { strategies: [] },
  tariff: {
    label: 'random',
    source: 'drawn',
    year: 2016,
    import: { kind: 'flat', usdPerKwh: 0.3 },
    export: { kind: 'flat', usdPerKwh: 0.05 },
  },
  communities: [{ id: 'here', homes: [{ id: 'home', load: { profile: 'fontana-2016/1' } }] }],
})
const TRADING = trading.parse({})
const PREFERENCES = preferences.parse({})
const HOURS = 4
const AXIS = { startSeconds: 1_470_009_600, stepSeconds: 3600, count: HOURS }
const CLOCK = localClock(AXIS, 'UTC')

/** Every rule for exports that needs no file. */
function anyExport(
  cents: (most: number) => number,
  upTo: (most: number) => number,
): Scenario['tariff']['export'] {
  const rules = [
    { kind: 'flat', usdPerKwh: cents(20) },
    { kind: 'net-metering', excessUsdPerKwh: cents(30) },
    { kind: 'net-metering-kwh', yearEndUsdPerKwh: cents(10), trueUpMonth: 9 },
    { kind: 'net-metering-credit', creditUsdPerKwh: cents(30) },
    { kind: 'net-billing', sellUsdPerKwh: cents(20) },
    { kind: 'net-billing-carry', sellUsdPerKwh: cents(20), expires: false, sameMonth: true },
    { kind: 'buy-all-sell-all', sellUsdPerKwh: cents(30) },
  ] as const
  return rules[upTo(rules.length - 1)]
}

/** A small community with any tariff, any preferences and the mechanism whose turn it is; two hours of each of two months. */
export function randomCommunity(
  stream: RandomStream,
  number: number,
): { area: MarketArea; scenario: Scenario } {
  const upTo = (most: number) => Math.floor(stream.uniform() * (most + 1))
  const chance = (part: number) => stream.uniform() < part
  const cents = (most: number) => upTo(most * 100) / 10_000
  const price = cents(60)
  const scenario: Scenario = {
    ...BASE,
    tariff: {
      ...BASE.tariff,
      import: { kind: 'flat', usdPerKwh: price },
      export: anyExport(cents, upTo),
      fixedUsdPerMonth: upTo(30),
      lowIncomeDiscountFraction: upTo(71) / 100,
      peerDeliveryUsdPerKwh: chance(0.5) ? 0 : cents(10),
    },
    market: {
      ...BASE.market,
      mechanism: MECHANISM_NAMES[number % MECHANISM_NAMES.length],
      platformFeeUsdPerKwh: chance(0.3) ? 0 : cents(3),
      agreedUsdPerKwh: chance(0.2) ? cents(40) : undefined,
      creditAllocation: { priceFraction: chance(0.5) ? 1 : upTo(100) / 100, hostWorthFraction: upTo(1) },
      compareMechanisms: true,
    },
  }
  const homes = 2 + upTo(6)
  const column = (most: number) =>
    Int32Array.from({ length: HOURS }, () => (chance(0.1) ? upTo(5) : upTo(most)))
  const plan = tariffPlan(readTariffs(scenario, '.', AXIS, new Map()).own, AXIS, CLOCK)
  const area: MarketArea = {
    id: 'here',
    label: 'here',
    axis: AXIS,
    plan,
    baselinePlans: { today: plan, wholesale: plan, 'time-varying': plan },
    clock: CLOCK,
    homes: Array.from({ length: homes }, (_, at): HomeInput => {
      const consumer = chance(0.3)
      const solar = !consumer && chance(0.6)
      return {
        id: `home-${at}`,
        label: `home ${at}`,
        role: consumer ? 'consumer' : 'household',
        dataStepSeconds: AXIS.stepSeconds,
        place: null,
        solarKw: solar ? 5 : 0,
        battery: null,
        shared: false,
        trading: {
          ...TRADING,
          maxBuyUsdPerKwh: chance(0.2) ? cents(40) : undefined,
          minSellUsdPerKwh: chance(0.2) ? cents(30) : 0,
          greenPremiumUsdPerKwh: chance(0.2) ? cents(5) : 0,
          localPremiumUsdPerKwh: chance(0.2) ? cents(5) : 0,
          shareLowIncomeFirst: chance(0.3),
          partners: chance(0.3) ? [`home-${(at + 1) % homes}`] : [],
          allocationKey: upTo(3),
          contribution: upTo(3),
        },
        flexible: { site: 'home', devices: undefined, preferences: PREFERENCES, participation: undefined },
        solarMilliWh: StepSeries.of(solar ? column(5_000_000) : new Int32Array(HOURS)),
        loadMilliWh: StepSeries.of(column(3_000_000)),
      }
    }),
    environment: { temperatureC: null, carbonKgPerKwh: null },
    priceMicroUsdPerKwh: plan.priceMicroUsdPerKwh,
    months: ['2016-08', '2016-09'],
    monthOfStep: Uint16Array.of(0, 0, 1, 1),
    coveredOfMonth: [2 / 744, 2 / 720],
  }
  return { area, scenario }
}
