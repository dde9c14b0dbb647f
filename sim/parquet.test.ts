import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import { RUN_FILES } from '../data/run-files.ts'
import { runInto, temporaryFolder } from './testing.ts'

const compressors = { ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)) }
const read = async (path: string) =>
  parquetReadObjects({ file: await asyncBufferFromFile(path), compressors }) as Promise<
    Record<string, number | string | Date>[]
  >

test('a reader of Parquet gets kWh, USD/kWh and UTC, of every interval', async () => {
  const { dir, results } = await runInto(temporaryFolder(), 'one-home', undefined)
  const file = (name: string) => join(dir, RUN_FILES.series, `sierra-crest.${name}.parquet`)
  const homes = await read(file('homes'))
  const market = await read(file('market'))
  expect(homes).toHaveLength(2 * 288)
  expect(market).toHaveLength(2 * 288)

  const [{ total }] = results.communities[0].homes
  const sum = (column: string) => homes.reduce((all, row) => all + Number(row[column]), 0)
  expect(sum('solar_kwh')).toBeCloseTo(total.solarMilliWh / 1e6, 9)
  expect(sum('load_kwh')).toBeCloseTo(total.loadMilliWh / 1e6, 9)
  expect(sum('discharge_kwh')).toBeCloseTo(total.dischargeMilliWh / 1e6, 9)
  expect(homes[0].home).toBe('home-01')

  // Midnight in California, and the two prices of the tariff's first days.
  expect(homes[0].interval_start_utc).toEqual(new Date('2016-08-01T07:00Z'))
  expect(homes[1].interval_start_utc).toEqual(new Date('2016-08-01T07:05Z'))
  expect(new Set(market.map((row) => Number(row.price_usd_per_kwh).toFixed(6)))).toEqual(
    new Set(['0.220000', '0.540000']),
  )
  expect(market.every((row) => row.peer_price_usd_per_kwh === null)).toBe(true)
})
