import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { VppError } from '../../data/errors.ts'
import { fieldsAt } from '../../scenarios/fields.ts'
import type { Sweep } from '../../scenarios/sweep/sweep.ts'
import type { Progress } from '../run.ts'
import type { BatchJob } from './compute.ts'
import { type FailureEntry, SweepFolder } from './folder.ts'
import type { BatchEngine } from './local.ts'
import { type PlannedRun, planRuns, type Shard, shardIndices } from './plan.ts'
import type { RunRecord } from './record.ts'
import { ResultStore } from './store.ts'
import { tableBytes, type TableRow } from './table.ts'

export interface SweepOptions {
  readonly sweep: Sweep
  readonly outDir: string
  readonly version: string
  readonly engine: BatchEngine
  /** Module that makes the figures of a run, and the names and units of these. */
  readonly figures: {
    readonly url: string
    readonly columns: readonly { readonly id: string; readonly unit: string }[]
  }
  /** Keep every run's time series. */
  readonly series: boolean
  /** Run again what failed before. */
  readonly retry: boolean
  /** Only this part of the points, without the table of all. */
  readonly shard: Shard | null
  /** Compute nothing: collect what is there, and in these other output folders; null: compute. */
  readonly collect: readonly string[] | null
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  /** What the manifest tells beside: command, machine, time. */
  readonly manifest: () => object
}

/** All of a sweep, its figures alone, what failed left as it is. */
export const WHOLE_SWEEP = {
  series: false,
  retry: false,
  shard: null,
  collect: null,
} as const satisfies Partial<SweepOptions>

export interface SweepOutcome {
  readonly sweepId: string
  readonly dir: string
  /** Path of the table; null for a shard. */
  readonly table: string | null
  readonly points: number
  /** Of the points asked for: computed now, there before, failed, not computed. */
  readonly computed: number
  readonly reused: number
  readonly failed: number
  readonly missing: number
  readonly failures: readonly FailureEntry[]
  readonly rows: readonly TableRow[]
}

/** Points of a sweep by what is known of them. */
interface Standing {
  readonly records: Map<number, RunRecord>
  readonly failed: Set<number>
  readonly open: PlannedRun[]
}

/**
 * Runs a sweep, or goes on with it: what the store has is taken, what failed stays failed unless `retry`, the
 * rest goes to the engine. Each result is on the disk when it is counted. The same sweep leaves the same bytes
 * whatever computed it, in whatever order.
 */
export async function runSweep(options: SweepOptions): Promise<SweepOutcome> {
  const { sweep, outDir, version, shard, signal, onProgress } = options
  const folder = new SweepFolder(join(outDir, sweep.idOf(version)))
  const store = new ResultStore(outDir)
  const indices = shardIndices(sweep.points.length, shard)
  const planning = (count: number) =>
    onProgress({
      phase: 'prepare',
      doneFraction: 0,
      text: `checked ${count} of ${indices.length} points`,
    })
  planning(0)
  const planned = planRuns(sweep, indices, version, planning)
  onDisk(outDir, () => {
    mkdirSync(outDir, { recursive: true })
    folder.begin(sweep, version)
    store.removeLeftovers()
    folder.writeManifest({ ...options.manifest(), baseDir: sweep.base.baseDir, complete: false })
  })
  onDisk(outDir, () => {
    for (const from of options.collect ?? []) takeFrom(from, planned, folder, store, sweep)
  })
  const standing = onDisk(outDir, () => standingOf(planned, folder, store, options))
  const reused = standing.records.size
  if (options.collect === null && !signal.aborted) await compute(standing, folder, store, options)
  const { records, failed } = standing
  const rows = [...records].map(([index, record]): TableRow => ({
    index,
    values: sweep.points[index],
    record,
  }))
  const failures = folder.failures().filter(({ index }) => failed.has(index))
  const missing = planned.length - records.size - failed.size
  const units = Object.fromEntries(
    sweep.columns.map((path) => [path, fieldsAt(path.replaceAll(/\[[^\]]*\]/g, '[]'))[0]?.unit ?? '']),
  )
  const table = onDisk(outDir, () => {
    folder.writeManifest({ ...options.manifest(), baseDir: sweep.base.baseDir, complete: missing === 0 })
    if (shard !== null) return null
    const bytes = tableBytes(rows, { columns: sweep.columns, figures: options.figures.columns, units })
    return folder.writeTables(bytes, missing === 0, failures)
  })
  return {
    sweepId: sweep.idOf(version),
    dir: folder.dir,
    table,
    points: planned.length,
    computed: records.size - reused,
    reused,
    failed: failed.size,
    missing,
    failures,
    rows: rows.toSorted((a, b) => a.index - b.index),
  }
}

/** Takes results, failures and series of another output folder that are not here. */
function takeFrom(
  from: string,
  planned: readonly PlannedRun[],
  folder: SweepFolder,
  store: ResultStore,
  sweep: Sweep,
): void {
  const other = new ResultStore(from)
  const otherFolder = new SweepFolder(join(from, basename(folder.dir)))
  const failures = new Map(otherFolder.failures().map((one) => [one.index, one]))
  for (const { index, key } of planned) {
    const record = key === '' || store.read(key) !== undefined ? undefined : other.read(key)
    if (record !== undefined) store.write(record)
    const failure = failures.get(index)
    if (failure !== undefined) folder.writeFailure(sweep, index, failure)
    if (key !== '' && otherFolder.hasSeries(key) && !folder.hasSeries(key))
      cpSync(join(otherFolder.seriesDir(), key), join(folder.seriesDir(), key), { recursive: true })
  }
}

function standingOf(
  planned: readonly PlannedRun[],
  folder: SweepFolder,
  store: ResultStore,
  { series, retry, sweep }: SweepOptions,
): Standing {
  const records = new Map<number, RunRecord>()
  const failed = new Set<number>()
  const open: PlannedRun[] = []
  const before = new Set(folder.failures().map(({ index }) => index))
  for (const run of planned) {
    const { index, key, failure } = run
    if (failure !== undefined) {
      folder.writeFailure(sweep, index, failure)
      failed.add(index)
      continue
    }
    const record = series && !folder.hasSeries(key) ? undefined : store.read(key)
    if (record !== undefined) {
      // The same point may have been computed by another sweep since it failed here.
      folder.clearFailure(index)
      records.set(index, record)
    } else if (before.has(index) && !retry) failed.add(index)
    else open.push(run)
  }
  return { records, failed, open }
}

/** Runs of which the rate is told. */
const RATE_OVER = 50

async function compute(
  { records, failed, open }: Standing,
  folder: SweepFolder,
  store: ResultStore,
  { sweep, version, engine, figures, series, signal, onProgress, outDir }: SweepOptions,
): Promise<void> {
  if (open.length === 0) return
  // Points may be alike: each key is computed once.
  const byKey = Map.groupBy(open, ({ key }) => key)
  const jobs = [...byKey.values()].map(([{ index, key }]): BatchJob => ({
    key,
    task: () => ({
      scenario: sweep.scenarioAt(index),
      baseDir: sweep.base.baseDir,
      version,
      key,
      figures: figures.url,
      seriesDir: series ? folder.seriesDir() : null,
    }),
  }))
  // The rate is that of the last runs: the first ones wait for workers to start.
  const times: number[] = []
  let count = 0
  const report = () => {
    const rate = (1000 * (times.length - 1)) / (times[times.length - 1] - times[0])
    const shown = Number.isFinite(rate) ? `, ${rate.toFixed(rate < 10 ? 2 : 0)} a second` : ''
    onProgress({
      phase: 'simulate',
      doneFraction: count / jobs.length,
      text: `${count} of ${jobs.length} runs${shown}`,
    })
  }
  report()
  const done = () => {
    count++
    times.push(performance.now())
    if (times.length > RATE_OVER) times.shift()
    report()
  }
  /** Results that are on their way to the disk; what went wrong there ends the sweep. */
  const onTheirWay = new Set<Promise<void>>()
  const errors: unknown[] = []
  const keep = (record: RunRecord, runs: readonly PlannedRun[]): void => {
    const written = onDisk(outDir, () => store.add(record))
      .then(() => {
        for (const { index } of runs) {
          folder.clearFailure(index)
          records.set(index, record)
        }
        done()
      })
      .catch((error: unknown) => {
        errors.push(error)
      })
      .finally(() => onTheirWay.delete(written))
    onTheirWay.add(written)
  }
  const raise = (): void => {
    if (errors.length > 0)
      onDisk(outDir, () => {
        throw errors[0]
      })
  }
  await engine(
    jobs,
    (at, outcome) => {
      if (outcome.kind === 'stopped') return
      raise()
      const runs = byKey.get(jobs[at].key) ?? []
      if (outcome.kind === 'done') return keep(outcome.record, runs)
      onDisk(outDir, () => {
        for (const { index } of runs) {
          folder.writeFailure(sweep, index, outcome.failure)
          failed.add(index)
        }
      })
      done()
    },
    signal,
  )
  await Promise.all(onTheirWay)
  raise()
}

/** Runs something that writes; a full or unwritable disk is told as such. */
function onDisk<T>(outDir: string, write: () => T): T {
  try {
    return write()
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (cause instanceof VppError || code === undefined) throw cause
    const fix = existsSync(outDir) ? 'free space; the sweep goes on where it was' : 'choose another --out'
    const problem = `cannot be written: ${(cause as Error).message}`
    throw new VppError('failure', { place: outDir, problem, fix }, cause)
  }
}
