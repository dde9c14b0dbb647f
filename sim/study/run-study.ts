import { VppError } from '../../data/errors.ts'
import type { InputRecord } from '../../data/profile.ts'
import type { StudyPoint } from '../../scenarios/study/plan.ts'
import { type BatchJob } from '../batch/compute.ts'
import { localEngine } from '../batch/local.ts'
import type { RunRecord } from '../batch/record.ts'
import { ResultStore } from '../batch/store.ts'
import { type Progress, runIdOf } from '../run.ts'

export interface StudyRunOptions {
  readonly points: readonly StudyPoint[]
  /** Folder that data files are relative to. */
  readonly baseDir: string
  /** What the scenario reads; every point reads the same. */
  readonly inputs: readonly InputRecord[]
  /** Folder that keeps what was computed, so that a study that was stopped goes on where it was. */
  readonly outDir: string
  readonly version: string
  readonly workers: number
  /** Module that makes the measures of a run, by its address. */
  readonly figures: string
  readonly signal: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

/** Folder below `outDir` that holds the measures of studies. */
const FOLDER = '.viability'

/** Measures of a point by name. */
export type Measures = RunRecord['figures']

/**
 * Runs the points of a study on worker threads. What an earlier, perhaps stopped, study left is not computed again; the
 * result does not depend on how many workers there are, nor on what was there.
 *
 * @returns measures by the id of the point; null when it was stopped
 * @throws VppError where a point cannot be run
 */
export async function runStudy(options: StudyRunOptions): Promise<ReadonlyMap<string, Measures> | null> {
  const { points, baseDir, inputs, version, workers, figures, signal, onProgress = () => {} } = options
  const store = new ResultStore(options.outDir, FOLDER)
  store.removeLeftovers()
  const keys = points.map(({ scenario }) => runIdOf(scenario, { inputs }, version))
  const records = new Map<string, RunRecord>()
  const open = new Map<string, number>()
  for (const [at, key] of keys.entries()) {
    if (records.has(key) || open.has(key)) continue
    const known = store.read(key)
    if (known === undefined) open.set(key, at)
    else records.set(key, known)
  }
  const jobs = [...open].map(([key, at]): BatchJob => ({
    key,
    task: () => ({ scenario: points[at].scenario, baseDir, version, key, figures, seriesDir: null }),
  }))
  const failures: string[] = []
  const all = records.size + jobs.length
  await localEngine(workers)(
    jobs,
    (at, outcome) => {
      if (outcome.kind === 'failed') failures.push(outcome.failure.message)
      if (outcome.kind !== 'done') return
      store.write(outcome.record)
      records.set(jobs[at].key, outcome.record)
      onProgress({
        phase: 'simulate',
        doneFraction: records.size / all,
        text: `${records.size} of ${all} runs of the study`,
      })
    },
    signal,
  )
  if (failures.length > 0)
    throw new VppError('failure', {
      place: `the study, ${failures.length} of ${all} runs`,
      problem: failures[0],
      fix: 'narrow the ranges in viability.uncertain, or run with --runs 0',
    })
  if (signal.aborted) return null
  return new Map(
    points.map(({ id }, at) => {
      const record = records.get(keys[at])
      if (record === undefined) throw new Error(`internal: no record of ${id}`)
      return [id, record.figures]
    }),
  )
}
