import {
  BILL_CASES,
  type BatteryTokens,
  type BillCase,
  type CommunityResult,
  type HomeResult,
  type LedgerResult,
  RULE_BASELINES,
  type RuleBaseline,
  type TokenAccount,
  type TokenResults,
} from '../data/run-files.ts'
import {
  CONSUMED,
  CONVERSION_LOSS,
  EXCHANGED,
  EXPORTED,
  SHADOW,
  STORAGE_LOSS,
  TGEN,
  TSTORAGE,
} from '../ledger/contract/vocabulary.ts'
import { Totals } from '../ledger/local/totals.ts'
import { deliverableKwh, equivalentFullCycles } from '../models/battery/battery.ts'
import type { CommunityEngine } from './engine.ts'
import type { LedgerEnd } from './token-ledger.ts'

/** Everything that a finished (or stopped) engine tells about its community. */
/** @param ledger null where tokens are off */
export function communityResult(engine: CommunityEngine, ledger: LedgerEnd | null): CommunityResult {
  const { area, books, market, peaks } = engine
  const byCase = <T>(value: (name: BillCase) => T) =>
    Object.fromEntries(BILL_CASES.map((name) => [name, value(name)])) as Record<BillCase, T>
  const stepHours = area.axis.stepSeconds / 3600
  const watts = (milliWh: number) => Math.round(milliWh / 1000 / stepHours)
  const totals = books.map((book) => book.total)
  const sum = (value: (home: number) => number) => totals.reduce((all, _, home) => all + value(home), 0)
  const supply = (name: BillCase) =>
    sum((home) => {
      const energy = totals[home]
      if (name === 'no-solar') return books[home].referenceLoadMilliWh
      if (name === 'solar-only') return books[home].referenceLoadMilliWh - books[home].referenceSolarMilliWh
      return energy.importMilliWh - energy.exportMilliWh
    })
  return {
    id: area.id,
    label: area.label,
    homes: area.homes.map((_, home) => homeResult(engine, home)),
    market: {
      ...market.result(),
      ...(engine.credits === null ? {} : { credits: engine.credits.result() }),
    },
    exportValue: {
      netting: area.plan.exportValue.netting,
      leastUsdPerKwh: area.plan.exportValue.leastMicroUsdPerKwh / 1e6,
      mostUsdPerKwh: area.plan.exportValue.mostMicroUsdPerKwh / 1e6,
    },
    ...(ledger === null ? {} : tokenAccounts(ledger)),
    dispatch: engine.comparisons,
    ...(engine.forecasts === null ? {} : { forecasts: [...engine.forecasts.quality] }),
    ...flexibleResults(engine),
    ...(engine.wires === null ? {} : { feeder: engine.wires.result() }),
    ...mechanismResults(engine),
    ...(engine.pooling === null ? {} : { pooling: engine.pooling.result() }),
    ...(ledger === null
      ? {}
      : { batteries: area.homes.flatMap((_, home) => batteryTokens(engine, ledger, home) ?? []) }),
    ...(engine.story === null ? {} : { story: engine.story.story }),
    ...(ledger === null ? {} : { ledger: ledgerResult(ledger) }),
    operatorIncomeMicroUsd: market.operatorIncomeMicroUsd,
    utilityRevenueMicroUsd: byCase((name) => books.reduce((all, book) => all + book.utilityRevenue(name), 0)),
    baselineRevenueMicroUsd: Object.fromEntries(
      RULE_BASELINES.map((name) => [name, books.reduce((all, book) => all + book.baselineRevenue(name), 0)]),
    ) as Record<RuleBaseline, number>,
    utilitySupplyMilliWh: byCase(supply),
    peakImportW: byCase((name) => watts(peaks.importMilliWh[name])),
    peakExportW: byCase((name) => watts(peaks.exportMilliWh[name])),
  }
}

const totalsOf = ({ sums }: LedgerEnd): Totals => {
  const totals = new Totals()
  totals.sums.set(sums)
  return totals
}

function tokenAccounts(ledger: LedgerEnd): Pick<TokenResults, 'tgen' | 'tstorage' | 'shadow'> {
  const totals = totalsOf(ledger)
  return {
    tgen: tokenAccount(totals, TGEN),
    tstorage: tokenAccount(totals, TSTORAGE),
    shadow: tokenAccount(totals, SHADOW),
  }
}

const ledgerResult = (ledger: LedgerEnd): LedgerResult => ({
  blocks: ledger.blocks,
  transactions: ledger.transactions,
  operations: ledger.operations,
  head: ledger.head,
  stateHash: ledger.stateHash,
  balancesMicroUsd: ledger.balancesMicroUsd,
  openingMicroUsd: totalsOf(ledger).openingMicroUsd,
})

/** Absent where the scenario does not ask for them. */
function mechanismResults({
  books,
  market,
  comparison,
}: CommunityEngine): Pick<CommunityResult, 'mechanisms'> {
  const { mechanism, tradedMilliWh, intervalsWithPrice } = market.result()
  const mechanisms = comparison.results({
    mechanism,
    tradedMilliWh,
    intervalsWithPrice,
    homeNetMicroUsd: books.map(({ months }) =>
      months.reduce((sum, { bills }) => sum + bills.plant.netMicroUsd, 0),
    ),
    operatorMicroUsd: market.operatorIncomeMicroUsd,
    utilityMicroUsd: books.reduce((sum, book) => sum + book.utilityRevenue('plant'), 0),
  })
  return mechanisms.length === 0 ? {} : { mechanisms }
}

/** Absent where nothing is flexible, so that such runs keep their results. */
function flexibleResults({
  flexible,
}: CommunityEngine): Pick<CommunityResult, 'flexibility' | 'demandResponse'> {
  const flexibility = flexible.flatMap((home) => home?.flexibility() ?? [])
  const demandResponse = flexible.flatMap((home) => home?.response() ?? [])
  return {
    ...(flexibility.length === 0 ? {} : { flexibility }),
    ...(demandResponse.length === 0 ? {} : { demandResponse }),
  }
}

function homeResult(engine: CommunityEngine, home: number): HomeResult {
  const input = engine.area.homes[home]
  const book = engine.books[home]
  const agent = engine.batteries[home]
  return {
    id: input.id,
    label: input.label,
    role: input.role,
    solarKw: input.solarKw,
    batteryKwh: agent?.parameters.capacityKwh ?? 0,
    batteryKw: agent?.parameters.powerKw ?? 0,
    batterySoh: agent?.state.sohFraction ?? 1,
    batteryEfc: agent === null ? 0 : equivalentFullCycles(agent.parameters, agent.state),
    batterySohByYear: engine.sohByYear[home],
    ageingOutsideDays: agent?.ageing?.outsideDays ?? 0,
    strategy: input.battery?.strategy.kind ?? '',
    ruledSteps: agent?.strategy.ruledSteps ?? 0,
    batteryStartMilliWh: engine.startMilliWh[home],
    batteryEndMilliWh: agent === null ? 0 : Math.round(deliverableKwh(agent.parameters, agent.state) * 1e6),
    months: book.months,
    total: book.total,
    ...creditLeft(book.creditLeft()),
  }
}

/** Absent where nothing is left. */
const creditLeft = (left: { microUsd: number; milliWh: number }): Pick<HomeResult, 'creditLeft'> =>
  left.microUsd === 0 && left.milliWh === 0 ? {} : { creditLeft: left }

function tokenAccount(totals: Totals, kind: number): TokenAccount {
  return {
    mintedMilliWh: totals.minted(kind),
    activeMilliWh: totals.active(kind),
    setAsideMilliWh: totals.setAside(kind),
    burned: {
      consumedMilliWh: totals.burnedFor(kind, CONSUMED),
      exportedMilliWh: totals.burnedFor(kind, EXPORTED),
      exchangedMilliWh: totals.burnedFor(kind, EXCHANGED),
      conversionLossMilliWh: totals.burnedFor(kind, CONVERSION_LOSS),
      storageLossMilliWh: totals.burnedFor(kind, STORAGE_LOSS),
    },
  }
}

function batteryTokens(engine: CommunityEngine, ledger: LedgerEnd, home: number): BatteryTokens | null {
  if (engine.batteries[home] === null) return null
  const { judge, keeper, tokenizer, stock, area } = engine
  const lastAnchorHours = judge.lastAnchorHours[home]
  const endHours = (engine.steps * area.axis.stepSeconds) / 3600
  return {
    homeId: area.homes[home].id,
    mintedMilliWh: stock.minted[home],
    shadowMilliWh: stock.shadow[home],
    deliveredMilliWh: tokenizer.batteryDelivered[home],
    storageLossMilliWh: stock.lost[home],
    trueLossMilliWh: judge.losses.lossMilliWh[home],
    activeMilliWh: ledger.active[home],
    setAsideMilliWh: ledger.setAside[home],
    unclaimedMilliWh: ledger.unclaimed[home],
    worstOverBurnMilliWh: judge.losses.worstOverBurnMilliWh[home],
    unbackedKwhHours: judge.unbackedKwhHours[home],
    anchors: judge.anchors[home],
    refusedAnchors: keeper.fleet.doubted[home],
    releasedMilliWh: engine.released[home],
    exportedUnclaimedMilliWh: tokenizer.exportedUnclaimed[home],
    lastAnchorAgeMinutes: Number.isNaN(lastAnchorHours)
      ? null
      : Math.round((endHours - lastAnchorHours) * 60),
    factorPpm: ledger.factorPpm[home],
    ...learntOf(engine, home, endHours),
  }
}

/** What the algorithm learnt of a battery, in parts per million and milliwatt-hours, each with its interval. */
function learntOf({ keeper }: CommunityEngine, home: number, hours: number) {
  const { eta, etaBelow, etaAbove, fullKwh, fullHalfKwh } = keeper.learnt(home, hours)
  return {
    learntFactorPpm: Math.round(eta * 1e6),
    learntFactorLowPpm: Math.round((eta - etaBelow) * 1e6),
    learntFactorHighPpm: Math.round((eta + etaAbove) * 1e6),
    learntFullMilliWh: Math.round(fullKwh * 1e6),
    learntFullHalfMilliWh: Math.round(fullHalfKwh * 1e6),
  }
}
