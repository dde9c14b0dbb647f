import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { zstdDecompressSync } from 'node:zlib'
import { RUN_FILES, type RunResults } from '../../data/run-files.ts'
import { computeKpis, type KpiEntry, kpiJson } from '../../reports/kpi/compute.ts'
import type { KpiId } from '../../reports/kpi/registry.ts'
import { blockIntervals } from '../../reports/home-series.ts'
import { writeReport } from '../../reports/render.ts'
import { loadScenario } from '../../scenarios/load.ts'
import { type Scenario, type ScenarioInput, scenarioSchema } from '../../scenarios/schema.ts'
import { sweepSchema, type FieldValue } from '../../scenarios/sweep/schema.ts'
import { buildSweep } from '../../scenarios/sweep/sweep.ts'
import { runScenario } from '../../sim/run.ts'
import type { FabricNetwork } from './fabric.ts'
import { outFolder, version } from './place.ts'

/** How a run is made. */
export interface RunOptions {
  /** Fields to change, by path: `{ 'period.days': 7, 'communities[].homes[].battery.capacityKwh': 10 }`. */
  readonly set?: Readonly<Record<string, FieldValue>>
  /** Folder for the run's folder; else `runs`. */
  readonly out?: string
  /** Folder that data files of a scenario given as an object are relative to; else the current one. */
  readonly baseDir?: string
  readonly workers?: number
  /** Bring the tokens onto this Fabric network too; at the end both ledgers must hold the same state. */
  readonly network?: FabricNetwork
}

/** A community's ledger on a Fabric network: its name there, its state's hash, transactions brought there. */
export interface FabricState {
  readonly ledger: string
  readonly stateHash: string
  readonly transactions: number
}

/** A finished run: its results, and where its files are. */
export interface Run {
  readonly id: string
  /** Folder with everything that `vpp run` leaves. */
  readonly dir: string
  readonly scenario: Scenario
  /** What the figures are made of, whole milliwatt-hours and micro-dollars. */
  readonly results: RunResults
  /** Key figures by their ids; null: not defined for this run. */
  readonly kpi: Readonly<Record<KpiId, number | null>>
  /** The same with label, unit, formula and source. */
  readonly kpis: readonly KpiEntry[]
  /** What the network holds, by community; empty without one. */
  readonly fabric: readonly FabricState[]
  /** Writes `report.html` and tells its path. */
  readonly report: () => Promise<string>
}

/**
 * A scenario with some fields changed, by their paths, and checked again.
 * @throws VppError('invalid')
 */
export function withFields(
  scenario: Scenario,
  set: Readonly<Record<string, FieldValue>>,
  baseDir = '.',
): Scenario {
  if (Object.keys(set).length === 0) return scenario
  const spec = sweepSchema.parse({ sweep: 1, scenario: scenario.name, design: 'list', points: [set] })
  return buildSweep(spec, { scenario, baseDir, shown: scenario.name }, () => 'set').scenarioAt(0)
}

/**
 * Runs a scenario: a name of the gallery, a YAML file, or an object as the YAML would hold it. A run that was
 * done before is verified and used again.
 * @throws VppError('invalid') with the place of what is wrong in the scenario or its data
 */
export async function run(scenario: string | ScenarioInput, options: RunOptions = {}): Promise<Run> {
  const { set = {}, out = outFolder(), workers = availableParallelism() } = options
  const loaded =
    typeof scenario === 'string'
      ? loadScenario(scenario)
      : { scenario: scenarioSchema.parse(scenario), path: join(options.baseDir ?? '.', 'scenario') }
  const resolved = withFields(loaded.scenario, set)
  const { runId, dir, results, fabric } = await runScenario({
    scenario: resolved,
    baseDir: dirname(loaded.path),
    outDir: out,
    workers,
    command: 'run() of a notebook',
    version,
    ...(options.network === undefined ? {} : { fabric: options.network.connection }),
    derive: (folder, found, made) =>
      writeFileSync(join(folder, RUN_FILES.kpi), kpiJson(computeKpis(found, made))),
  })
  const { kpis } = computeKpis(results, resolved)
  const kpi = Object.fromEntries(kpis.map(({ id, value }) => [id, value])) as Record<KpiId, number | null>
  return { id: runId, dir, scenario: resolved, results, kpi, kpis, fabric, report: () => writeReport(dir) }
}

const compressors = { ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)) }

/** One interval of a home or of the market: start, and numbers by column. */
export interface SeriesRow {
  readonly interval_start_utc: Date
  /** Name of the home; in the market's series there is none. */
  readonly home?: string
  readonly [column: string]: unknown
}

/**
 * Time series of a run, a row an interval (and home): kWh and USD/kWh.
 * @param part `homes` or `market`
 * @param community its id; else the first
 * @param columns names of those wanted; else all
 */
export async function series(
  { dir, results }: Run,
  part: 'homes' | 'market',
  { community, columns }: { readonly community?: string; readonly columns?: readonly string[] } = {},
): Promise<SeriesRow[]> {
  const id = community ?? results.communities[0].id
  const file = await asyncBufferFromFile(join(dir, RUN_FILES.series, `${id}.${part}.parquet`))
  const wanted = columns === undefined ? {} : { columns: ['interval_start_utc', ...columns] }
  const metadata = await parquetMetadataAsync(file)
  const rows = await parquetReadObjects({ file, metadata, compressors, ...wanted })
  const found = rows as unknown as SeriesRow[]
  return part === 'homes' ? homeByHome(found, results.count, blockIntervals(metadata, results.count)) : found
}

/** Rows that stand in blocks of intervals, home after home. */
function homeByHome(rows: SeriesRow[], count: number, block: number): SeriesRow[] {
  if (block >= count) return rows
  const homes = rows.length / count
  const sorted: SeriesRow[] = []
  for (let home = 0; home < homes; home++) {
    for (let start = 0; start < count; start += block) {
      const length = Math.min(block, count - start)
      const from = start * homes + home * length
      for (let row = from; row < from + length; row++) sorted.push(rows[row])
    }
  }
  return sorted
}
