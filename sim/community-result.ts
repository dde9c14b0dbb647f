import {
  ACCOUNT_BALANCE,
  ACCOUNT_CREDIT,
  BATTERY_ACTIVE,
  BATTERY_FACTOR,
  BATTERY_OPEN_DISCHARGE,
  BATTERY_SET_ASIDE,
  BATTERY_UNCLAIMED,
} from '../ledger/contract/columns.ts'
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
import type { Totals } from '../ledger/local/totals.ts'
import { deliverableKwh, equivalentFullCycles } from '../models/battery/battery.ts'
import { batteryOf } from './accounts.ts'
import type { CommunityEngine } from './engine.ts'
import { poolingShares } from './pooling-shares.ts'

/** Everything that a finished (or stopped) engine tells about its community. */
export function communityResult(engine: CommunityEngine): CommunityResult {
  const { area, ledger, books, market, peaks } = engine
  const byCase = <T>(value: (name: BillCase) => T) =>
    Object.fromEntries(BILL_CASES.map((name) => [name, value(name)])) as Record<BillCase, T>
  const kept = engine.plain === null
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
    ...(kept
      ? {
          tgen: tokenAccount(ledger.totals, TGEN),
          tstorage: tokenAccount(ledger.totals, TSTORAGE),
          shadow: tokenAccount(ledger.totals, SHADOW),
        }
      : {}),
    dispatch: engine.comparisons,
    ...(engine.forecasts === null ? {} : { forecasts: [...engine.forecasts.quality] }),
    ...flexibleResults(engine),
    ...(engine.wires === null ? {} : { feeder: engine.wires.result() }),
    ...mechanismResults(engine),
    ...(engine.compares && area.homes.length > 1 ? { pooling: poolingShares(engine) } : {}),
    ...(kept ? { batteries: area.homes.flatMap((_, home) => batteryTokens(engine, home) ?? []) } : {}),
    ...(engine.story === null ? {} : { story: engine.story.story }),
    ...(kept ? { ledger: ledgerResult(engine) } : {}),
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

const ledgerResult = (engine: CommunityEngine): LedgerResult => {
  const { ledger } = engine
  return {
    blocks: ledger.blocks,
    transactions: ledger.transactions,
    operations: ledger.operations,
    head: ledger.head,
    stateHash: ledger.stateHash(),
    balancesMicroUsd: balances(engine),
    openingMicroUsd: ledger.totals.openingMicroUsd,
  }
}

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

function balances({ ledger }: CommunityEngine): number {
  const { view } = ledger
  let sum = 0
  for (const account of view.accountNumbers()) {
    sum += view.account(account, ACCOUNT_BALANCE) + view.account(account, ACCOUNT_CREDIT)
  }
  return sum
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

function batteryTokens(engine: CommunityEngine, home: number): BatteryTokens | null {
  if (engine.batteries[home] === null) return null
  const { judge, keeper, tokenizer, ledger, area } = engine
  const lastAnchorHours = judge.lastAnchorHours[home]
  const view = ledger.view
  const asset = batteryOf(home)
  const endHours = (engine.steps * area.axis.stepSeconds) / 3600
  return {
    homeId: area.homes[home].id,
    mintedMilliWh: tokenizer.batteryMinted[home],
    shadowMilliWh: tokenizer.batteryShadow[home],
    deliveredMilliWh: tokenizer.batteryDelivered[home],
    storageLossMilliWh: tokenizer.batteryLost[home],
    trueLossMilliWh: judge.losses.lossMilliWh[home],
    activeMilliWh: view.asset(asset, BATTERY_ACTIVE),
    setAsideMilliWh: view.asset(asset, BATTERY_SET_ASIDE),
    unclaimedMilliWh: view.asset(asset, BATTERY_UNCLAIMED) + view.asset(asset, BATTERY_OPEN_DISCHARGE),
    worstOverBurnMilliWh: judge.losses.worstOverBurnMilliWh[home],
    unbackedKwhHours: judge.unbackedKwhHours[home],
    anchors: judge.anchors[home],
    refusedAnchors: keeper.fleet.doubted[home],
    releasedMilliWh: engine.released[home],
    exportedUnclaimedMilliWh: tokenizer.exportedUnclaimed[home],
    lastAnchorAgeMinutes: Number.isNaN(lastAnchorHours)
      ? null
      : Math.round((endHours - lastAnchorHours) * 60),
    factorPpm: view.asset(asset, BATTERY_FACTOR),
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
