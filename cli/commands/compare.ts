import { writeFileSync, existsSync, mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { CommandModule } from 'yargs'
import { VppError } from '../../data/errors.ts'
import { RUN_FILES } from '../../data/run-files.ts'
import { compareRows, compareRuns, type Comparison } from '../../reports/compare/comparison.ts'
import { changeText, comparisonPage, valueText } from '../../reports/compare/page.ts'
import { computeKpis, kpiJson } from '../../reports/kpi/compute.ts'
import { FIGURES } from '../../reports/kpi/figures.ts'
import { galleryNames } from '../../scenarios/gallery.ts'
import { loadScenario } from '../../scenarios/load.ts'
import { loadSweep } from '../../scenarios/sweep/load.ts'
import { localEngine } from '../../sim/batch/local.ts'
import { runSweep, WHOLE_SWEEP } from '../../sim/batch/run-sweep.ts'
import { runScenario } from '../../sim/run.ts'
import { fieldColumns, isSweep, rowsItem, runItem, type SweepRow, sweepRows } from '../compare/read-items.ts'
import { findRun } from '../find-run.ts'
import { print, printJson, table } from '../output.ts'
import { progressLine } from '../progress.ts'
import { FIGURES_URL } from '../sweep/options.ts'
import { version } from '../version.ts'

interface CompareArguments {
  items: string[]
  out: string
  over: 'homes' | 'months'
  by?: string
  seeds?: number
  days?: number
  bootstrapSeed: number
  html?: string
  json: boolean
  quiet: boolean
}

/** `vpp compare`: key figures side by side, and paired differences with intervals. */
export const command: CommandModule<object, CompareArguments> = {
  command: 'compare <items...>',
  describe: 'compare runs, sweeps or scenarios',
  builder: (yargs) =>
    yargs
      .positional('items', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'run folders, sweep folders or scenarios; the first is what others are held against',
      })
      .option('over', {
        choices: ['homes', 'months'] as const,
        default: 'homes' as const,
        describe: 'what is paired between runs',
      })
      .option('by', {
        type: 'string',
        requiresArg: true,
        describe: 'compare the rows of one sweep by this field',
      })
      .option('seeds', {
        type: 'number',
        requiresArg: true,
        describe: 'run scenarios with seeds 1 to N, and pair over seeds',
      })
      .option('days', { type: 'number', requiresArg: true, describe: 'scenarios: only this many days' })
      .option('bootstrap-seed', {
        type: 'number',
        requiresArg: true,
        default: 1,
        describe: 'seed of the resampling',
      })
      .option('out', { type: 'string', default: 'runs', requiresArg: true, describe: 'folder of the runs' })
      .option('html', { type: 'string', requiresArg: true, describe: 'page to write  [default: in --out]' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' }) as never,
  handler: async (args) => {
    const comparison = await compare(args)
    const path =
      args.html ??
      join(
        args.out,
        `compare-${comparison.items
          .join('-')
          .replaceAll(/[^\w.-]+/g, '-')
          .slice(0, 180)}.html`,
      )
    mkdirSync(dirname(resolve(path)), { recursive: true })
    writeFileSync(path, comparisonPage(comparison))
    if (args.json) printJson({ version, page: path, ...comparison })
    else print(`${summary(comparison)}\n\npage  ${path}`)
  },
}

const refuse = (place: string, problem: string, fix: string): never => {
  throw new VppError('usage', { place, problem, fix })
}

async function compare(args: CompareArguments): Promise<Comparison> {
  const { items, by, seeds, bootstrapSeed: seed, over } = args
  const folders = items.map((item) => [item, join(args.out, item)].find(isSweep))
  const sweeps = folders.filter((folder) => folder !== undefined)
  if (by !== undefined) {
    if (items.length !== 1 || sweeps.length !== 1)
      refuse('--by', 'belongs to one sweep', 'name one folder of a sweep')
    return compareRows(groups(await sweepRows(sweeps[0]), by), seed)
  }
  if (items.length < 2) refuse('vpp compare', 'has one item', 'name another, or a sweep with --by FIELD')
  if (sweeps.length > 0 && sweeps.length < items.length)
    refuse('vpp compare', 'a sweep and a run cannot be paired', 'compare sweeps with sweeps')
  if (sweeps.length > 0) {
    const tables = await Promise.all(sweeps.map(sweepRows))
    const columns = fieldColumns(tables[0]).filter((name) =>
      tables.every((rows) => fieldColumns(rows).includes(name)),
    )
    return compareRows(
      tables.map((rows, at) =>
        rowsItem(items[at].replace(/\/+$/, '').split('/').at(-1) ?? '', rows, columns),
      ),
      seed,
    )
  }
  if (seeds !== undefined) return compareSeeds(args, seeds)
  const runs = []
  for (const item of items)
    runs.push(runItem(isScenario(item) ? await runFolder(item, args) : findRun(item, args.out)))
  return compareRuns(distinct(runs), over, seed)
}

const isScenario = (item: string): boolean => galleryNames().includes(item) || /\.ya?ml$/i.test(item)

/** Rows of one sweep as one item for each value of a field. */
function groups(rows: readonly SweepRow[], by: string) {
  const columns = fieldColumns(rows)
  if (!columns.includes(by)) refuse('--by', `${by} does not vary`, `choose one of ${columns.join(', ')}`)
  const rest = columns.filter((name) => name !== by)
  const parts = Map.groupBy(rows, (row) => String(row[by]))
  if (parts.size < 2) refuse('--by', `${by} has one value`, 'choose a field that varies')
  return [...parts].map(([value, part]) => rowsItem(`${by.split('.').at(-1)} ${value}`, part, rest))
}

async function runFolder(name: string, args: CompareArguments): Promise<string> {
  const { scenario, path, placeOf } = loadScenario(name, args.days === undefined ? {} : { days: args.days })
  const line = progressLine(name, args.quiet)
  const { dir } = await runScenario({
    scenario,
    baseDir: dirname(path),
    placeOf,
    outDir: args.out,
    workers: availableParallelism(),
    command: `vpp run ${name}${args.days === undefined ? '' : ` --days ${args.days}`}`,
    version,
    onProgress: line.report,
    derive: (folder, results, resolved) =>
      writeFileSync(join(folder, RUN_FILES.kpi), kpiJson(computeKpis(results, resolved))),
  }).finally(line.end)
  return dir
}

/** Scenarios with the same seeds, paired seed by seed. */
async function compareSeeds(args: CompareArguments, seeds: number): Promise<Comparison> {
  if (!Number.isInteger(seeds) || seeds < 1) refuse('--seeds', `is ${seeds}`, 'give a whole number above 0')
  const items = []
  for (const name of args.items) {
    if (!isScenario(name) || (!galleryNames().includes(name) && !existsSync(name)))
      refuse(name, 'is no scenario', '--seeds runs scenarios')
    const line = progressLine(name, args.quiet)
    const outcome = await runSweep({
      sweep: loadSweep(name, {
        vary: [`seed=1..${seeds}/${seeds}`],
        set: args.days === undefined ? [] : [`period.days=${args.days}`],
      }),
      outDir: args.out,
      version,
      engine: localEngine(availableParallelism()),
      figures: { url: FIGURES_URL, columns: FIGURES },
      ...WHOLE_SWEEP,
      signal: new AbortController().signal,
      onProgress: line.report,
      manifest: () => ({ format: 1, version }),
    }).finally(line.end)
    if (outcome.failed > 0)
      throw new VppError('failure', {
        place: name,
        problem: `${outcome.failed} of its runs failed: ${outcome.failures[0]?.message}`,
        fix: `see ${outcome.dir}`,
      })
    const rows = new Map(outcome.rows.map(({ record }) => [`seed=${record.seed}`, record.figures]))
    items.push({ name, rows })
  }
  return compareRows(distinct(items), args.bootstrapSeed)
}

/** Items of the same name get a number. */
const distinct = <T extends { readonly name: string }>(items: readonly T[]): T[] =>
  items.map((item, at) => {
    const before = items.slice(0, at).filter(({ name }) => name === item.name).length
    return before === 0 ? item : { ...item, name: `${item.name} (${before + 1})` }
  })

const WIDTH = 80

/** Key figures in columns, then what the pairs say; names of figures stand last, where they can be wrapped. */
function summary(comparison: Comparison): string {
  const { items, kpis, paired, over } = comparison
  const changed = kpis.filter(({ differences }) => differences.some((one) => one !== null && one !== 0))
  const letters = items.map((_, at) => String.fromCodePoint(65 + at))
  const head = [...letters.flatMap((letter, at) => (at === 0 ? [letter] : [letter, `${letter} − A`])), '']
  const name = (label: string, unit: string) => (unit === 'fraction' ? label : `${label}, ${unit}`)
  const rows = changed.map((row) => [
    ...row.values.flatMap((value, at) => [
      valueText(value, row.unit),
      ...(at === 0 ? [] : [changeText(row.differences[at], row.unit)]),
    ]),
    name(row.label, row.unit),
  ])
  const pairs = paired.flatMap((row) =>
    row.others.map(({ mean, interval, pairs: count }, at) => [
      `${letters[at + 1]} − A`,
      changeText(mean, row.unit),
      interval === null ? '' : `${changeText(interval[0], row.unit)} to ${changeText(interval[1], row.unit)}`,
      String(count),
      name(row.label, row.unit),
    ]),
  )
  const numbers = head.map((_, at) => at < head.length - 1)
  const pairsHead = ['', 'mean', '95 % interval', over, '']
  return [
    ...items.map((item, at) => `${letters[at]}  ${item}`),
    '',
    changed.length === 0 ? 'no key figure differs' : table([head, ...rows], numbers, WIDTH),
    ...(pairs.length === 0
      ? []
      : ['', table([pairsHead, ...pairs], [false, true, true, true, false], WIDTH)]),
    ...comparison.notes,
  ].join('\n')
}
