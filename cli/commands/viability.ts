import { existsSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { CommandModule } from 'yargs'
import { EXIT_CODES, VppError } from '../../data/errors.ts'
import { RUN_FILES } from '../../data/run-files.ts'
import { VIABILITY_FILES, type ViabilityStudy } from '../../data/viability-files.ts'
import { computeKpis, kpiJson } from '../../reports/kpi/compute.ts'
import { readRun } from '../../reports/read-run.ts'
import { writeReport } from '../../reports/render.ts'
import type { ReportInput } from '../../reports/report-input.ts'
import { viabilityFile } from '../../reports/viability/file.ts'
import { WRITE_FIX, writeViability } from '../../reports/viability/write.ts'
import { writeWhole } from '../../reports/write-whole.ts'
import { runScenario } from '../../sim/run.ts'
import { print, printJson, say } from '../output.ts'
import { progressLine } from '../progress.ts'
import { checkWorkers, interruptible } from '../sweep/options.ts'
import { version } from '../version.ts'
import { findSubject, type Subject } from '../viability/find-subject.ts'
import { printPdf } from '../viability/print.ts'
import { study } from '../viability/study.ts'
import { usualHome } from '../viability/usual-home.ts'

interface ViabilityArguments {
  subject: string
  runsDir: string
  out?: string
  pdf: boolean
  runs: number
  seed?: number
  workers: number
  json: boolean
  quiet: boolean
}

/** Draws of a study. */
const DRAWS = 500

/** `vpp viability`: scenario or run → `viability.html` and `viability.json`. */
export const command: CommandModule<object, ViabilityArguments> = {
  command: 'viability <subject>',
  describe: 'write the viability report of a scenario or a run',
  builder: (yargs) =>
    yargs
      .positional('subject', {
        type: 'string',
        demandOption: true,
        describe: 'YAML file, name in the gallery, run folder or its name',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: "folder for the report  [default: the run's]",
      })
      .option('pdf', {
        type: 'boolean',
        default: false,
        describe: 'print the report to a PDF too, by Chromium',
      })
      .option('runs-dir', {
        type: 'string',
        default: 'runs',
        requiresArg: true,
        describe: 'folder of the run folders',
      })
      .option('runs', {
        type: 'number',
        requiresArg: true,
        default: DRAWS,
        describe: 'draws of the uncertainty study; 0: none',
      })
      .option('seed', {
        type: 'number',
        requiresArg: true,
        describe: "seed of the draws  [default: the scenario's]",
      })
      .option('workers', {
        type: 'number',
        requiresArg: true,
        default: availableParallelism(),
        describe: 'worker threads',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' })
      .check(({ workers, runs, seed }) => {
        checkWorkers(workers, 1)
        checkWhole('--runs', runs, 100_000)
        if (seed !== undefined) checkWhole('--seed', seed, 0xffff_ffff)
        return true
      }) as never,
  handler: async (args) => {
    const subject = findSubject(args.subject, args.runsDir, version)
    const { signal, end } = interruptible(() => say('\nstopping; press Ctrl-C again to stop at once'))
    try {
      const runDir = subject.runDir ?? (await run(subject, args, signal))
      if (runDir === null) {
        process.exitCode = EXIT_CODES.interrupted
        return
      }
      const report = await readRun(runDir)
      const found = args.runs === 0 ? undefined : await studied(subject, report, runDir, args, signal)
      if (found === null) {
        say(`stopped; what was computed is kept, the same command goes on`)
        process.exitCode = EXIT_CODES.interrupted
        return
      }
      const viability = viabilityFile(report, {
        command: commandLine(subject, args, report),
        ...(found === undefined ? {} : { study: found }),
        sizing: usualHome(),
        letterExists: (file) => existsSync(join(subject.baseDir, file)),
      })
      const dir = args.out ?? runDir
      const path = writeViability(dir, { report, viability })
      const pdf = args.pdf ? join(dir, VIABILITY_FILES.print) : null
      if (pdf !== null) writeWhole(pdf, await printPdf(path), WRITE_FIX)
      if (args.json)
        printJson({
          format: 1,
          version,
          runId: viability.runId,
          report: path,
          pdf,
          data: join(dir, VIABILITY_FILES.data),
        })
      else
        print(
          [
            `viability  ${path}`,
            ...(pdf === null ? [] : [`pdf        ${pdf}`]),
            `data       ${join(dir, VIABILITY_FILES.data)}`,
          ].join('\n'),
        )
    } finally {
      end()
    }
  },
}

/** Runs the scenario, or finds its finished run; null: it was stopped. */
async function run(
  { scenario, baseDir, placeOf, name }: Subject,
  { runsDir, workers, quiet }: ViabilityArguments,
  signal: AbortSignal,
): Promise<string | null> {
  const line = progressLine(name, quiet)
  const outcome = await runScenario({
    scenario,
    baseDir,
    ...(placeOf === undefined ? {} : { placeOf }),
    outDir: runsDir,
    workers,
    command: `vpp run ${name}`,
    version,
    signal,
    onProgress: line.report,
    derive: (dir, results, resolved) =>
      writeFileSync(join(dir, RUN_FILES.kpi), kpiJson(computeKpis(results, resolved))),
  }).finally(line.end)
  if (!outcome.results.complete) return null
  await writeReport(outcome.dir)
  return outcome.dir
}

/** The uncertainty study; null: it was stopped. */
async function studied(
  subject: Subject,
  report: ReportInput,
  runDir: string,
  { runs, seed, runsDir, workers, quiet }: ViabilityArguments,
  signal: AbortSignal,
): Promise<ViabilityStudy | null> {
  const line = progressLine(`${subject.name}, study`, quiet)
  return study(subject, report, {
    draws: runs,
    seed: seed ?? report.manifest.seed,
    runDir,
    runsDir,
    version,
    workers,
    signal,
    onProgress: line.report,
  }).finally(line.end)
}

/**
 * The command that makes the same report again, also where the run is not there: of a run whose command had options, that
 * command first.
 */
function commandLine(
  { runDir, name }: Subject,
  { runs, seed }: ViabilityArguments,
  { manifest }: ReportInput,
): string {
  const plain = /^vpp run (\S+)$/.exec(manifest.command)?.[1]
  const [before, of] =
    runDir === null
      ? ['', name]
      : plain === undefined
        ? [`${manifest.command} && `, manifest.runId]
        : ['', plain]
  return `${before}vpp viability ${of}${runs === DRAWS ? '' : ` --runs ${runs}`}${seed === undefined ? '' : ` --seed ${seed}`}`
}

function checkWhole(option: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= most) return
  throw new VppError('usage', {
    place: option,
    problem: `is ${value}; must be a whole number from 0 to ${most}`,
    fix: 'leave it out for the default',
  })
}
