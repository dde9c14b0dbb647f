import { availableParallelism, totalmem } from 'node:os'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TimeAxis } from '../data/axis.ts'
import { auditProfiles } from '../data/audit.ts'
import { VppError } from '../data/errors.ts'
import type { InputRecord } from '../data/profile.ts'
import {
  type AuditFinding,
  type Manifest,
  RUN_FILES,
  type RunResults,
  withTokens,
} from '../data/run-files.ts'
import type { FeedResult } from '../ledger/fabric/client/feed.ts'
import { canonicalHash, resolvedYaml } from '../scenarios/canonical.ts'
import type { Path } from '../scenarios/path.ts'
import type { Scenario } from '../scenarios/schema.ts'
import { type CommunityPool, openPool } from './community-pool.ts'
import { dataTerms, TERMS_FILE } from './data-terms.ts'
import { writeJsonFile } from './json-file.ts'
import { prepare, type Prepared, type PreparedCommunity } from './prepare.ts'
import { received } from './packed-months.ts'
import { keptSteps } from './series.ts'
import { fabricLedgerName } from './fabric-name.ts'
import { hashFiles, holdsRun, openScratch, publish, writeManifest } from './run-folder.ts'
import { journalName, storeName } from './run-names.ts'
import type { CommunityDone } from './worker.ts'

export interface Progress {
  readonly phase: 'prepare' | 'simulate' | 'write' | 'verify'
  /** Of the whole run, [0, 1]. */
  readonly doneFraction: number
  readonly text: string
}

export interface RunOptions {
  readonly scenario: Scenario
  /** Folder that the scenario's file names are relative to. */
  readonly baseDir: string
  /** Where in its file a field of the scenario stands, for messages. */
  readonly placeOf?: (path: Path) => string
  readonly outDir: string
  readonly workers: number
  /** Threads that the caller opened, and closes; left out: the run has its own. */
  readonly pool?: CommunityPool
  /** No other run follows on the pool: its threads end with the simulation, and what they held is there for the results. */
  readonly lastOnPool?: boolean
  /** The command line, for the manifest. */
  readonly command: string
  /** Also leave each community's ledger as an SQLite file that goes on (`durable.ts`). */
  readonly durable?: boolean
  /** Connection file of a Fabric network: every community's transactions are brought onto it too. */
  readonly fabric?: string
  readonly version: string
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  /** Writes what is derived from the results (`kpi.json`) before the folder is closed. */
  readonly derive?: (dir: string, results: RunResults, scenario: Scenario) => unknown
}

export interface RunOutcome {
  readonly runId: string
  readonly dir: string
  /** The folder was there already, and every file in it was as recorded. */
  readonly reused: boolean
  readonly results: RunResults
  /** What the Fabric network holds, by community; empty without one. */
  readonly fabric: readonly FeedResult[]
}

/**
 * Runs a scenario: communities in parallel on worker threads, everything it leaves in one folder
 * named by what went in (scenario, data, version). The folder appears when it is whole. A run that is
 * stopped by `signal` ends at the end of a simulated day and leaves a folder marked as partial.
 *
 * @throws VppError where the scenario, its data or the output folder cannot be used
 */
export async function runScenario(options: RunOptions): Promise<RunOutcome> {
  const { pool } = options
  if (pool !== undefined) return await runOn(pool, options)
  const own = openPool(Math.min(options.workers, options.scenario.communities.length))
  try {
    return await runOn(own, { ...options, lastOnPool: true })
  } finally {
    await own.destroy()
  }
}

async function runOn(pool: CommunityPool, options: RunOptions): Promise<RunOutcome> {
  const { scenario, baseDir, outDir, version, onProgress = () => {} } = options
  const started = performance.now()
  requireLedger(options)
  onProgress({ phase: 'prepare', doneFraction: 0, text: 'reading data' })
  const prepared = prepare(scenario, baseDir, options.placeOf)
  const runId = runIdOf(scenario, prepared, version)
  const dir = join(outDir, runId)
  if (holdsRun(dir, runId)) {
    if (options.durable === true) requireStores(dir, prepared)
    onProgress({ phase: 'verify', doneFraction: 1, text: 'run was done before; every file verified' })
    const results = JSON.parse(readFileSync(join(dir, RUN_FILES.results), 'utf8')) as RunResults
    const fabric = await feedJournals(options.fabric, dir, results)
    return { runId, dir, reused: true, results, fabric }
  }
  const scratch = openScratch(outDir, runId)
  const remove = () => rmSync(scratch, { recursive: true, force: true })
  // A second Ctrl-C ends the process at once, from within.
  process.once('exit', remove)
  try {
    return await simulateInto(pool, scratch, dir, runId, prepared, options, started)
  } catch (cause) {
    remove()
    if (!isDiskError(cause)) throw cause
    const problem = `cannot be written: ${(cause as Error).message}`
    const fix = 'free space or choose another folder with --out'
    throw new VppError('failure', { place: outDir, problem, fix }, cause)
  } finally {
    process.off('exit', remove)
  }
}

async function simulateInto(
  pool: CommunityPool,
  scratch: string,
  dir: string,
  runId: string,
  prepared: Prepared,
  options: RunOptions,
  started: number,
): Promise<RunOutcome> {
  const { scenario, version, onProgress = () => {} } = options
  const done = await simulate(pool, options, prepared, scratch, runId)
  if (options.lastOnPool === true) await pool.destroy()
  onProgress({ phase: 'write', doneFraction: 0.98, text: 'writing results' })
  const audit = auditProfiles(prepared.profiles, scenario.timeZone)
  const results = resultsOf(runId, version, scenario, prepared, done, audit)
  const { complete } = results
  writeJsonFile(join(scratch, RUN_FILES.results), results)
  writeFileSync(join(scratch, RUN_FILES.scenario), resolvedYaml(scenario))
  const terms = dataTerms(prepared.inputs)
  if (terms !== null) writeFileSync(join(scratch, TERMS_FILE), terms)
  await options.derive?.(scratch, results, scenario)
  writeManifest(scratch, manifestOf(options, prepared, results, scratch, started))
  const target = complete ? dir : `${dir}-partial`
  publish(scratch, target, runId, !complete)
  onProgress({ phase: 'write', doneFraction: 1, text: 'done' })
  const fabric = done.flatMap((community) => community.fabric ?? [])
  return { runId, dir: target, reused: false, results, fabric }
}

/** Of a run that was done before, the journals are brought onto the network. */
async function feedJournals(
  connection: string | undefined,
  dir: string,
  { runId, communities }: RunResults,
): Promise<FeedResult[]> {
  if (connection === undefined) return []
  const { feedJournal } = await import('./fabric-run.ts')
  const done: FeedResult[] = []
  for (const { id, ledger } of withTokens(communities)) {
    const target = { connection, ledger: fabricLedgerName(runId, id) }
    done.push(await feedJournal(join(dir, journalName(id)), target, ledger.stateHash))
  }
  return done
}

/** The results of a run from those of its communities. */
export function resultsOf(
  runId: string,
  version: string,
  { period: { years }, timeZone }: Scenario,
  { axis }: Pick<Prepared, 'axis'>,
  done: readonly CommunityDone[],
  audit: AuditFinding[],
): RunResults {
  const steps = Math.min(...done.map((community) => community.steps))
  return {
    format: 1,
    runId,
    version,
    complete: done.every((community) => community.steps === axis.count * years),
    simulatedDays: (steps * axis.stepSeconds) / 86_400,
    startSeconds: axis.startSeconds,
    stepSeconds: axis.stepSeconds,
    count: Math.min(steps, keptSteps(axis)),
    years,
    timeZone,
    communities: done.map(({ result }) => result),
    audit,
  }
}

/** `<scenario>-<hash>`: equal exactly when scenario, data and version are. */
export function runIdOf(
  scenario: Scenario,
  prepared: { readonly inputs: readonly Pick<InputRecord, 'name' | 'sha256'>[] },
  version: string,
): string {
  const inputs = prepared.inputs.map(({ name, sha256 }) => [name, sha256])
  return `${scenario.name}-${canonicalHash([scenario, inputs, version]).slice(0, 12)}`
}

/** From so many agent-steps (home × interval) on a thread for the ledger saves more than its start costs. */
const MANY_STEPS = 2_000_000

const isLarge = ({ period }: Scenario, { homes }: PreparedCommunity, { count }: TimeAxis): boolean =>
  homes.length * count * period.years >= MANY_STEPS

async function simulate(
  pool: CommunityPool,
  options: RunOptions,
  prepared: Prepared,
  dir: string,
  runId: string,
): Promise<CommunityDone[]> {
  const { scenario, signal, onProgress = () => {} } = options
  const communities = prepared.communities.length
  const board = new Int32Array(new SharedArrayBuffer((1 + communities) * 4))
  const total = communities * prepared.axis.count * scenario.period.years
  const report = () => {
    let steps = 0
    for (let at = 0; at < communities; at++) steps += Atomics.load(board, 1 + at)
    const days = Math.floor((steps * prepared.axis.stepSeconds) / 86_400)
    onProgress({
      phase: 'simulate',
      doneFraction: 0.02 + (0.9 * steps) / total,
      text: `${days} of ${scenario.period.days * scenario.period.years * communities} community-days`,
    })
  }
  const stop = () => Atomics.store(board, 0, 1)
  if (signal?.aborted === true) stop()
  signal?.addEventListener('abort', stop)
  const timer = setInterval(report, 200)
  try {
    const { fabric: connection } = options
    const coreLeft = communities < Math.min(options.workers, availableParallelism())
    const answers = await Promise.all(
      prepared.communities.map((community, index) =>
        pool.run({
          scenario,
          prepared: community,
          axis: prepared.axis,
          dir,
          board,
          index,
          durable: options.durable === true,
          ledgerThread: coreLeft && isLarge(scenario, community, prepared.axis),
          fabric:
            connection === undefined
              ? null
              : { connection, ledger: fabricLedgerName(runId, community.community.id) },
        }),
      ),
    )
    return answers.map((answer) => {
      if ('problems' in answer) throw new VppError(answer.kind, answer.problems)
      return received(answer)
    })
  } finally {
    clearInterval(timer)
    signal?.removeEventListener('abort', stop)
  }
}

/**
 * An error that crossed a thread has lost its code; its message still begins with it. What the system
 * says by a code, SQLite says in words.
 */
const isDiskError = (error: unknown): boolean =>
  error instanceof Error &&
  /^(?:ENOSPC|EIO|EDQUOT|EROFS|EFBIG|ENOMEM): |disk is full|disk I\/O error/.test(error.message)

/** Without tokens there is nothing to keep in a file or to bring onto a network. */
function requireLedger({ scenario, durable, fabric }: RunOptions): void {
  if (scenario.ledger.tokens || (durable !== true && fabric === undefined)) return
  throw new VppError('usage', {
    place: durable === true ? '--durable' : '--ledger fabric',
    problem: 'keeps a ledger, and tokens are off (ledger.tokens: false)',
    fix: 'leave it out, or turn tokens on: --tokens on',
  })
}

/** A run that was done without durable ledgers has none to use again. */
function requireStores(dir: string, { communities }: Prepared): void {
  const missing = communities.find(({ community }) => !existsSync(join(dir, storeName(community.id))))
  if (missing === undefined) return
  throw new VppError('failure', {
    place: dir,
    problem: `was done before without --durable: it has no ${storeName(missing.community.id)}`,
    fix: `remove ${dir} or choose another folder with --out`,
  })
}

function manifestOf(
  { scenario, command, version, workers }: RunOptions,
  prepared: Prepared,
  results: RunResults,
  dir: string,
  started: number,
): Manifest {
  return {
    format: 1,
    runId: results.runId,
    version,
    complete: results.complete,
    command,
    createdAt: new Date().toISOString(),
    durationSeconds: Math.round(performance.now() - started) / 1000,
    node: process.version,
    machine: {
      platform: `${process.platform}-${process.arch}`,
      cores: availableParallelism(),
      memoryGiB: Math.round(totalmem() / 2 ** 30),
    },
    seed: scenario.seed,
    workers,
    inputs: [...prepared.inputs],
    files: hashFiles(dir),
  }
}
