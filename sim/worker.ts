import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TimeAxis } from '../data/axis.ts'
import { type ErrorKind, type Problem, VppError } from '../data/errors.ts'
import { type CommunityResult, RUN_FILES } from '../data/run-files.ts'
import { JournalWriter } from '../ledger/local/journal.ts'
import { RunStore } from '../ledger/local/run-store.ts'
import type { FeedResult } from '../ledger/fabric/client/feed.ts'
import type { Scenario } from '../scenarios/schema.ts'
import type { NetworkTrainer } from '../models/forecast/models/network.ts'
import { batteriesOf } from './accounts.ts'
import { communityEngine } from './community-engine.ts'
import type { CommunityEngine, EngineOutcome } from './engine.ts'
import type { FabricTarget } from './fabric-run.ts'
import { tensorflowTrainer } from './forecast/tensorflow.ts'
import { cachedTrainer } from './forecast/weights-cache.ts'
import { HomeSeriesFile } from './home-series-file.ts'
import type { LedgerFiles, PipedLedger as PipedLedgerType } from './ledger-thread/piped-ledger.ts'
import type { MarketArea } from './market-area.ts'
import { journalName, seriesNames, storeName } from './run-names.ts'
import { keptSteps, marketColumns } from './series.ts'
import { writeFeederSeries, writeMarketSeries } from './parquet.ts'
import type { PreparedCommunity } from './prepare.ts'

/** What a worker gets: one community, and where to write its files. */
export interface CommunityTask {
  readonly scenario: Scenario
  readonly prepared: PreparedCommunity
  readonly axis: TimeAxis
  readonly dir: string
  /** Shared words: 0 is set to stop all; 1 + index counts a community's intervals done. */
  readonly board: Int32Array<SharedArrayBuffer>
  readonly index: number
  /** Keep the ledger in an SQLite file too. */
  readonly durable: boolean
  /** Bring its transactions onto a Fabric network too, day by day; else only in this process. */
  readonly fabric?: FabricTarget | null
  /** The ledger gets a thread of its own; not where its transactions go onto a network too. */
  readonly ledgerThread?: boolean
}

export interface CommunityDone {
  readonly result: CommunityResult
  readonly steps: number
  readonly fabric?: FeedResult | null
}

/** What the user must mend, told by data: an error that crosses a thread loses its kind and places. */
export interface CommunityRefused {
  readonly kind: ErrorKind
  readonly problems: readonly Problem[]
}

/** Simulates one community and writes its journal and series; run by the thread pool. */
export default async function answer(task: CommunityTask): Promise<CommunityDone | CommunityRefused> {
  try {
    return await simulateCommunity(task)
  } catch (error) {
    if (!(error instanceof VppError)) throw error
    return { kind: error.kind, problems: error.problems }
  }
}

async function simulateCommunity(task: CommunityTask): Promise<CommunityDone> {
  const { scenario, prepared, dir, durable, fabric = null } = task
  mkdirSync(join(dir, RUN_FILES.series), { recursive: true })
  const { id } = prepared.community
  const { tokens } = scenario.ledger
  const files = {
    journal: tokens ? join(dir, journalName(id)) : null,
    store: durable ? join(dir, storeName(id)) : null,
  }
  if (tokens) mkdirSync(join(dir, RUN_FILES.ledger), { recursive: true })
  let homes: HomeSeriesFile | null = null
  const seriesFor = (area: MarketArea) => (homes = new HomeSeriesFile(join(dir, seriesNames(id).homes), area))
  try {
    const piped = tokens && fabric === null && task.ledgerThread === true
    return await (piped ? pipe(task, files, seriesFor) : inThread(task, files, seriesFor))
  } finally {
    // Where the run failed it is not finished.
    ;(homes as HomeSeriesFile | null)?.close()
  }
}

type SeriesFor = (area: MarketArea) => HomeSeriesFile

/** With the ledger in this thread. */
async function inThread(
  task: CommunityTask,
  files: LedgerFiles,
  seriesFor: SeriesFor,
): Promise<CommunityDone> {
  const { scenario, prepared, axis, dir, fabric = null } = task
  const journal = files.journal === null ? null : new JournalWriter(files.journal)
  const store = files.store === null ? null : new RunStore(files.store)
  // The client of a network takes a while to load: only for who asked for it.
  const network = fabric === null ? null : await import('./fabric-run.ts')
  const options: Parameters<typeof communityEngine>[4] = {
    ...(network === null ? {} : { newLedger: (own) => new network.MirroredLedger(own) }),
    sink: (block) => {
      journal?.append(block)
      store?.append(block)
    },
    onDay: (steps) => {
      store?.commit()
      return goesOn(task, steps)
    },
  }
  const { engine } = await communityEngine(scenario, prepared, axis, trainerOf(dir), options, { seriesFor })
  const done = fabric === null ? null : await network?.runOnFabric(engine, fabric)
  const outcome = done?.outcome ?? engine.run()
  journal?.close()
  store?.close()
  writeSeries(task, engine, outcome)
  return { result: outcome.result, steps: outcome.steps, fabric: done?.fabric ?? null }
}

/** The same with the ledger in a thread of its own, which writes its files itself. */
async function pipe(task: CommunityTask, files: LedgerFiles, seriesFor: SeriesFor): Promise<CommunityDone> {
  const { scenario, prepared, axis, dir } = task
  const { PipedLedger } = await import('./ledger-thread/piped-ledger.ts')
  let ledger: PipedLedgerType | null = null
  try {
    const onDay = (steps: number) => goesOn(task, steps)
    const tokensFor = (area: MarketArea) => (ledger = new PipedLedger(batteriesOf(area), files))
    const made = { tokensFor, seriesFor }
    const { engine } = await communityEngine(scenario, prepared, axis, trainerOf(dir), { onDay }, made)
    const outcome = engine.run()
    writeSeries(task, engine, outcome)
    return { result: outcome.result, steps: outcome.steps, fabric: null }
  } finally {
    await (ledger as PipedLedgerType | null)?.close()
  }
}

const trainerOf = (dir: string): NetworkTrainer =>
  cachedTrainer(tensorflowTrainer(), join(dir, RUN_FILES.forecasts))

/** The end of a day: tells how far the run is, and whether it is to go on. */
function goesOn({ board, index }: CommunityTask, steps: number): boolean {
  Atomics.store(board, 1 + index, steps)
  return Atomics.load(board, 0) === 0
}

/** The community's own series; those of its homes were written as it went on. */
function writeSeries(
  { axis, board, dir, index, prepared, scenario }: CommunityTask,
  { series: { market }, wires }: CommunityEngine,
  { steps }: EngineOutcome,
): void {
  const names = seriesNames(prepared.community.id)
  const kept = Math.min(steps, keptSteps(axis))
  writeMarketSeries(join(dir, names.market), axis, market, kept, marketColumns(scenario.ledger.tokens))
  if (wires !== null) writeFeederSeries(join(dir, names.feeder), axis, wires.series, kept)
  Atomics.store(board, 1 + index, steps)
}
