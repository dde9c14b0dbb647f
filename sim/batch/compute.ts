import { rmSync, renameSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { VppError } from '../../data/errors.ts'
import { RUN_FILES, type RunResults } from '../../data/run-files.ts'
import type { Scenario } from '../../scenarios/schema.ts'
import type { NetworkTrainer, NetworkWeights } from '../../models/forecast/models/network.ts'
import { communityEngine } from '../community-engine.ts'
import { tensorflowTrainer } from '../forecast/tensorflow.ts'
import { problemHash } from '../forecast/weights-cache.ts'
import type { Prepared } from '../prepare.ts'
import { resultsOf, runIdOf } from '../run.ts'
import simulateCommunity, { type CommunityDone } from '../worker.ts'
import { scratchName } from './durable-file.ts'
import { PreparedCache } from './prepared-cache.ts'
import type { RunRecord } from './record.ts'

/** One run of a batch: everything that its result depends on, and what it must be called. */
export interface BatchTask {
  readonly scenario: Scenario
  /** Folder that data files are relative to. */
  readonly baseDir: string
  readonly version: string
  /** Key that the planner found; data that give another are refused. */
  readonly key: string
  /** Module whose default export makes key figures of results and scenario. */
  readonly figures: string
  /** Folder for the run's time series, each in a folder of its key; null: not asked for. */
  readonly seriesDir: string | null
}

/** A run that is to be done; its task is made when it is begun, for a large sweep's would fill the memory. */
export interface BatchJob {
  readonly key: string
  readonly task: () => BatchTask
}

/** Makes key figures of a run's results. */
export type Figures = (results: RunResults, scenario: Scenario) => Record<string, number | null>

const cache = new PreparedCache()

/** Runs of a batch often train on the same past: what this thread has learnt it keeps. */
const learnt = new Map<string, Promise<NetworkWeights>>()
const trainer: NetworkTrainer = {
  train: (problem) => {
    const key = problemHash(problem)
    const weights = learnt.get(key) ?? tensorflowTrainer().train(problem)
    learnt.set(key, weights)
    return weights
  },
}

/**
 * Runs one scenario in this thread.
 * @param isStopped asked at the end of every simulated day
 * @returns null when it was stopped
 * @throws VppError where the scenario's data cannot be used, or are not those that it was planned with
 */
export async function computeRecord(task: BatchTask, isStopped: () => boolean): Promise<RunRecord | null> {
  const { scenario, baseDir, version, key } = task
  const prepared = cache.get(scenario, baseDir)
  const found = runIdOf(scenario, prepared, version)
  if (found !== key)
    throw new VppError('failure', {
      place: key,
      problem: `is ${found} here: the data of this worker are not those of the sweep`,
      fix: 'give every worker the same data files',
    })
  const done = await simulate(task, prepared, isStopped)
  const results = resultsOf(key, version, scenario, prepared, done, [])
  if (!results.complete) return null
  const { default: figures } = (await import(task.figures)) as { default: Figures }
  const { seed } = scenario
  const { simulatedDays } = results
  return { format: 1, key, version, seed, simulatedDays, figures: figures(results, scenario) }
}

async function simulate(
  { scenario, seriesDir, key }: BatchTask,
  prepared: Prepared,
  isStopped: () => boolean,
): Promise<CommunityDone[]> {
  const { axis, communities } = prepared
  if (seriesDir !== null) return withSeries(seriesDir, key, scenario, prepared, isStopped)
  const done: CommunityDone[] = []
  for (const community of communities) {
    const onDay = () => !isStopped()
    const { engine } = await communityEngine(scenario, community, axis, trainer, {
      onDay,
      figuresOnly: true,
    })
    const { result, steps } = engine.run()
    done.push({ result, steps })
  }
  return done
}

/** As a worker of `vpp run` does, keeping the series alone; their folder appears when it is whole. */
async function withSeries(
  seriesDir: string,
  key: string,
  scenario: Scenario,
  { axis, communities }: Prepared,
  isStopped: () => boolean,
): Promise<CommunityDone[]> {
  const target = join(seriesDir, key)
  const dir = scratchName(target)
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  try {
    const done: CommunityDone[] = []
    for (const [index, prepared] of communities.entries()) {
      const board = new Int32Array(new SharedArrayBuffer(4 * (communities.length + 1)))
      if (isStopped()) Atomics.store(board, 0, 1)
      const task = { scenario, prepared, axis, dir, board, index, durable: false }
      const answer = await simulateCommunity(task)
      if ('problems' in answer) throw new VppError(answer.kind, answer.problems)
      done.push(answer)
    }
    if (done.every(({ steps }) => steps === axis.count * scenario.period.years)) {
      rmSync(target, { recursive: true, force: true })
      renameSync(join(dir, RUN_FILES.series), target)
    }
    return done
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
