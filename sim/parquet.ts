import { writeFileSync } from 'node:fs'
import { constants, zstdCompressSync } from 'node:zlib'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { ColumnSource } from 'hyparquet-writer'
import type { MarketArea } from './market-area.ts'
import {
  type CommunitySeries,
  FEEDER_COLUMNS,
  type FeederColumn,
  HOME_COLUMNS,
  type MarketColumn,
} from './series.ts'

/**
 * Parquet files of a run. Energies and prices are whole numbers of 10^-6 in DECIMAL columns: kWh
 * and USD/kWh to every reader that knows the logical type, exactly; zstd inside. They carry no
 * statistics (the writer would scale them).
 */
const compressors = {
  ZSTD: (bytes: Uint8Array) =>
    new Uint8Array(zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })),
}

const decimal = (name: string, precision: number, optional = false) =>
  ({
    name,
    type: precision > 9 ? 'INT64' : 'INT32',
    repetition_type: optional ? 'OPTIONAL' : 'REQUIRED',
    logical_type: { type: 'DECIMAL', precision, scale: 6 },
    precision,
    scale: 6,
  }) as const

const START = {
  name: 'interval_start_utc',
  type: 'INT64',
  repetition_type: 'REQUIRED',
  converted_type: 'TIMESTAMP_MILLIS',
} as const

const ROOT = (columns: number) =>
  ({ name: 'root', num_children: columns, repetition_type: 'REQUIRED' }) as const

function starts(area: MarketArea, count: number): BigInt64Array {
  const times = new BigInt64Array(count)
  const step = BigInt(area.axis.stepSeconds * 1000)
  let time = BigInt(area.axis.startSeconds * 1000)
  for (let at = 0; at < count; at++, time += step) times[at] = time
  return times
}

interface Element {
  readonly logical_type?: { readonly type: string }
  converted_type?: string
  [more: string]: unknown
}

async function save(
  path: string,
  schema: Element[],
  columnData: ColumnSource[],
  rowGroupSize: number,
): Promise<void> {
  const writer = new ByteWriter()
  const file = new ParquetWriter({
    writer,
    schema: schema as never,
    codec: 'ZSTD',
    compressors,
    createdBy: 'vpp-workbench',
  })
  await file.write({ columnData, rowGroupSize })
  // Many readers (DuckDB, hyparquet) know decimals by this older mark only. With it from the start the
  // writer takes numbers for kWh and scales each of them through a BigInt; ours are whole already.
  for (const element of schema)
    if (element.logical_type?.type === 'DECIMAL') element.converted_type = 'DECIMAL'
  await file.finish()
  writeFileSync(path, new Uint8Array(writer.getBuffer()), { flag: 'wx' })
}

/** One row per home and interval, a row group for each home, for the first `count` intervals. */
export async function writeHomeSeries(
  path: string,
  area: MarketArea,
  series: CommunitySeries,
  count: number,
): Promise<void> {
  const homes = area.homes.length
  const time = starts(area, count)
  const times = new BigInt64Array(count * homes)
  const names: string[] = Array.from({ length: count * homes })
  area.homes.forEach(({ id }, home) => {
    times.set(time, home * count)
    names.fill(id, home * count, (home + 1) * count)
  })
  const columns = HOME_COLUMNS.map((name): ColumnSource => {
    const data = new Int32Array(count * homes)
    series.homes.forEach((home, index) => data.set(home[name].subarray(0, count), index * count))
    return { name, data, encoding: 'DELTA_BINARY_PACKED', statistics: false }
  })
  await save(
    path,
    [
      ROOT(HOME_COLUMNS.length + 2),
      START,
      { name: 'home', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED', converted_type: 'UTF8' },
      ...HOME_COLUMNS.map((name) => decimal(name, 9)),
    ],
    [
      { name: START.name, data: times, encoding: 'DELTA_BINARY_PACKED' },
      { name: 'home', data: names },
      ...columns,
    ],
    count,
  )
}

/** One row per interval of a community with wires. */
export async function writeFeederSeries(
  path: string,
  area: MarketArea,
  series: Readonly<Partial<Record<FeederColumn, Float64Array>>>,
  count: number,
): Promise<void> {
  const kept = FEEDER_COLUMNS.flatMap((name) => {
    const values = series[name]
    return values === undefined ? [] : { name, data: BigInt64Array.from(values.subarray(0, count), BigInt) }
  })
  await save(
    path,
    [ROOT(kept.length + 1), START, ...kept.map(({ name }) => decimal(name, 18))],
    [
      { name: START.name, data: starts(area, count), encoding: 'DELTA_BINARY_PACKED' },
      ...kept.map(({ name, data }) => ({ name, data: data as never, statistics: false })),
    ],
    count,
  )
}

/** One row per interval of the community. A missing peer price is null: nothing was traded. */
export async function writeMarketSeries(
  path: string,
  area: MarketArea,
  series: CommunitySeries,
  count: number,
  names: readonly MarketColumn[],
): Promise<void> {
  const columns = names.map((name): ColumnSource => {
    const values = series.market[name].subarray(0, count)
    const optional = name === 'peer_price_usd_per_kwh'
    const data = optional
      ? Array.from(values, (value) => (value < 0 ? null : BigInt(value)))
      : BigInt64Array.from(values, BigInt)
    return { name, data: data as never, statistics: false }
  })
  await save(
    path,
    [
      ROOT(names.length + 1),
      START,
      ...names.map((name) => decimal(name, 18, name === 'peer_price_usd_per_kwh')),
    ],
    [{ name: START.name, data: starts(area, count), encoding: 'DELTA_BINARY_PACKED' }, ...columns],
    count,
  )
}
