/**
 * TEST ONLY. An invented run with the identities of a real one (energy, bills, tokens, money), made in
 * memory from sines: no result in it means anything. Tests of the report vary its options.
 */
import { VIABILITY_FACTS } from '../../data/viability-facts.ts'
import type {
  BillCase,
  CommunityResult,
  HomeEnergy,
  HomeResult,
  Manifest,
  MonthResult,
  RunResults,
  TokenAccount,
} from '../../data/run-files.ts'
import type { DemandResponseResult, DeviceName, DeviceResult } from '../../data/run-flexible.ts'
import { BILL_CASES, RULE_BASELINES } from '../../data/run-files.ts'
import { localAxis, localMonths } from '../../data/local-time.ts'
import { clearMidMarket } from '../../models/market/mid-market.ts'
import { clearInterval } from '../../models/market/clear.ts'
import { newBook, newClearing, plainMembers } from '../../models/market/mechanism.ts'
import {
  type BillRules,
  meterInterval,
  monthBill,
  monthMeter,
  utilityPart,
} from '../../models/tariff/bill.ts'
import { jointSurplus, whyNoPrice } from '../../models/tariff/joint-surplus.ts'
import { pilot as pilotSchema } from '../../scenarios/schema-pilot.ts'
import { computeKpis } from '../kpi/compute.ts'
import type { ReportInput, SeriesWindow, WindowColumn } from '../report-input.ts'
import { WINDOW_COLUMNS } from '../report-input.ts'
import { priceRange } from '../read-run.ts'
import { type HomeView, type ScenarioView, solarKw } from '../scenario-view.ts'
import { windowPlaces } from '../windows.ts'
import { sampleFeeder } from './sample-feeder.ts'

export interface SampleOptions {
  readonly homes?: number
  readonly communities?: number
  readonly days?: number
  /** `peer`: cheap exports, trading pays; `net-metering`: no price exists. */
  readonly tariff?: 'peer' | 'net-metering'
  readonly mechanism?: 'mid-market' | 'none'
  readonly batteries?: boolean
  readonly consumers?: number
  readonly complete?: boolean
  readonly label?: (index: number) => string
  readonly question?: string
  readonly exportUsdPerKwh?: number
}

const ZONE = 'America/Los_Angeles'
const FACTOR = 0.9

const SAMPLE_VIABILITY: ScenarioView['viability'] = {
  uncertain: VIABILITY_FACTS,
  years: 25,
  installedOn: '2027-01-01',
  incentives: ['federal-25d'],
  priceEscalationFraction: 0.0166,
  upkeepEscalationFraction: 0.025,
  solarUpkeepUsdPerKwYear: 32,
  batteryUpkeepFraction: 0.025,
  solarDcAcRatio: 1.2,
  averageCarbonKgPerKwh: 0.2464,
  saidiMinutesPerYear: 259.4,
  saifiPerYear: 1.057,
  criticalFraction: 0.3,
  reliableFraction: 0.98,
  outageHours: 168,
}

export function sampleScenario(options: SampleOptions = {}): ScenarioView {
  const { homes = 12, communities = 1, days = 365, tariff = 'peer', mechanism = 'mid-market' } = options
  const { batteries = true, consumers = homes > 4 ? 2 : 0, label = (index) => `Home ${index + 1}` } = options
  const homeAt = (community: number, index: number): HomeView => {
    const consumer = index >= homes - consumers
    return {
      id: `home-${community * homes + index + 1}`,
      label: label(index),
      role: consumer ? 'consumer' : 'household',
      load: { profile: `sample/${index + 1}` },
      ...(consumer ? {} : { solar: { profile: `sample/${index + 1}`, kw: 4 + (index % 2) } }),
      ...(consumer || !batteries || index % 2 === 1 ? {} : { battery: sampleBattery(5 + index) }),
    }
  }
  return {
    name: 'sample',
    title: 'An invented neighborhood (test data)',
    question: options.question ?? `Does peer-to-peer trading pay for ${homes * communities} invented homes?`,
    description: 'Test data: invented homes.',
    seed: 7,
    period: { start: '2016-08-01', days, years: 1 },
    timeZone: ZONE,
    settlementMinutes: 60,
    disaggregation: { solar: 'smooth', load: 'stochastic' },
    tariff: {
      label: tariff === 'peer' ? 'Time of use (test)' : 'Net metering (test)',
      source: 'invented',
      year: 2016,
      import:
        tariff === 'peer' ? { kind: 'series', column: 'sample/price' } : { kind: 'flat', usdPerKwh: 0.3283 },
      export:
        tariff === 'peer'
          ? { kind: 'flat', usdPerKwh: options.exportUsdPerKwh ?? 0.05 }
          : { kind: 'net-metering', excessUsdPerKwh: 0.2727 },
      fixedUsdPerMonth: tariff === 'peer' ? 0 : 10,
      lowIncomeDiscountFraction: tariff === 'peer' ? 0 : 0.32,
      lowIncomeCreditUsdPerMonth: 0,
      solarChargeUsdPerKwMonth: 0,
      peerDeliveryUsdPerKwh: tariff === 'peer' ? 0 : 0.1816,
    },
    baselines: { today: {}, wholesale: {}, timeVarying: { label: 'by the hour (test)' } },
    market: { mechanism, platformFeeUsdPerKwh: 0.01 },
    ledger: { openingBalanceUsd: 5000, creditLimitUsd: 0, tokens: true },
    burn: {
      missRate: 0.05,
      hysteresisKwh: 0.3,
      setAside: true,
      factorStart: 0.9,
      refitDays: 7,
      gateKwh: 0.6,
    },
    telemetry: { meterClassPercent: 1 },
    economics: {
      avoidedSupplyUsdPerKwh: 0.05,
      batteryUsdPerKwh: 1100,
      batteryLifeYears: 12,
      programUsdPerMonth: 0,
      avoidedCapacityUsdPerKwYear: 0,
      taxCreditFraction: 0,
      discountFraction: 0.06,
      socialDiscountFraction: 0.03,
      carbonUsdPerTonne: 51,
      marginalCarbonKgPerKwh: 0.48,
    },
    viability: SAMPLE_VIABILITY,
    whatIf: { loadFactor: 1, solarFactor: 1, retailFactor: 1, exportFactor: 1, tradingFraction: 1 },
    pilot: pilotSchema.parse({}),
    communities: Array.from({ length: communities }, (_, community) => ({
      id: `block-${community + 1}`,
      label: `Block ${community + 1}`,
      homes: Array.from({ length: homes }, (_home, index) => homeAt(community, index)),
    })),
  }
}

/** The sample has two rules for exports. */
function sampleExport({ export: paid }: ScenarioView['tariff']): readonly ['flat' | 'net-metering', number] {
  if (paid.kind === 'flat') return ['flat', paid.usdPerKwh]
  if (paid.kind === 'net-metering') return ['net-metering', paid.excessUsdPerKwh]
  throw new Error(`the sample has no ${paid.kind}`)
}

const sampleBattery = (capacityKwh: number) => ({
  capacityKwh,
  powerKw: 5,
  chargeEfficiency: 0.95,
  dischargeEfficiency: 0.95,
  standbyW: 10,
  selfDischargePercentPerMonth: 1,
  minSocFraction: 0,
  maxSocFraction: 1,
  initialSocFraction: 0,
  calendarFadePercentPerYear: 1.5,
  cycleFadePercentPerThousandEfc: 5,
  coupling: 'ac' as const,
  ageing: 'linear',
  strategy: { kind: 'self-consumption' },
})

/** An invented run as a report reads it. */
export function sampleRun(options: SampleOptions = {}): ReportInput {
  const scenario = sampleScenario(options)
  const axis = localAxis(scenario.period.start, scenario.period.days, ZONE, 3600)
  const made = scenario.communities.map((_community, index) => sampleCommunity(scenario, index, axis))
  const complete = options.complete ?? true
  const results: RunResults = {
    format: 1,
    runId: 'sample-0123456789ab',
    version: '0.1.0',
    complete,
    simulatedDays: scenario.period.days,
    startSeconds: axis.startSeconds,
    stepSeconds: axis.stepSeconds,
    count: axis.count,
    years: 1,
    timeZone: ZONE,
    communities: made.map(({ result }) => result),
    audit: [
      {
        homeId: 'home-1',
        check: 'solar-dead',
        severity: 'warning',
        finding: 'Solar is zero on 237 of 365 days (test).',
        action: 'Left as it is: the home is billed as one whose plant is broken.',
      },
    ],
  }
  const windows: SeriesWindow[] = windowPlaces(results).map(({ id, first, count }) => ({
    id,
    startSeconds: axis.startSeconds + first * axis.stepSeconds,
    stepSeconds: axis.stepSeconds,
    columns: Object.fromEntries(
      WINDOW_COLUMNS.map((name) => [name, made[0].series[name].slice(first, first + count)]),
    ) as SeriesWindow['columns'],
  }))
  return {
    results,
    manifest: sampleManifest(results, scenario),
    scenario,
    kpis: computeKpis(results, scenario),
    windows,
    retail: priceRange(made[0].series.priceUsdPerKwh),
  }
}

function sampleManifest(results: RunResults, scenario: ScenarioView): Manifest {
  return {
    format: 1,
    runId: results.runId,
    version: results.version,
    complete: results.complete,
    command: 'vpp run sample',
    createdAt: '2026-11-24T03:00:00.000Z',
    durationSeconds: 6.2,
    node: 'v26.10.0',
    machine: { platform: 'linux-x64', cores: 2, memoryGiB: 4 },
    seed: scenario.seed,
    workers: 2,
    inputs: [{ name: 'sample/1', sha256: 'ab'.repeat(32), source: 'invented', licence: 'none' }],
    files: { 'kpi.json': 'cd'.repeat(32), 'results.json': 'ef'.repeat(32) },
  }
}

const noEnergy = (): HomeEnergy => ({
  solarMilliWh: 0,
  loadMilliWh: 0,
  chargeMilliWh: 0,
  dischargeMilliWh: 0,
  standbyMilliWh: 0,
  importMilliWh: 0,
  exportMilliWh: 0,
  peerBoughtMilliWh: 0,
  peerSoldMilliWh: 0,
})

/** Whole milliwatt-hours of one hour: sun by season and hour, load by evening. */
function flows(
  view: HomeView,
  salt: number,
  localHour: number,
  dayOfYear: number,
  step: number,
): [number, number] {
  const season = Math.cos(((dayOfYear - 172) / 365) * 2 * Math.PI)
  const daylight = 6 + 1.5 * season
  const sun = Math.max(0, Math.cos(((localHour - 12.5) / daylight) * (Math.PI / 2)))
  const cloud = 0.75 + 0.25 * Math.sin(Math.floor(step / 24) * 1.7)
  const solar =
    view.solar === undefined
      ? 0
      : (solarKw(view.solar) ?? 0) * 0.8 * (Math.abs(localHour - 12.5) < daylight ? sun : 0) * cloud
  const evening = Math.exp(-(((localHour - 19) / 3) ** 2)) + 0.4 * Math.exp(-(((localHour - 8) / 2) ** 2))
  const load =
    0.35 + 1.6 * evening * (1 + 0.3 * Math.sin(salt * 3.1 + step * 0.7)) + 0.5 * Math.max(0, season) * sun
  return [Math.round(solar * 1e6), Math.round(load * 1e6)]
}

function sampleCommunity(scenario: ScenarioView, index: number, axis: ReturnType<typeof localAxis>) {
  const { homes, id, label } = scenario.communities[index]
  const { tariff, market } = scenario
  const months = localMonths(axis, ZONE)
  const [exportKind, forgone] = sampleExport(tariff)
  const rules = homes.map(({ role }): BillRules => ({
    exportKind,
    exportMicroUsdPerKwh: Math.round(forgone * 1e6),
    peerDeliveryMicroUsdPerKwh: Math.round(tariff.peerDeliveryUsdPerKwh * 1e6),
    fixedMicroUsdPerMonth: tariff.fixedUsdPerMonth * 1e6,
    discountFraction: role === 'consumer' ? tariff.lowIncomeDiscountFraction : 0,
  }))
  const series = Object.fromEntries(
    WINDOW_COLUMNS.map((name) => [name, new Float64Array(axis.count)]),
  ) as Record<WindowColumn, Float64Array>
  const state = homes.map(() => ({
    stored: 0,
    minted: 0,
    energy: noEnergy(),
    total: noEnergy(),
    months: [] as MonthResult[],
  }))
  const newMeters = () =>
    Object.fromEntries(BILL_CASES.map((name) => [name, monthMeter()])) as Record<
      BillCase,
      ReturnType<typeof monthMeter>
    >
  let meters = homes.map(newMeters)
  const clearing = newClearing(homes.length)
  const book = newBook(homes.length)
  const members = plainMembers(homes.length)
  const surplus = new Int32Array(homes.length)
  const deficit = new Int32Array(homes.length)
  const peakImport = { 'no-solar': 0, 'solar-only': 0, 'own-battery': 0, plant: 0 }
  const peakExport = { ...peakImport }
  let traded = 0
  let paid = 0
  let operator = 0
  let both = 0
  let withPrice = 0
  const surplusRange = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const start = Temporal.Instant.fromEpochMilliseconds(axis.startSeconds * 1000).toZonedDateTimeISO(ZONE)
  const closeMonth = (month: number) => {
    state.forEach((home, at) => {
      const bills = Object.fromEntries(
        BILL_CASES.map((name) => [name, monthBill(meters[at][name], rules[at], months.covered[month])]),
      ) as MonthResult['bills']
      const baseline = (more: Partial<BillRules>) =>
        monthBill(meters[at]['own-battery'], { ...rules[at], ...more }, months.covered[month])
      const netted = { exportKind: 'net-metering', exportMicroUsdPerKwh: 50_000 } as const
      const baselines = {
        today: baseline(netted),
        wholesale: baseline({ exportKind: 'flat', exportMicroUsdPerKwh: 50_000 }),
        'time-varying': baseline({ ...netted, exportMicroUsdPerKwh: 40_000 }),
      }
      home.months.push({ month: months.names[month], energy: home.energy, bills, baselines })
      for (const key of Object.keys(home.total) as (keyof HomeEnergy)[]) home.total[key] += home.energy[key]
      home.energy = noEnergy()
    })
    meters = homes.map(newMeters)
  }
  for (let step = 0; step < axis.count; step++) {
    if (step > 0 && months.ofStep[step] !== months.ofStep[step - 1]) closeMonth(months.ofStep[step - 1])
    const hours = start.hour + step
    const hour = hours % 24
    const day = (start.dayOfYear + Math.floor(hours / 24)) % 365
    const price =
      tariff.import.kind === 'flat'
        ? Math.round(tariff.import.usdPerKwh * 1e6)
        : hour >= 16 && hour < 21
          ? 540_000
          : 220_000
    const net = { 'no-solar': 0, 'solar-only': 0, plant: 0 }
    homes.forEach((view, at) => {
      const home = state[at]
      const [solar, load] = flows(view, at + index * 17, hour, day, step)
      const room = (view.battery?.capacityKwh ?? 0) * 1e6 - home.stored
      const charge = Math.min(
        Math.max(0, solar - load),
        Math.max(0, Math.floor(room / FACTOR)),
        (view.battery?.powerKw ?? 0) * 1e6,
      )
      const discharge = Math.min(Math.max(0, load - solar), home.stored, (view.battery?.powerKw ?? 0) * 1e6)
      const kept = Math.floor(charge * FACTOR)
      home.stored += kept - discharge
      const idle = view.battery === undefined ? 0 : 10_000
      const standby = home.stored < idle ? idle - home.stored : 0
      home.stored -= idle - standby
      home.minted += kept
      const balance = load + charge + standby - solar - discharge
      deficit[at] = Math.max(0, balance)
      surplus[at] = Math.max(0, -balance)
      const energy = home.energy
      energy.solarMilliWh += solar
      energy.loadMilliWh += load
      energy.chargeMilliWh += charge
      energy.dischargeMilliWh += discharge
      energy.standbyMilliWh += standby
      energy.importMilliWh += deficit[at]
      energy.exportMilliWh += surplus[at]
      const meter = meters[at]
      meterInterval(meter['no-solar'], load, 0, price)
      meterInterval(meter['solar-only'], Math.max(0, load - solar), Math.max(0, solar - load), price)
      meterInterval(meter['own-battery'], deficit[at], surplus[at], price)
      net['no-solar'] += load
      net['solar-only'] += load - solar
      net.plant += balance
      series.solarKwh[step] += solar / 1e6
      series.loadKwh[step] += load / 1e6
      series.chargeKwh[step] += charge / 1e6
      series.dischargeKwh[step] += discharge / 1e6
      series.deliverableKwh[step] += home.stored / 1e6
      series.activeKwh[step] += (home.stored * 0.97) / 1e6
      series.setAsideKwh[step] += (home.stored * 0.08) / 1e6
    })
    const worth = {
      avoidedMicroUsdPerKwh: Math.floor(price * (1 - tariff.lowIncomeDiscountFraction)),
      chargesMicroUsdPerKwh:
        rules[0].peerDeliveryMicroUsdPerKwh + Math.round(market.platformFeeUsdPerKwh * 1e6),
      forgoneMicroUsdPerKwh: tariff.export.kind === 'flat' ? rules[0].exportMicroUsdPerKwh : price,
    }
    const joint = jointSurplus(
      worth.avoidedMicroUsdPerKwh,
      worth.chargesMicroUsdPerKwh,
      worth.forgoneMicroUsdPerKwh,
    )
    surplusRange[0] = Math.min(surplusRange[0], joint)
    surplusRange[1] = Math.max(surplusRange[1], joint)
    if (surplus.some(Boolean) && deficit.some(Boolean)) both++
    book.surplus.set(surplus)
    book.deficit.set(deficit)
    book.bid.fill(worth.avoidedMicroUsdPerKwh - worth.chargesMicroUsdPerKwh)
    book.ask.fill(worth.forgoneMicroUsdPerKwh)
    if (market.mechanism === 'mid-market') clearInterval(clearMidMarket, book, members, 0, clearing)
    const rate = clearing.pairs.rateMicroUsdPerKwh[0]
    if (clearing.tradedMilliWh > 0) withPrice++
    let received = 0
    let given = 0
    homes.forEach((_, at) => {
      const [bought, sold] = [clearing.bought[at], clearing.sold[at]]
      state[at].energy.peerBoughtMilliWh += bought
      state[at].energy.peerSoldMilliWh += sold
      const meter = meters[at].plant
      meterInterval(meter, deficit[at] - bought, surplus[at] - sold, price)
      meter.peerBoughtMilliWh += bought
      const cost = Math.ceil((bought * rate) / 1e6)
      const fee = Math.ceil((bought * market.platformFeeUsdPerKwh * 1e6) / 1e6)
      meter.peerPaidMicroUsd += cost
      meter.platformFeeMicroUsd += fee
      given += cost
      operator += fee
      const earned = Math.floor((sold * rate) / 1e6)
      meter.peerReceivedMicroUsd += earned
      received += earned
    })
    const best = clearing.sold.findIndex((sold) => sold > 0)
    if (best >= 0) meters[best].plant.peerReceivedMicroUsd += given - received
    traded += clearing.tradedMilliWh
    paid += given
    const cases = { ...net, 'own-battery': net.plant }
    for (const name of BILL_CASES) {
      peakImport[name] = Math.max(peakImport[name], Math.round(cases[name] / 1000))
      peakExport[name] = Math.max(peakExport[name], Math.round(-cases[name] / 1000))
    }
    series.importKwh[step] = Math.max(0, net.plant) / 1e6
    series.exportKwh[step] = Math.max(0, -net.plant) / 1e6
    series.tradedKwh[step] = clearing.tradedMilliWh / 1e6
    series.priceUsdPerKwh[step] = price / 1e6
    series.peerPriceUsdPerKwh[step] = clearing.tradedMilliWh > 0 ? rate / 1e6 : Number.NaN
  }
  closeMonth(months.ofStep[axis.count - 1])
  const sum = (value: (home: (typeof state)[number]) => number) =>
    state.reduce((all, home) => all + value(home), 0)
  const homeResults = homes.map((view, at): HomeResult => ({
    id: view.id,
    label: view.label,
    role: view.role,
    solarKw: view.solar === undefined ? 0 : (solarKw(view.solar) ?? 0),
    batteryKwh: view.battery?.capacityKwh ?? 0,
    batteryKw: view.battery?.powerKw ?? 0,
    batterySoh: view.battery === undefined ? 1 : 0.97,
    batteryEfc: view.battery === undefined ? 0 : 210,
    batterySohByYear: [],
    ageingOutsideDays: 0,
    strategy: '',
    ruledSteps: 0,
    batteryStartMilliWh: 0,
    batteryEndMilliWh: state[at].stored,
    months: state[at].months,
    total: state[at].total,
  }))
  const batteries = sampleTokens(
    homeResults,
    state.map(({ minted }) => minted),
  )
  const total = (key: keyof HomeEnergy) => sum((home) => home.total[key])
  const mintedStorage = batteries.reduce((all, battery) => all + battery.mintedMilliWh, 0)
  const charge = total('chargeMilliWh')
  const exported = total('exportMilliWh') - total('peerSoldMilliWh')
  const solar = total('solarMilliWh')
  const supply = (name: BillCase) =>
    name === 'no-solar'
      ? total('loadMilliWh')
      : name === 'solar-only'
        ? total('loadMilliWh') - solar
        : total('importMilliWh') - total('exportMilliWh')
  const byCase = (value: (name: BillCase) => number) =>
    Object.fromEntries(BILL_CASES.map((name) => [name, value(name)])) as Record<BillCase, number>
  const sampleMechanism = (mechanism: string, name: BillCase) => ({
    mechanism,
    tradedMilliWh: name === 'plant' ? traded : 0,
    intervalsWithPrice: name === 'plant' ? withPrice : 0,
    homeNetMicroUsd: homeResults.map((home) =>
      home.months.reduce((all, { bills }) => all + bills[name].netMicroUsd, 0),
    ),
    operatorMicroUsd: name === 'plant' ? operator : 0,
    utilityMicroUsd: homeResults.reduce(
      (all, home) => all + home.months.reduce((year, { bills }) => year + utilityPart(bills[name]), 0),
      0,
    ),
  })
  const account = (
    minted: number,
    burned: Partial<TokenAccount['burned']>,
    active = 0,
    setAside = 0,
  ): TokenAccount => ({
    mintedMilliWh: minted,
    activeMilliWh: active,
    setAsideMilliWh: setAside,
    burned: {
      consumedMilliWh: 0,
      exportedMilliWh: 0,
      exchangedMilliWh: 0,
      conversionLossMilliWh: 0,
      storageLossMilliWh: 0,
      ...burned,
    },
  })
  const of = (key: 'deliveredMilliWh' | 'storageLossMilliWh' | 'activeMilliWh' | 'setAsideMilliWh') =>
    batteries.reduce((all, battery) => all + battery[key], 0)
  const flat = tariff.import.kind === 'flat' ? tariff.import.usdPerKwh : 0.54
  const result: CommunityResult = {
    id,
    label,
    homes: homeResults,
    market: {
      mechanism: market.mechanism,
      tradedMilliWh: traded,
      trades: withPrice * 3,
      intervalsWithBothSides: both,
      intervalsWithPrice: withPrice,
      intervalsByLimits: 0,
      intervalsCreditLimited: 0,
      meanPriceUsdPerKwh: traded === 0 ? null : paid / traded,
      jointSurplusMinUsdPerKwh: surplusRange[0] / 1e6,
      jointSurplusMaxUsdPerKwh: surplusRange[1] / 1e6,
      countedGrossMaxUsdPerKwh:
        traded > 0
          ? null
          : (surplusRange[1] + rules[0].peerDeliveryMicroUsdPerKwh) / 1e6 + market.platformFeeUsdPerKwh,
      whyRefused: '',
      whyNothing:
        traded > 0
          ? ''
          : market.mechanism === 'none'
            ? 'The scenario allows no trading.'
            : both === 0
              ? 'No interval had both a seller and a buyer.'
              : whyNoPrice(flat, tariff.peerDeliveryUsdPerKwh + market.platformFeeUsdPerKwh, forgone),
    },
    exportValue: { netting: exportKind === 'net-metering', leastUsdPerKwh: forgone, mostUsdPerKwh: forgone },
    tgen: account(solar, {
      exportedMilliWh: exported,
      exchangedMilliWh: mintedStorage,
      conversionLossMilliWh: charge - mintedStorage,
      consumedMilliWh: solar - exported - charge,
    }),
    tstorage: account(
      mintedStorage,
      { consumedMilliWh: of('deliveredMilliWh'), storageLossMilliWh: of('storageLossMilliWh') },
      of('activeMilliWh'),
      of('setAsideMilliWh'),
    ),
    shadow: account(0, {}),
    batteries,
    dispatch: [],
    feeder: sampleFeeder(homeResults),
    forecasts: (['load', 'solar'] as const).map((target) => ({
      homeId: homeResults[0].id,
      target,
      forecast: 'automatic',
      slotMinutes: 60,
      days: 12,
      nMae: 0.4,
      pinball: 0.15,
      skill: 0.2,
      coverage80: 0.8,
      coverage95: 0.95,
      baselineShare: 0.1,
    })),
    flexibility: [
      {
        homeId: homeResults[0].id,
        site: 'home',
        preferences: { comfort: 0.2, green: 0.3, local: 0.3, price: 1 },
        devices: [
          sampleDevice('vehicle', 900),
          sampleDevice('heat-pump', 0),
          sampleDevice('water-heater', 2400),
        ],
      },
    ],
    demandResponse: [
      sampleAnswer(homeResults[0].id, 'home', 4),
      sampleAnswer(homeResults[0].id, 'commercial', 0),
    ],
    mechanisms: [sampleMechanism(market.mechanism, 'plant'), sampleMechanism('none', 'own-battery')],
    pooling: {
      method: 'sampled',
      orders: 128,
      aloneMicroUsd: homeResults.map(() => 9_000_000),
      shapleyMicroUsd: homeResults.map(() => 8_000_000),
      halfWidthMicroUsd: homeResults.map(() => 40_000),
    },
    ledger: {
      blocks: 4321,
      transactions: 123_456,
      operations: 1_234_567,
      head: '0a1b'.repeat(16),
      stateHash: 'c0de'.repeat(16),
      balancesMicroUsd: (homes.length + 2) * 5_000_000_000,
      openingMicroUsd: (homes.length + 2) * 5_000_000_000,
    },
    operatorIncomeMicroUsd: operator,
    utilityRevenueMicroUsd: byCase((name) =>
      homeResults.reduce(
        (all, home) => all + home.months.reduce((year, { bills }) => year + utilityPart(bills[name]), 0),
        0,
      ),
    ),
    baselineRevenueMicroUsd: Object.fromEntries(
      RULE_BASELINES.map((name) => [
        name,
        homeResults.reduce(
          (all, home) =>
            all + home.months.reduce((year, { baselines }) => year + utilityPart(baselines[name]), 0),
          0,
        ),
      ]),
    ) as CommunityResult['baselineRevenueMicroUsd'],
    utilitySupplyMilliWh: byCase(supply),
    peakImportW: peakImport,
    peakExportW: peakExport,
  }
  return { result, series }
}

/** Every battery's tokens: what was minted and neither delivered nor still there was lost. */
const sampleTokens = (homes: readonly HomeResult[], minted: readonly number[]) =>
  homes.flatMap((home, at) => {
    if (home.batteryKwh === 0) return []
    const delivered = Math.min(home.total.dischargeMilliWh, minted[at])
    const active = Math.min(minted[at] - delivered, Math.floor(home.batteryEndMilliWh * 0.9))
    const setAside = Math.floor((minted[at] - delivered - active) * 0.01)
    const lost = minted[at] - delivered - active - setAside
    return [
      {
        homeId: home.id,
        mintedMilliWh: minted[at],
        shadowMilliWh: 0,
        deliveredMilliWh: delivered,
        storageLossMilliWh: lost,
        trueLossMilliWh: Math.round(lost * 1.004),
        activeMilliWh: active,
        setAsideMilliWh: setAside,
        unclaimedMilliWh: home.total.dischargeMilliWh - delivered,
        worstOverBurnMilliWh: 1500,
        unbackedKwhHours: 0.002 * (at + 1),
        anchors: 300,
        refusedAnchors: at % 3,
        releasedMilliWh: Math.floor(minted[at] * 0.02),
        exportedUnclaimedMilliWh: 0,
        lastAnchorAgeMinutes: at === 4 ? null : 60 * (at + 1),
        factorPpm: 902_500,
        learntFactorPpm: 892_500,
        learntFactorLowPpm: 800_000,
        learntFactorHighPpm: 976_000,
        learntFullMilliWh: 9_100_000,
        learntFullHalfMilliWh: 210_000,
      },
    ]
  })

const sampleDevice = (device: DeviceName, kwh: number): DeviceResult => ({
  device,
  energyMilliWh: kwh * 1e6,
  referenceMilliWh: kwh * 0.98e6,
  retailMicroUsd: kwh * 0.2e6,
  referenceRetailMicroUsd: kwh * 0.3e6,
  discomfortHours: device === 'heat-pump' ? 1.25 : 0,
  elsewhereMilliWh: 0,
})

const sampleAnswer = (
  homeId: string,
  site: DemandResponseResult['site'],
  answered: number,
): DemandResponseResult => ({
  homeId,
  site,
  costUsdPerKwh: 0.5,
  called: 9,
  answered,
  reducedMilliWh: answered * 2e6,
  paidMicroUsd: answered * 3e6,
  costMicroUsd: answered * 1e6,
})
