import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { CommandModule } from 'yargs'
import { QUEUE_OPTIONS } from '../sweep/queue-options.ts'
import { EXIT_CODES, VppError } from '../../data/errors.ts'
import { FIGURES } from '../../reports/kpi/figures.ts'
import { loadSweep } from '../../scenarios/sweep/load.ts'
import { type Design, DESIGNS } from '../../scenarios/sweep/schema.ts'
import type { Sweep } from '../../scenarios/sweep/sweep.ts'
import { estimate } from '../../sim/batch/estimate.ts'
import { SWEEP_FILES, SweepFolder } from '../../sim/batch/folder.ts'
import { localEngine } from '../../sim/batch/local.ts'
import { planRuns, shardIndices } from '../../sim/batch/plan.ts'
import { runSweep, type SweepOutcome } from '../../sim/batch/run-sweep.ts'
import { shardOf } from '../../sim/batch/shard.ts'
import { ResultStore } from '../../sim/batch/store.ts'
import { print, printJson, say } from '../output.ts'
import { duration, progressLine } from '../progress.ts'
import { checkWorkers, FIGURES_URL, interruptible } from '../sweep/options.ts'
import { version } from '../version.ts'

interface SweepArguments {
  sweep: string
  out: string
  vary: string[]
  set: string[]
  tokens?: 'on' | 'off'
  design?: Design
  samples?: number
  sampleSeed?: number
  name?: string
  workers: number
  series: boolean
  resume: boolean
  retry: boolean
  dryRun: boolean
  shard?: string
  merge: boolean
  from: string[]
  engine: 'local' | 'bullmq'
  redis: string
  queue: string
  json: boolean
  quiet: boolean
}

/** `vpp sweep`: many runs of one scenario, a row of key figures each. */
export const command: CommandModule<object, SweepArguments> = {
  command: 'sweep <sweep>',
  describe: 'run a scenario many times with other values',
  builder: (yargs) =>
    yargs
      .positional('sweep', {
        type: 'string',
        demandOption: true,
        describe: 'sweep file (YAML), folder of a sweep, or scenario with --vary',
      })
      .option('vary', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [],
        describe: 'PATH=1,2,3 or PATH=0..1 or PATH=0..1/5 (a grid’s steps); may repeat',
      })
      .option('set', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [],
        describe: 'PATH=VALUE for all runs; may repeat',
      })
      .option('tokens', {
        choices: ['on', 'off'] as const,
        describe: 'off: as --set ledger.tokens=false: no ledger, many times faster',
      })
      .option('design', { choices: DESIGNS, describe: 'how points are chosen  [default: grid]' })
      .option('samples', {
        type: 'number',
        requiresArg: true,
        describe: 'points of latin-hypercube and sobol',
      })
      .option('sample-seed', { type: 'number', requiresArg: true, describe: 'seed of the points’ draws' })
      .option('name', { type: 'string', requiresArg: true, describe: 'name of the sweep’s folder' })
      .option('out', {
        type: 'string',
        default: 'runs',
        requiresArg: true,
        describe: 'folder for results and the sweep’s folder',
      })
      .option('workers', {
        type: 'number',
        requiresArg: true,
        default: availableParallelism(),
        describe: 'runs at once (bullmq: in this process, 0 for none)',
      })
      .option('series', { type: 'boolean', default: false, describe: 'keep every run’s time series' })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'check all points; estimate runs, time and space',
      })
      .option('resume', {
        type: 'boolean',
        default: false,
        describe: 'only go on with a sweep that was begun (one that was goes on by itself)',
      })
      .option('retry', { type: 'boolean', default: false, describe: 'run again what failed' })
      .option('shard', {
        type: 'string',
        requiresArg: true,
        describe: 'only part I of N, I/N; auto: from Slurm or Kubernetes',
      })
      .option('merge', {
        type: 'boolean',
        default: false,
        describe: 'compute nothing: make the table of what shards did',
      })
      .option('from', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [],
        describe: 'with --merge: another --out to take from; may repeat',
      })
      .option('engine', {
        choices: ['local', 'bullmq'] as const,
        default: 'local' as const,
        describe: 'who computes: threads here, or workers of a queue',
      })
      .options(QUEUE_OPTIONS)
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' })
      .check(checkArguments as never) as never,
  handler: async (args) => {
    const sweep = load(args)
    const folder = new SweepFolder(join(args.out, sweep.idOf(version)))
    if (args.resume && !folder.exists)
      throw new VppError('usage', {
        place: folder.dir,
        problem: 'was not begun: nothing to resume',
        fix: 'leave --resume out, or name the --out that it was begun with',
      })
    await (args.dryRun ? dryRun(sweep, args) : go(sweep, args))
  },
}

const refuse = (place: string, problem: string, fix: string): never => {
  throw new VppError('usage', { place, problem, fix })
}

function checkArguments(args: SweepArguments): true {
  checkWorkers(args.workers, args.engine === 'bullmq' ? 0 : 1)
  if (args.series && args.engine === 'bullmq')
    refuse('--series', 'is not possible on a queue', 'use the local engine, with --shard on many machines')
  if (args.merge && (args.shard !== undefined || args.retry || args.dryRun))
    refuse('--merge', 'computes nothing', 'leave --shard, --retry and --dry-run out')
  if (args.from.length > 0 && !args.merge) refuse('--from', 'belongs to --merge', 'add --merge')
  for (const dir of args.from)
    if (!existsSync(dir)) refuse(`--from ${dir}`, 'is not there', 'name the --out of a shard')
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(args.queue))
    refuse('--queue', `is ${JSON.stringify(args.queue)}`, 'use lower-case letters, digits and hyphens')
  return true
}

/** From a sweep file, a scenario with flags, or the folder of a sweep that was begun. */
function load(args: SweepArguments): Sweep {
  const folders = [args.sweep, join(args.out, args.sweep)].map((dir) => new SweepFolder(dir))
  const folder = folders.find((one) => one.exists)
  const { vary, design, samples, sampleSeed, name, tokens } = args
  const set = [...args.set, ...(tokens === undefined ? [] : [`ledger.tokens=${tokens === 'on'}`])]
  const changes = [...vary, ...set, design, samples, sampleSeed, name].some((one) => one !== undefined)
  if (folder !== undefined) {
    if (changes)
      refuse(folder.dir, 'is a sweep that was begun; its points are fixed', 'give its file with the flags')
    return folder.read()
  }
  return loadSweep(args.sweep, {
    vary,
    set,
    ...(design === undefined ? {} : { design }),
    ...(samples === undefined ? {} : { samples }),
    ...(sampleSeed === undefined ? {} : { sampleSeed }),
    ...(name === undefined ? {} : { name }),
  })
}

async function dryRun(sweep: Sweep, args: SweepArguments): Promise<void> {
  const shard = args.shard === undefined ? null : shardOf(args.shard, process.env)
  const planned = planRuns(sweep, shardIndices(sweep.points.length, shard), version)
  const store = new ResultStore(args.out)
  const folder = new SweepFolder(join(args.out, sweep.idOf(version)))
  const unusable = planned.filter(({ failure }) => failure !== undefined).length
  const usable = planned.filter(({ failure }) => failure === undefined)
  const open = usable.filter(
    ({ key }) => store.read(key) === undefined || (args.series && !folder.hasSeries(key)),
  )
  const { runSeconds, totalSeconds, bytes } = await estimate(sweep, open, {
    workers: Math.max(1, args.workers),
    version,
    figures: FIGURES_URL,
    series: args.series,
  })
  const done = usable.length - open.length
  if (args.json)
    printJson({
      format: 1,
      version,
      sweepId: sweep.idOf(version),
      points: planned.length,
      done,
      unusable,
      toRun: open.length,
      workers: args.workers,
      secondsPerRun: runSeconds,
      seconds: totalSeconds,
      bytes: Math.round(bytes),
    })
  else
    print(
      [
        `${sweep.idOf(version)}: ${planned.length} points, ${done} done before, ${open.length} to run${
          unusable === 0 ? '' : `, ${unusable} whose data cannot be used`
        }`,
        `  time   about ${duration(totalSeconds)} on ${args.workers} workers (${runSeconds.toFixed(2)} s a run)`,
        `  space  about ${size(bytes)}`,
        `  from short trial runs; nothing was written`,
      ].join('\n'),
    )
}

const size = (bytes: number): string =>
  bytes < 1e6
    ? `${Math.ceil(bytes / 1000)} kB`
    : bytes < 1e9
      ? `${(bytes / 1e6).toFixed(1)} MB`
      : `${(bytes / 1e9).toFixed(1)} GB`

async function go(sweep: Sweep, args: SweepArguments): Promise<void> {
  const started = performance.now()
  const createdAt = new Date().toISOString()
  const shard = args.shard === undefined ? null : shardOf(args.shard, process.env)
  const { signal, end } = interruptible(() =>
    say('\nstopping; finished runs are kept. Press Ctrl-C again to stop at once'),
  )
  const line = progressLine(sweep.name, args.quiet)
  const { workers, redis: url, queue, retry } = args
  const engine =
    args.engine === 'bullmq'
      ? (await import('../../sim/batch/queue/engine.ts')).queueEngine({
          url,
          queue,
          version,
          workers,
          again: retry,
        })
      : localEngine(workers)
  const outcome = await runSweep({
    sweep,
    outDir: args.out,
    version,
    engine,
    figures: { url: FIGURES_URL, columns: FIGURES },
    series: args.series,
    retry,
    shard,
    collect: args.merge ? args.from : null,
    signal,
    onProgress: line.report,
    manifest: () => ({
      format: 1,
      command: `vpp ${process.argv
        .slice(2)
        .join(' ')
        .replace(/:\/\/[^@\s]*@/g, '://…@')}`,
      version,
      node: process.version,
      workers,
      engine: args.engine,
      createdAt,
      durationSeconds: Math.round(performance.now() - started) / 1000,
    }),
  }).finally(() => {
    line.end()
    end()
  })
  if (args.json) printJson(summaryJson(outcome))
  else print(summary(outcome, args))
  if (signal.aborted && outcome.missing > 0) process.exitCode = EXIT_CODES.interrupted
  else if (outcome.failed > 0 || outcome.missing > 0) process.exitCode = EXIT_CODES.failure
}

/** The outcome without its rows: those are in the table. */
const summaryJson = (outcome: SweepOutcome) => ({ format: 1, version, ...outcome, rows: undefined })

const SHOWN_FAILURES = 3

function summary(outcome: SweepOutcome, args: SweepArguments): string {
  const { sweepId, points, computed, reused, failed, missing, failures, table, dir } = outcome
  const counts = [
    `${computed} computed`,
    `${reused} there before`,
    ...(failed > 0 ? [`${failed} FAILED`] : []),
    ...(missing > 0 ? [`${missing} MISSING`] : []),
  ]
  const shown = failures.slice(0, SHOWN_FAILURES).map(({ index, message }) => `  ${index}: ${message}`)
  const again = `vpp sweep ${dir} --out ${args.out}`
  return [
    `${sweepId}  ${points} runs: ${counts.join(', ')}`,
    ...shown,
    ...(failures.length > SHOWN_FAILURES ? [`  and ${failures.length - SHOWN_FAILURES} more`] : []),
    ...(failed > 0 ? [`failed  ${join(dir, SWEEP_FILES.failures)}  (${again} --retry runs them again)`] : []),
    ...(missing > 0 && !args.merge ? [`rest    ${again}`] : []),
    table === null ? `shard   when all are done: ${again} --merge` : `table   ${table}`,
    `folder  ${dir}`,
  ].join('\n')
}
