import type { ColumnSource } from 'hyparquet-writer'
import type { TimeAxis } from '../data/axis.ts'
import { decimal, type Element, ParquetFile } from './parquet-file.ts'
import { FEEDER_COLUMNS, type FeederColumn, type MarketColumn, type MarketSeries } from './series.ts'

export const START = {
  name: 'interval_start_utc',
  type: 'INT64',
  repetition_type: 'REQUIRED',
  converted_type: 'TIMESTAMP_MILLIS',
} as const

/** When an interval of the run begins, milliseconds since 1970. */
export const startMs = ({ startSeconds, stepSeconds }: TimeAxis, step: number): bigint =>
  BigInt((startSeconds + step * stepSeconds) * 1000)

const starts = (axis: TimeAxis, count: number): BigInt64Array =>
  BigInt64Array.from({ length: count }, (_, step) => startMs(axis, step))

/** All rows of a file at once. */
function save(
  path: string,
  axis: TimeAxis,
  count: number,
  columns: readonly (readonly [Element, ColumnSource])[],
) {
  const file = new ParquetFile(path, [START, ...columns.map(([element]) => element)])
  try {
    file.write([
      { name: START.name, data: starts(axis, count), encoding: 'DELTA_BINARY_PACKED' },
      ...columns.map(([, source]) => source),
    ])
    file.finish()
  } finally {
    file.close()
  }
}

/** One row per interval of a community with wires. */
export function writeFeederSeries(
  path: string,
  axis: TimeAxis,
  series: Readonly<Partial<Record<FeederColumn, Float64Array>>>,
  count: number,
): void {
  const columns = FEEDER_COLUMNS.flatMap((name): [Element, ColumnSource][] => {
    const values = series[name]
    if (values === undefined) return []
    const data = BigInt64Array.from(values.subarray(0, count), BigInt)
    return [[decimal(name, 18), { name, data: data as never, statistics: false }]]
  })
  save(path, axis, count, columns)
}

/** One row per interval of the community. A missing peer price is null: nothing was traded. */
export function writeMarketSeries(
  path: string,
  axis: TimeAxis,
  series: MarketSeries,
  count: number,
  names: readonly MarketColumn[],
): void {
  const columns = names.map((name): [Element, ColumnSource] => {
    const values = series[name].subarray(0, count)
    const optional = name === 'peer_price_usd_per_kwh'
    const data = optional
      ? Array.from(values, (value) => (value < 0 ? null : BigInt(value)))
      : BigInt64Array.from(values, BigInt)
    return [decimal(name, 18, optional), { name, data: data as never, statistics: false }]
  })
  save(path, axis, count, columns)
}
