import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import type { RunResults } from '../data/run-files.ts'
import { loadScenario } from '../scenarios/load.ts'
import { marketArea } from '../sim/area.ts'
import { CommunityEngine, type EngineOptions } from '../sim/engine.ts'
import { HomeSeriesFile } from '../sim/home-series-file.ts'
import { prepare } from '../sim/prepare.ts'
import { seriesNames } from '../sim/run-names.ts'
import { temporaryFolder } from '../sim/testing.ts'
import { HomeSeriesReader } from './home-series.ts'
import { readHomeHours } from './viability/read-homes.ts'

const dir = temporaryFolder()
const { scenario } = loadScenario('first-neighborhood', { days: 2 })
const prepared = prepare(scenario, '.')
const area = marketArea(scenario, prepared.communities[0], prepared.axis)
const run = (options: EngineOptions) => new CommunityEngine(area, scenario, options).run()
const { series, result } = run({})
const { count, startSeconds, stepSeconds } = area.axis
const homes = area.homes.length

// Blocks of 100 intervals: two homes' rows of an hour lie in two of them.
const path = join(dir, seriesNames(area.id).homes)
mkdirSync(dirname(path))
run({ seriesSink: new HomeSeriesFile(path, area, 12 * 100) })
const whole = join(dir, 'whole.parquet')
run({ seriesSink: new HomeSeriesFile(whole, area) })

test.each([
  ['blocks', path],
  ['one block', whole],
])('spans of a file of %s: every interval once for each span that it is in', async (_, file) => {
  const reader = await HomeSeriesReader.open(file, homes, count)
  const spans = [
    { first: 90, count: 25 },
    { first: 99, count: 1 },
    { first: 250, count: 1000 },
  ]
  const found = spans.map((span) =>
    area.homes.map(() => new Float64Array(Math.min(span.count, count - span.first))),
  )
  await reader.read('import_kwh', spans, ({ home, span, step, values, from, count: some }) => {
    for (let row = 0; row < some; row++)
      found[span][home][step - spans[span].first + row] += Number(values[from + row])
  })
  for (const [at, { first, count: length }] of spans.entries()) {
    for (let home = 0; home < homes; home++) {
      const expected = series.homes[home].import_kwh.subarray(first, first + length)
      expect(found[at][home].map((kwh) => Math.round(kwh * 1e6))).toEqual(Float64Array.from(expected))
    }
  }
})

test('hours of the homes that have a plant, from blocks that end within them', async () => {
  const results = { count, stepSeconds, startSeconds, communities: [result] } as unknown as RunResults
  const found = await readHomeHours(dir, results)
  expect(found.length).toBe(10)
  for (const { id, loadKwh, storedKwh } of found) {
    const columns = series.homes[area.homes.findIndex((home) => home.id === id)]
    for (let hour = 0; hour < 48; hour++) {
      const load = columns.load_kwh.subarray(hour * 12, hour * 12 + 12).reduce((all, one) => all + one, 0)
      expect(loadKwh[hour]).toBeCloseTo(load / 1e6, 9)
      expect(storedKwh[hour]).toBeCloseTo(columns.battery_energy_kwh[Math.max(0, hour * 12 - 1)] / 1e6, 9)
    }
  }
})

test('DuckDB reads blocks as it reads one', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const ask = async (file: string) => {
    const sql = `select home, interval_start_utc, load_kwh, peer_sold_kwh from '${file}' order by home, interval_start_utc`
    return (await connection.runAndReadAll(sql)).getRowsJson()
  }
  expect(await ask(path)).toEqual(await ask(whole))
  connection.closeSync()
})

test('a file that is missing, other than the results say, or damaged is refused by its name', async () => {
  const refused = (file: string, rows: number) => expect(HomeSeriesReader.open(file, homes, rows)).rejects
  await refused(join(dir, 'none'), count).toThrow(/none.*is not there/)
  await refused(path, count + 1).toThrow(/homes\.parquet.*has 6912 rows; the results say 6924/)
  writeFileSync(join(dir, 'broken'), 'PAR1, or so')
  await refused(join(dir, 'broken'), count).toThrow(/broken.*cannot be read/)
})
