import type { ColumnSource } from 'hyparquet-writer'
import { BLOCK_INTERVALS } from '../data/run-files.ts'
import type { MarketArea } from './market-area.ts'
import { START, startMs } from './parquet.ts'
import { decimal, ParquetFile } from './parquet-file.ts'
import { HOME_COLUMNS, type HomeSeries, keptSteps, type SeriesSink } from './series.ts'

/** So many rows are a year of twelve homes every five minutes. */
const WHOLE_ROWS = 1_300_000
/** Most rows that stand in memory before they are written, where a run has more than those. */
const BLOCK_ROWS = 1 << 19
/** From so many rows on a home has a row group of its own, so that one home can be read alone. */
const OWN_GROUP_ROWS = 16_384

/** Intervals of a block: whole days where a day has room. */
function blockIntervals({ homes, axis }: MarketArea, mostRows: number): number {
  const kept = keptSteps(axis)
  const most = Math.max(1, Math.floor(mostRows / homes.length))
  if (most >= kept) return kept
  const perDay = Math.round(86_400 / axis.stepSeconds)
  return most < perDay ? most : most - (most % perDay)
}

/**
 * The homes' series as a Parquet file, a row per home and interval, written as the run goes on. Rows stand in blocks of
 * some intervals; within a block home after home; small communities have one block. The number of intervals of a block is
 * told in the file (`BLOCK_INTERVALS`): row r of home h in block b follows from it.
 */
export class HomeSeriesFile implements SeriesSink {
  readonly room: number
  readonly #area: MarketArea
  readonly #file: ParquetFile
  readonly #ids: readonly Uint8Array[]
  /** Intervals that were written. */
  #steps = 0

  /** @param mostRows that stand in memory before they are written */
  constructor(path: string, area: MarketArea, mostRows?: number) {
    this.#area = area
    const rows = area.homes.length * keptSteps(area.axis)
    this.room = blockIntervals(area, mostRows ?? (rows <= WHOLE_ROWS ? WHOLE_ROWS : BLOCK_ROWS))
    this.#ids = area.homes.map(({ id }) => new TextEncoder().encode(id))
    this.#file = new ParquetFile(
      path,
      [
        START,
        { name: 'home', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED', converted_type: 'UTF8' },
        ...HOME_COLUMNS.map((name) => decimal(name, 9)),
      ],
      { [BLOCK_INTERVALS]: String(this.room) },
    )
  }

  write(series: HomeSeries): void {
    const { homes, filled: count } = series
    const group = count < OWN_GROUP_ROWS ? homes : 1
    for (let home = 0; home < homes; home += group) this.#writeHomes(series, home, group, count)
    this.#steps += count
  }

  #writeHomes(series: HomeSeries, first: number, homes: number, count: number): void {
    const { axis } = this.#area
    const times = new BigInt64Array(homes * count)
    const ids: (string | Uint8Array)[] = Array.from({ length: homes * count })
    for (let step = 0; step < count; step++) times[step] = startMs(axis, this.#steps + step)
    for (let home = 0; home < homes; home++) {
      times.copyWithin(home * count, 0, count)
      const id = homes === 1 ? this.#area.homes[first].id : this.#ids[first + home]
      ids.fill(id, home * count, (home + 1) * count)
    }
    this.#file.write([
      ...(homes === 1
        ? [
            { name: START.name, data: times, encoding: 'DELTA_BINARY_PACKED' as const, statistics: false },
            { name: 'home', data: ids },
          ]
        : [
            // The same times again and again: compression leaves nothing of them, and packing 64 bits takes twice as long.
            { name: START.name, data: times, encoding: 'PLAIN' as const, statistics: false },
            { name: 'home', data: ids, encoding: 'DELTA_BYTE_ARRAY' as const, statistics: false },
          ]),
      ...HOME_COLUMNS.map((name): ColumnSource => {
        const data = rowsOf(series, series.columns[name], first, homes, count)
        return { name, data, encoding: 'DELTA_BINARY_PACKED', statistics: false }
      }),
    ])
    this.#file.tellRange(0, times[0], times[count - 1])
  }

  finish(): void {
    this.#file.finish()
  }

  close(): void {
    this.#file.close()
  }
}

/** A column's rows of some homes without the room that is left. */
function rowsOf(
  { room }: HomeSeries,
  column: Int32Array,
  first: number,
  homes: number,
  count: number,
): Int32Array {
  if (count === room) return column.subarray(first * room, (first + homes) * room)
  const rows = new Int32Array(homes * count)
  for (let home = 0; home < homes; home++) {
    const from = (first + home) * room
    rows.set(column.subarray(from, from + count), home * count)
  }
  return rows
}
