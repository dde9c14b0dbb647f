import { join } from 'node:path'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { zstdDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { BLOCK_INTERVALS } from '../data/run-files.ts'
import { loadScenario } from '../scenarios/load.ts'
import { marketArea } from './area.ts'
import { CommunityEngine, type EngineOptions } from './engine.ts'
import { HomeSeriesFile } from './home-series-file.ts'
import { startMs } from './parquet.ts'
import { prepare } from './prepare.ts'
import { HOME_COLUMNS } from './series.ts'
import { temporaryFolder } from './testing.ts'

const DAYS = 3
const compressors = { ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)) }
const dir = temporaryFolder()
const { scenario } = loadScenario('first-neighborhood', { days: DAYS })
const prepared = prepare(scenario, '.')
const area = marketArea(scenario, prepared.communities[0], prepared.axis)
const run = (options: EngineOptions) => new CommunityEngine(area, scenario, options).run()
const kept = run({})

/** Row of a home's interval in a file of blocks. */
function rowOf(home: number, step: number, count: number, block: number): number {
  const first = step - (step % block)
  const length = Math.min(block, count - first)
  return first * area.homes.length + home * length + (step - first)
}

// Less than an engine's block of intervals, no part of a day, some days, and more than the run has.
test.each([12 * 7, 12 * 100, 12 * 600, 1_000_000])(
  'in blocks of %i rows at most every value is that of the run',
  async (rows) => {
    const path = join(dir, `${rows}.parquet`)
    const seriesSink = new HomeSeriesFile(path, area, rows)
    const streamed = run({ seriesSink })
    expect(streamed.result).toEqual(kept.result)
    expect(streamed.series).toEqual({ homes: [], market: kept.series.market })

    const file = await asyncBufferFromFile(path)
    const metadata = await parquetMetadataAsync(file)
    const block = Number(metadata.key_value_metadata?.find(({ key }) => key === BLOCK_INTERVALS)?.value)
    expect(block).toBe({ 84: 7, 1200: 100, 7200: 576, 1_000_000: 864 }[rows])
    const found = await parquetReadObjects({ file, compressors })
    const { count } = area.axis
    expect(found).toHaveLength(count * area.homes.length)
    for (const [home, columns] of kept.series.homes.entries()) {
      for (let step = 0; step < count; step++) {
        const row = found[rowOf(home, step, count, block)]
        expect(row.home).toBe(area.homes[home].id)
        expect((row.interval_start_utc as Date).getTime()).toBe(Number(startMs(area.axis, step)))
        for (const name of HOME_COLUMNS)
          if (Math.round(Number(row[name]) * 1e6) !== columns[name][step]) expect(row).toBe(name)
      }
    }
    // Readers may leave out row groups by their times.
    const [times] = metadata.row_groups[0].columns
    expect(times.meta_data?.statistics).toMatchObject({
      min_value: new Date(Number(startMs(area.axis, 0))),
      max_value: new Date(Number(startMs(area.axis, block - 1))),
    })
  },
)

test('a run that is stopped has the intervals that were done', async () => {
  const path = join(dir, 'stopped.parquet')
  const { steps } = run({
    seriesSink: new HomeSeriesFile(path, area, 12 * 500),
    onDay: (done) => done < 288 * 2,
  })
  expect(steps).toBe(288 * 2)
  const metadata = await parquetMetadataAsync(await asyncBufferFromFile(path))
  expect(metadata.row_groups.map((group) => Number(group.num_rows))).toEqual([288 * 12, 288 * 12])
})
