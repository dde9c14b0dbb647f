import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet'
import { parse } from 'yaml'
import { type Manifest, RUN_FILES, type RunResults, withTokens } from '../data/run-files.ts'
import { HomeSeriesReader } from './home-series.ts'
import { computeKpis } from './kpi/compute.ts'
import {
  type PriceRange,
  type ReportInput,
  type SeriesWindow,
  WINDOW_COLUMNS,
  type WindowColumn,
} from './report-input.ts'
import { readable, refuse } from './run-refusal.ts'
import type { ScenarioView } from './scenario-view.ts'
import { windowPlaces } from './windows.ts'

/** What a run found, and the scenario that it resolved. */
export interface KnownRun {
  readonly results: RunResults
  readonly scenario: ScenarioView
}

/**
 * Everything that a report needs, from the files of a run. Of the Parquet series only the weeks and
 * the day that are drawn are kept, of the first community.
 * @param known what the run found and resolved, for who has it already
 * @throws VppError when the folder is no run or a file of it is missing or damaged
 */
export async function readRun(runDir: string, known?: KnownRun): Promise<ReportInput> {
  const manifest = readJson<Manifest>(runDir, RUN_FILES.manifest)
  const { results, scenario } = known ?? readRunResults(runDir)
  const { windows, retail } = await readSeries(runDir, results)
  return { results, manifest, scenario, kpis: computeKpis(results, scenario), windows, retail }
}

/**
 * What a run found and the scenario that it resolved, without its series.
 * @throws VppError when the folder is no run or a file of it is missing or damaged
 */
export function readRunResults(runDir: string): KnownRun {
  const results = readJson<RunResults>(runDir, RUN_FILES.results)
  if (results.format !== 1)
    refuse(join(runDir, RUN_FILES.results), `has format ${String(results.format)}; must be 1`)
  return { results, scenario: readScenario(runDir) }
}

const readScenario = (runDir: string): ScenarioView =>
  guarded(join(runDir, RUN_FILES.scenario), (path) => parse(readFileSync(path, 'utf8')) as ScenarioView)

function guarded<T>(path: string, read: (path: string) => T): T {
  if (!existsSync(path)) refuse(path, 'is not there')
  try {
    return read(path)
  } catch (cause) {
    return refuse(path, `cannot be read: ${(cause as Error).message}`, cause)
  }
}

const readJson = <T>(dir: string, name: string): T =>
  guarded(join(dir, name), (path) => JSON.parse(readFileSync(path, 'utf8')) as T)

/** Parquet columns of the community's file, by the name they have here. */
const MARKET_SOURCE: Partial<Record<WindowColumn, string>> = {
  importKwh: 'import_kwh',
  exportKwh: 'export_kwh',
  tradedKwh: 'traded_kwh',
  priceUsdPerKwh: 'price_usd_per_kwh',
  peerPriceUsdPerKwh: 'peer_price_usd_per_kwh',
  deliverableKwh: 'true_deliverable_kwh',
}

/** The same, only there where tokens were kept. */
const TOKEN_SOURCE: Partial<Record<WindowColumn, string>> = {
  activeKwh: 'tstorage_active_kwh',
  setAsideKwh: 'tstorage_set_aside_kwh',
}

/** Columns of the homes' file, summed over homes. */
const HOME_SOURCE: Partial<Record<WindowColumn, string>> = {
  solarKwh: 'solar_kwh',
  loadKwh: 'load_kwh',
  chargeKwh: 'charge_kwh',
  dischargeKwh: 'discharge_kwh',
}

async function readSeries(
  runDir: string,
  results: RunResults,
): Promise<{ windows: SeriesWindow[]; retail: PriceRange }> {
  const { id } = results.communities[0]
  const market = join(runDir, RUN_FILES.series, `${id}.market.parquet`)
  const homes = join(runDir, RUN_FILES.series, `${id}.homes.parquet`)
  const places = windowPlaces(results)
  const prices = await readColumn(market, 'price_usd_per_kwh', 0, results.count)
  const windows: SeriesWindow[] = places.map(({ id: window, first, count }) => ({
    id: window,
    startSeconds: results.startSeconds + first * results.stepSeconds,
    stepSeconds: results.stepSeconds,
    columns: emptyColumns(count),
  }))
  const kept = withTokens(results.communities).length > 0
  const sources = { ...MARKET_SOURCE, ...(kept ? TOKEN_SOURCE : {}) }
  for (const [name, source] of Object.entries(sources) as [WindowColumn, string][]) {
    // oxlint-disable-next-line no-await-in-loop
    const values = await readColumn(market, source, 0, results.count)
    places.forEach(({ first, count }, at) =>
      windows[at].columns[name].set(values.subarray(first, first + count)),
    )
  }
  const series = await HomeSeriesReader.open(homes, results.communities[0].homes.length, results.count)
  for (const [name, source] of Object.entries(HOME_SOURCE) as [WindowColumn, string][]) {
    // oxlint-disable-next-line no-await-in-loop
    await series.read(source, places, ({ span, step, values, from, count }) => {
      const sum = windows[span].columns[name]
      const to = step - places[span].first
      for (let row = 0; row < count; row++) sum[to + row] += Number(values[from + row])
    })
  }
  return { windows, retail: priceRange(prices) }
}

const emptyColumns = (count: number): Record<WindowColumn, Float64Array> =>
  Object.fromEntries(WINDOW_COLUMNS.map((name) => [name, new Float64Array(count)])) as Record<
    WindowColumn,
    Float64Array
  >

export function priceRange(prices: Float64Array): PriceRange {
  let least = Number.POSITIVE_INFINITY
  let greatest = Number.NEGATIVE_INFINITY
  let sum = 0
  for (const price of prices) {
    if (price < least) least = price
    if (price > greatest) greatest = price
    sum += price
  }
  return { least, greatest, mean: sum / prices.length }
}

const compressors = { ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)) }

/** Rows of one column; null becomes NaN. */
export async function readColumn(
  path: string,
  column: string,
  rowStart: number,
  rows: number,
): Promise<Float64Array> {
  if (!existsSync(path)) refuse(path, 'is not there')
  return readable(path, async () => {
    const file = await asyncBufferFromFile(path)
    const metadata = await parquetMetadataAsync(file)
    const found = Number(metadata.num_rows)
    if (found !== rows) throw new Error(`${column} has ${found} rows; the results say ${rows}`)
    const values = new Float64Array(rows)
    await parquetRead({
      file,
      metadata,
      columns: [column],
      compressors,
      onChunk: ({ columnData, rowStart: at }) => {
        for (let index = 0; index < columnData.length; index++) {
          const value: unknown = columnData[index]
          values[at - rowStart + index] = value === null || value === undefined ? Number.NaN : Number(value)
        }
      },
    })
    return values
  })
}
