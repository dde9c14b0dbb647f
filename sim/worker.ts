import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TimeAxis } from '../data/axis.ts'
import { type ErrorKind, type Problem, VppError } from '../data/errors.ts'
import { type CommunityResult, RUN_FILES } from '../data/run-files.ts'
import { JournalWriter } from '../ledger/local/journal.ts'
import { RunStore } from '../ledger/local/run-store.ts'
import type { FeedResult } from '../ledger/fabric/client/feed.ts'
import type { Scenario } from '../scenarios/schema.ts'
import { communityEngine } from './community-engine.ts'
import type { FabricTarget } from './fabric-run.ts'
import { tensorflowTrainer } from './forecast/tensorflow.ts'
import { cachedTrainer } from './forecast/weights-cache.ts'
import { journalName, seriesNames, storeName } from './run-names.ts'
import { keptSteps, marketColumns } from './series.ts'
import { writeFeederSeries, writeHomeSeries, writeMarketSeries } from './parquet.ts'
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
  const { scenario, prepared, axis, dir, board, index, durable, fabric = null } = task
  mkdirSync(join(dir, RUN_FILES.series), { recursive: true })
  const { id } = prepared.community
  const { tokens } = scenario.ledger
  if (tokens) mkdirSync(join(dir, RUN_FILES.ledger), { recursive: true })
  const journal = tokens ? new JournalWriter(join(dir, journalName(id))) : null
  const store = durable ? new RunStore(join(dir, storeName(id))) : null
  const trainer = cachedTrainer(tensorflowTrainer(), join(dir, RUN_FILES.forecasts))
  // The client of a network takes a while to load: only for who asked for it.
  const network = fabric === null ? null : await import('./fabric-run.ts')
  const { area, engine } = await communityEngine(scenario, prepared, axis, trainer, {
    ...(network === null ? {} : { newLedger: (options) => new network.MirroredLedger(options) }),
    sink: (block) => {
      journal?.append(block)
      store?.append(block)
    },
    onDay: (steps) => {
      store?.commit()
      Atomics.store(board, 1 + index, steps)
      return Atomics.load(board, 0) === 0
    },
  })
  const done = fabric === null ? null : await network?.runOnFabric(engine, fabric)
  const { result, series, steps } = done?.outcome ?? engine.run()
  journal?.close()
  store?.close()
  const names = seriesNames(area.id)
  const kept = Math.min(steps, keptSteps(axis))
  await writeHomeSeries(join(dir, names.homes), area, series, kept)
  await writeMarketSeries(join(dir, names.market), area, series, kept, marketColumns(tokens))
  if (engine.wires !== null) await writeFeederSeries(join(dir, names.feeder), area, engine.wires.series, kept)
  Atomics.store(board, 1 + index, steps)
  return { result, steps, fabric: done?.fabric ?? null }
}
