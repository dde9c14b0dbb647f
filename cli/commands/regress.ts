import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { CommandModule } from 'yargs'
import { EXIT_CODES, VppError } from '../../data/errors.ts'
import { FIGURES } from '../../reports/kpi/figures.ts'
import { galleryNames } from '../../scenarios/gallery.ts'
import { loadScenario } from '../../scenarios/load.ts'
import { sweepSchema } from '../../scenarios/sweep/schema.ts'
import { buildSweep, type Sweep } from '../../scenarios/sweep/sweep.ts'
import { writeDurably } from '../../sim/batch/durable-file.ts'
import { localEngine } from '../../sim/batch/local.ts'
import { runSweep, WHOLE_SWEEP } from '../../sim/batch/run-sweep.ts'
import { findRun } from '../find-run.ts'
import { print, printJson } from '../output.ts'
import { progressLine } from '../progress.ts'
import { type CheckedScenario, checkFigures, differenceText } from '../regress/check.ts'
import { type GoldenScenario, type LoadedGolden, readGolden } from '../regress/golden.ts'
import { gitHubAnnotations, junitXml } from '../regress/output.ts'
import { byteDifferences } from '../regress/same-bytes.ts'
import { updateGolden } from '../regress/update.ts'
import { FIGURES_URL } from '../sweep/options.ts'
import { version } from '../version.ts'

interface RegressArguments {
  golden: string[]
  bytes: boolean
  out: string
  workers: number
  update: boolean
  reason?: string
  junit?: string
  github: boolean
  json: boolean
  quiet: boolean
}

/** `vpp regress`: key figures against golden ones, for CI; two runs byte by byte. */
export const command: CommandModule<object, RegressArguments> = {
  command: 'regress <golden...>',
  describe: 'hold key figures to golden ones; exit 4 where they differ',
  builder: (yargs) =>
    yargs
      .positional('golden', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'golden file; with --bytes: two runs or sweeps',
      })
      .option('bytes', {
        type: 'boolean',
        default: false,
        describe: 'compare the files of two runs or sweeps byte by byte',
      })
      .option('update', { type: 'boolean', default: false, describe: 'put what is found into the file' })
      .option('reason', { type: 'string', requiresArg: true, describe: 'why, kept in the file' })
      .option('junit', { type: 'string', requiresArg: true, describe: 'JUnit XML file to write' })
      .option('github', {
        type: 'boolean',
        default: process.env.GITHUB_ACTIONS === 'true',
        defaultDescription: 'where GITHUB_ACTIONS is true',
        describe: 'annotations in GitHub’s form',
      })
      .option('out', {
        type: 'string',
        default: 'runs',
        requiresArg: true,
        describe: 'with --bytes: folder of the runs',
      })
      .option('workers', {
        type: 'number',
        requiresArg: true,
        default: availableParallelism(),
        describe: 'runs at once',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' }) as never,
  handler: async (args) => {
    if (args.bytes) return sameBytes(args)
    if (args.golden.length !== 1) refuse('vpp regress', 'takes one golden file', 'name one')
    if (args.update !== (args.reason !== undefined && args.reason.trim() !== ''))
      refuse('--update', 'needs --reason, and --reason --update', '--update --reason "why they changed"')
    const [file] = args.golden
    const loaded = readGolden(file)
    // Results of before are not used: the same version may be other code.
    const outDir = mkdtempSync(join(tmpdir(), 'vpp-regress-'))
    const checked = await checkAll(file, loaded, outDir, args).finally(() =>
      rmSync(outDir, { recursive: true, force: true }),
    )
    if (args.update) return update(file, loaded, checked, args)
    tell(file, loaded, checked, args)
  },
}

const refuse = (place: string, problem: string, fix: string): never => {
  throw new VppError('usage', { place, problem, fix })
}

function sameBytes({ golden, out, json }: RegressArguments): void {
  if (golden.length !== 2) refuse('--bytes', 'takes two runs or sweeps', 'name two folders')
  const [a, b] = golden.map((name) => (existsSync(name) ? name : findRun(name, out)))
  const { files, differences } = byteDifferences(a, b)
  if (json) printJson({ format: 1, equal: differences.length === 0, files, differences })
  else if (differences.length === 0) print(`equal: ${files} files, byte by byte`)
  else print(differences.join('\n'))
  if (differences.length > 0) process.exitCode = EXIT_CODES.differs
}

type Found = CheckedScenario & { readonly found: Readonly<Record<string, number | null>> }

/** A golden scenario as a sweep of one point. */
function asSweep(
  file: string,
  entry: GoldenScenario,
  place: (path: readonly PropertyKey[]) => string,
): Sweep {
  const beside = resolve(dirname(file), entry.scenario)
  const named = galleryNames().includes(entry.scenario) ? entry.scenario : beside
  if (named === beside && !existsSync(beside))
    throw new VppError('invalid', {
      place: place(['scenario']),
      problem: `the scenario ${JSON.stringify(entry.scenario)} is not there`,
      fix: `name a file relative to the golden one, or one of ${galleryNames().join(', ')}`,
    })
  const { scenario, path } = loadScenario(named)
  const spec = sweepSchema.parse({
    sweep: 1,
    scenario: entry.scenario,
    set: entry.set,
    design: 'list',
    points: [{ seed: entry.set.seed ?? scenario.seed }],
  })
  return buildSweep(spec, { scenario, baseDir: dirname(path), shown: entry.scenario }, (at) =>
    place(at[0] === 'set' ? at : ['set']),
  )
}

async function checkAll(
  file: string,
  { golden, placeOf }: LoadedGolden,
  outDir: string,
  args: RegressArguments,
): Promise<Found[]> {
  const all: Found[] = []
  for (const [index, entry] of golden.scenarios.entries()) {
    const started = performance.now()
    const sweep = asSweep(file, entry, (path) => `${file}:${placeOf(['scenarios', index, ...path])}`)
    const line = progressLine(entry.name ?? entry.scenario, args.quiet)
    const { rows, failures } = await runSweep({
      sweep,
      outDir,
      version,
      engine: localEngine(args.workers),
      figures: { url: FIGURES_URL, columns: FIGURES },
      ...WHOLE_SWEEP,
      retry: true,
      signal: new AbortController().signal,
      onProgress: line.report,
      manifest: () => ({ format: 1, version }),
    }).finally(line.end)
    if (rows.length === 0)
      throw new VppError('failure', {
        place: `${file}:${placeOf(['scenarios', index])}`,
        problem: `the run failed: ${failures[0]?.message}`,
        fix: '',
      })
    const [{ record }] = rows
    all.push({
      name: entry.name ?? entry.scenario,
      index,
      runId: record.key,
      ...checkFigures(entry, golden, record.figures),
      found: record.figures,
      seconds: Math.round(performance.now() - started) / 1000,
    })
  }
  return all
}

function update(
  file: string,
  { document, golden }: LoadedGolden,
  checked: readonly Found[],
  args: RegressArguments,
) {
  const date = new Date().toISOString().slice(0, 10)
  const reason = args.reason ?? ''
  const changed = updateGolden(document, golden, checked, { date, version, reason })
  if (changed.length > 0) writeDurably(file, document.toString({ lineWidth: 0 }))
  if (args.json) printJson({ format: 1, version, file, changed })
  else print(changed.length === 0 ? `${file}: nothing changed` : `${changed.join('\n')}\n\nfile  ${file}`)
}

function tell(
  file: string,
  { placeOf }: LoadedGolden,
  checked: readonly Found[],
  args: RegressArguments,
): void {
  if (args.junit !== undefined) writeFileSync(args.junit, junitXml(checked))
  const differing = checked.reduce((sum, { figures }) => sum + figures.filter(({ ok }) => !ok).length, 0)
  const empty = checked.filter(({ figures }) => figures.length === 0)
  const figures = checked.reduce((sum, one) => sum + one.figures.length, 0)
  if (args.json)
    printJson({
      format: 1,
      version,
      file,
      equal: differing === 0 && empty.length === 0,
      scenarios: checked.map(({ found: _found, ...one }) => one),
    })
  else {
    for (const one of checked) {
      const wrong = one.figures.filter(({ ok }) => !ok)
      print(
        `${one.name}  ${wrong.length === 0 ? `${one.figures.length} figures as golden` : `${wrong.length} of ${one.figures.length} figures DIFFER`}`,
      )
      for (const figure of wrong) print(`  ${differenceText(figure)}`)
    }
    if (differing > 0)
      print(`\n${differing} of ${figures} differ; where this is right: --update --reason "…"`)
  }
  if (args.github) for (const line of gitHubAnnotations(file, checked, placeOf)) print(line)
  if (empty.length > 0)
    throw new VppError('differs', {
      place: file,
      problem: `${empty.map(({ name }) => name).join(', ')} has no golden figures yet`,
      fix: '--update --reason "first figures" puts them in',
    })
  if (differing > 0) process.exitCode = EXIT_CODES.differs
}
