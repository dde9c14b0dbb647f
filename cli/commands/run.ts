import { dirname, join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { CommandModule } from 'yargs'
import { EXIT_CODES, VppError } from '../../data/errors.ts'
import { RUN_FILES } from '../../data/run-files.ts'
import { type CommunityPool, openPool } from '../../sim/community-pool.ts'
import type { RunOutcome } from '../../sim/run.ts'
import { NETWORK_DIR } from '../fabric/folder.ts'
import { print, printJson, say } from '../output.ts'
import { progressLine } from '../progress.ts'
import { version } from '../version.ts'

interface RunArguments {
  scenario: string[]
  out: string
  workers: number
  days?: number
  seed?: number
  tokens?: 'on' | 'off'
  ledger: 'in-process' | 'fabric'
  connection?: string
  durable: boolean
  json: boolean
  quiet: boolean
}

/** Ctrl-C, and how schedulers ask a job to end. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** `vpp run`: scenario → run folder with results, series, ledger and report. */
export const command: CommandModule<object, RunArguments> = {
  command: 'run <scenario...>',
  describe: 'run scenarios and write their reports',
  builder: (yargs) =>
    yargs
      .positional('scenario', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'YAML file, or name in the gallery',
      })
      .option('out', {
        type: 'string',
        default: 'runs',
        requiresArg: true,
        describe: 'folder for the run folders',
      })
      .option('workers', {
        type: 'number',
        requiresArg: true,
        default: availableParallelism(),
        describe: 'worker threads',
      })
      .option('days', { type: 'number', requiresArg: true, describe: 'simulate only this many days' })
      .option('seed', { type: 'number', requiresArg: true, describe: 'another seed than the scenario’s' })
      .option('tokens', {
        choices: ['on', 'off'] as const,
        describe: 'off: energy, market and bills alone, no ledger, faster',
      })
      .option('ledger', {
        choices: ['in-process', 'fabric'] as const,
        default: 'in-process' as const,
        describe: 'where tokens are kept; fabric: on a network too',
      })
      .option('connection', {
        type: 'string',
        requiresArg: true,
        describe: `--ledger fabric: connection file (default ${NETWORK_DIR}/connection.json)`,
      })
      .option('durable', {
        type: 'boolean',
        default: false,
        describe: "keep each community's ledger in an SQLite file too",
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' })
      .check(({ ledger, connection }) => {
        if (connection !== undefined && ledger !== 'fabric')
          throw new VppError('usage', {
            place: '--connection',
            problem: 'is used with --ledger fabric only',
            fix: 'add --ledger fabric, or leave it out',
          })
        return true
      })
      .check(({ workers }) => {
        if (!Number.isInteger(workers) || workers < 1)
          throw new VppError('usage', {
            place: '--workers',
            problem: `is ${workers}; must be a whole number above 0`,
            fix: 'leave it out for one on each core',
          })
        return true
      }) as never,
  handler: async (args) => {
    // Opened before anything else is loaded: its thread loads the engine meanwhile.
    const pool = openPool(args.workers)
    try {
      await runAll(args, pool)
    } finally {
      await pool.destroy()
    }
  },
}

async function runAll(args: RunArguments, pool: CommunityPool): Promise<void> {
  const { loadScenario } = await import('../../scenarios/load.ts')
  const { runScenario } = await import('../../sim/run.ts')
  // All of them are checked before the first is run.
  const loaded = args.scenario.map((name) => ({
    name,
    ...loadScenario(name, {
      ...(args.days === undefined ? {} : { days: args.days }),
      ...(args.seed === undefined ? {} : { seed: args.seed }),
      ...(args.tokens === undefined ? {} : { tokens: args.tokens === 'on' }),
    }),
  }))
  const abort = new AbortController()
  const onInterrupt = () => {
    if (abort.signal.aborted) process.exit(EXIT_CODES.interrupted)
    abort.abort()
    say('\nstopping at the end of the simulated day; press Ctrl-C again to stop at once')
  }
  for (const signal of SIGNALS) process.on(signal, onInterrupt)
  const summaries: object[] = []
  for (const [at, { name, scenario, path, placeOf }] of loaded.entries()) {
    const line = progressLine(name, args.quiet)
    const running = runScenario({
      scenario,
      baseDir: dirname(path),
      placeOf,
      outDir: args.out,
      workers: args.workers,
      pool,
      lastOnPool: at === loaded.length - 1,
      durable: args.durable,
      ...(args.ledger === 'fabric'
        ? { fabric: args.connection ?? join(NETWORK_DIR, 'connection.json') }
        : {}),
      command: commandLine(name, args),
      version,
      signal: abort.signal,
      onProgress: line.report,
      derive: async (dir, results, resolved) => {
        const { kpiJson, computeKpis } = await reporting()
        writeFileSync(join(dir, RUN_FILES.kpi), kpiJson(computeKpis(results, resolved)))
      },
    }).finally(line.end)
    // Loaded while the workers simulate.
    const [outcome, { computeKpis, kpiSummary, writeReport }] = await Promise.all([running, reporting()])
    const report = await writeReport(outcome.dir, { results: outcome.results, scenario })
    const kpi = computeKpis(outcome.results, scenario)
    if (args.json) summaries.push({ ...paths(outcome, report), kpi, fabric: outcome.fabric })
    else print(summary(outcome, report, kpiSummary(kpi)))
    if (!outcome.results.complete) {
      process.exitCode = EXIT_CODES.interrupted
      break
    }
  }
  for (const signal of SIGNALS) process.off(signal, onInterrupt)
  if (args.json) printJson({ format: 1, version, runs: summaries })
}

/** What makes key figures and reports of results: a third of all that the command loads. */
const reporting = async () => ({
  ...(await import('../../reports/kpi/compute.ts')),
  ...(await import('../../reports/render.ts')),
  ...(await import('../kpi-summary.ts')),
})

/** The command that makes the same run again. */
function commandLine(name: string, { days, seed, tokens, durable, ledger }: RunArguments): string {
  const options = [
    days === undefined ? '' : ` --days ${days}`,
    seed === undefined ? '' : ` --seed ${seed}`,
    tokens === undefined ? '' : ` --tokens ${tokens}`,
    durable ? ' --durable' : '',
    ledger === 'fabric' ? ' --ledger fabric' : '',
  ]
  return `vpp run ${name}${options.join('')}`
}

const paths = (outcome: RunOutcome, report: string) => ({
  runId: outcome.runId,
  complete: outcome.results.complete,
  reused: outcome.reused,
  dir: outcome.dir,
  report,
})

function summary(outcome: RunOutcome, report: string, kpis: string): string {
  const state = outcome.results.complete
    ? outcome.reused
      ? ' (done before; every file verified)'
      : ''
    : ` PARTIAL: ${outcome.results.simulatedDays} days`
  const network = outcome.fabric.map(
    ({ ledger, stateHash, transactions, foundThere }) =>
      `fabric  ${ledger}\n        ${transactions} transactions, ${foundThere} found there; both ledgers ${stateHash}`,
  )
  return [
    `${outcome.runId}${state}`,
    kpis,
    '',
    `report  ${report}`,
    `folder  ${outcome.dir}`,
    ...network,
  ].join('\n')
}
