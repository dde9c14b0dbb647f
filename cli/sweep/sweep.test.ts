import { cpSync, globSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parquetReadObjects, asyncBufferFromFile } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { beforeAll, describe, expect, test } from 'vitest'
import { FIGURES } from '../../reports/kpi/figures.ts'
import { loadSweep, type SweepFlags } from '../../scenarios/sweep/load.ts'
import { localEngine } from '../../sim/batch/local.ts'
import { ResultStore } from '../../sim/batch/store.ts'
import type { SweepOutcome } from '../../sim/batch/run-sweep.ts'
import { runInto, temporaryFolder } from '../../sim/testing.ts'
import { computeKpis, kpiJson } from '../../reports/kpi/compute.ts'
import { RUN_FILES } from '../../data/run-files.ts'
import { version } from '../version.ts'
import { recordsIn, SMALL, sweepInto, tableOf } from './testing/sweeps.ts'

const root = temporaryFolder()
const refuseToWork = () => Promise.reject(new Error('something was computed'))

let reference: SweepOutcome
beforeAll(async () => {
  reference = await sweepInto(join(root, 'reference'), SMALL, { engine: localEngine(1) })
})

describe('the table', () => {
  test('has a row a run, with its fields, figures and key, by index', async () => {
    const file = await asyncBufferFromFile(reference.table ?? '')
    const rows = await parquetReadObjects({ file, compressors })
    expect(rows.map(({ index }) => index as number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(rows.map(({ seed }) => Number(seed))).toEqual([1, 1, 2, 2, 3, 3, 4, 4])
    expect(rows.map((row) => Number(row['communities[].homes[].battery.capacityKwh']))).toEqual([
      5, 10, 5, 10, 5, 10, 5, 10,
    ])
    expect(new Set(rows.map(({ run_id }) => run_id as string)).size).toBe(8)
    for (const { id } of FIGURES) expect(Object.keys(rows[0])).toContain(id)
    expect(reference).toMatchObject({ points: 8, computed: 8, reused: 0, failed: 0, missing: 0 })
  })

  test('its figures are those of `vpp run` on the same scenario', async () => {
    const sweep = loadSweep('one-home', SMALL)
    const scenario = sweep.scenarioAt(5)
    const { runId, results } = await runInto(join(root, 'single'), 'one-home', 1, {
      version,
      edit: (edited) => Object.assign(edited, scenario),
    })
    const { record } = reference.rows[5]
    expect(record.key).toBe(runId)
    const kpis = Object.fromEntries(computeKpis(results, scenario).kpis.map(({ id, value }) => [id, value]))
    expect(record.figures).toEqual(kpis)
  })

  test.each([2, 4])('has the same bytes on %i workers', async (workers) => {
    const outcome = await sweepInto(join(root, `workers-${workers}`), SMALL, { engine: localEngine(workers) })
    expect(tableOf(outcome)).toBe(tableOf(reference))
    expect(outcome.sweepId).toBe(reference.sweepId)
  })

  test('has the same bytes from shards on machines of their own, merged', async () => {
    const parts = [1, 2, 3].map((part) => join(root, `shard-${part}`))
    for (const [at, dir] of parts.entries()) {
      const { table, points } = await sweepInto(dir, SMALL, { shard: { part: at + 1, of: 3 } })
      expect(table).toBe(null)
      expect(points).toBe(at < 2 ? 3 : 2)
    }
    const into = join(root, 'merged')
    const some = await sweepInto(into, SMALL, { collect: parts.slice(1), engine: refuseToWork })
    expect(some).toMatchObject({ reused: 5, missing: 3 })
    expect(some.table).toMatch(/partial/)
    const merged = await sweepInto(into, SMALL, { collect: parts, engine: refuseToWork })
    expect(tableOf(merged)).toBe(tableOf(reference))
    expect(globSync('*/results.partial.parquet', { cwd: into })).toEqual([])
  })
})

describe('without tokens', () => {
  const off: SweepFlags = {
    vary: ['communities[].homes[].battery.capacityKwh=5,10', 'economics.avoidedSupplyUsdPerKwh=0.04,0.06'],
    set: ['period.days=40', 'settlementMinutes=60', 'ledger.tokens=false'],
  }
  const neighborhood = () => loadSweep('first-neighborhood', off)
  const TOKENS = ['paid-once-residual', 'tgen-minted', 'tstorage-minted', 'unbacked', 'ledger-operations']

  test('the same bytes on 1, 2 and 4 workers, and the figures of `vpp run`', async () => {
    const [one, ...others] = await Promise.all(
      [1, 2, 4].map((workers) =>
        sweepInto(join(root, `off-${workers}`), off, {
          sweep: neighborhood(),
          engine: localEngine(workers),
        }),
      ),
    )
    for (const other of others) expect(tableOf(other)).toBe(tableOf(one))
    const scenario = neighborhood().scenarioAt(3)
    const { runId, results } = await runInto(join(root, 'off-single'), 'first-neighborhood', 40, {
      version,
      edit: (edited) => Object.assign(edited, scenario),
    })
    const { record } = one.rows[3]
    expect(record.key).toBe(runId)
    const { kpis } = computeKpis(results, scenario)
    expect(record.figures).toEqual(Object.fromEntries(kpis.map(({ id, value }) => [id, value])))
    for (const id of TOKENS) expect(Object.keys(record.figures)).not.toContain(id)
  })

  test('figures that have nothing to do with tokens are those of the same run with them', async () => {
    const on = loadSweep('first-neighborhood', {
      ...off,
      set: ['period.days=40', 'settlementMinutes=60'],
    })
    const [without, with_] = await Promise.all([
      sweepInto(join(root, 'off-1'), off, { sweep: neighborhood(), engine: refuseToWork }),
      sweepInto(join(root, 'on'), off, { sweep: on, engine: localEngine(2) }),
    ])
    for (const [at, { record }] of without.rows.entries()) {
      expect(Object.keys(record.figures).length).toBeGreaterThan(30)
      expect(with_.rows[at].record.figures).toMatchObject(record.figures)
    }
  })
})

describe('nothing is computed twice', () => {
  test('not by the same sweep, nor by another that shares points', async () => {
    const out = join(root, 'reference')
    expect(await sweepInto(out, SMALL, { engine: refuseToWork })).toMatchObject({ computed: 0, reused: 8 })
    const other = { ...SMALL, vary: ['communities[].homes[].battery.capacityKwh=10,5', 'seed=2,9'] }
    expect(await sweepInto(out, other)).toMatchObject({ computed: 2, reused: 2 })
  })

  test('points that are alike are one run', async () => {
    const out = join(root, 'alike')
    const outcome = await sweepInto(out, { ...SMALL, vary: ['seed=7,7,7'] })
    expect(outcome).toMatchObject({ points: 3, computed: 3 })
    expect(recordsIn(out)).toHaveLength(1)
  })

  test('what `vpp run` did counts', async () => {
    const out = join(root, 'run-first')
    const { dir } = await runInto(out, 'one-home', 1, {
      version,
      derive: (folder, results, scenario) =>
        writeFileSync(join(folder, RUN_FILES.kpi), kpiJson(computeKpis(results, scenario))),
    })
    const one = { vary: ['seed=1'], set: ['period.days=1'] }
    const outcome = await sweepInto(out, one, { engine: refuseToWork })
    expect(outcome).toMatchObject({ reused: 1 })
    const computed = await sweepInto(join(root, 'run-never'), one)
    expect(outcome.rows).toEqual(computed.rows)
    // A figure that was changed by hand is no result.
    writeFileSync(
      join(dir, RUN_FILES.kpi),
      readFileSync(join(dir, RUN_FILES.kpi), 'utf8').replace('0.', '1.'),
    )
    expect(await sweepInto(out, one)).toMatchObject({ computed: 1 })
  })

  test('torn and changed results are known and computed again', async () => {
    const out = join(root, 'torn')
    cpSync(join(root, 'reference'), out, { recursive: true })
    const before = new Map(recordsIn(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]))
    const mine = reference.rows.map(({ record }) => new ResultStore(out).pathOf(record.key))
    truncateSync(mine[0], 40)
    truncateSync(mine[1], 0)
    writeFileSync(mine[2], readFileSync(mine[2], 'utf8').replace(/\d\.\d/, '9.9'))
    writeFileSync(mine[3], readFileSync(mine[4]))
    writeFileSync(mine[5], Buffer.from([0xff, 0, 0xfe]))
    const outcome = await sweepInto(out)
    expect(outcome).toMatchObject({ computed: 5, reused: 3 })
    expect(tableOf(outcome)).toBe(tableOf(reference))
    for (const [name, text] of before) expect(readFileSync(join(out, name), 'utf8')).toBe(text)
  })
})

describe('failures', () => {
  const csv = (rows: number) =>
    [
      'start,load_kwh',
      ...Array.from(
        { length: rows },
        (_, hour) => `${new Date(Date.UTC(2016, 7, 1, 7 + hour)).toISOString().slice(0, 16)}Z,0.5`,
      ),
    ]
      .join('\n')
      .concat('\n')

  /** Twenty-four hours of a load: runs of one day work, of two do not. */
  const files = () => {
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'load.csv'), csv(24))
    writeFileSync(
      join(dir, 'own.yaml'),
      `schema: 1
name: own
title: Own load
period: { start: 2016-08-01, days: 1 }
timeZone: America/Los_Angeles
settlementMinutes: 60
tariff: { label: Flat, source: none, year: 2016, import: { kind: flat, usdPerKwh: 0.2 }, export: { kind: flat, usdPerKwh: 0.05 } }
communities:
  - id: here
    homes:
      - { id: home, load: { file: load.csv, column: load_kwh, unit: kWh, timeColumn: start } }
`,
    )
    return dir
  }

  test('stand apart with error and scenario, are not run again by themselves, but by retry', async () => {
    const dir = files()
    const sweep = loadSweep(join(dir, 'own.yaml'), { vary: ['period.days=1,2'], set: [] })
    const outcome = await sweepInto(dir, SMALL, { sweep })
    expect(outcome).toMatchObject({ computed: 1, failed: 1, missing: 0 })
    const [failure] = outcome.failures
    expect(failure).toMatchObject({ index: 1, values: { 'period.days': 2 }, kind: 'invalid' })
    expect(failure.message).toMatch(/load.csv.* the run needs/)
    expect(readFileSync(join(outcome.dir, failure.scenario), 'utf8')).toMatch(/days: 2/)
    expect(JSON.parse(readFileSync(join(outcome.dir, 'failures.json'), 'utf8'))).toMatchObject({
      failures: [{ index: 1 }],
    })
    writeFileSync(join(dir, 'load.csv'), csv(48))
    // Other data are another run: both are computed, with no mark of the failure left.
    const again = await sweepInto(dir, SMALL, { sweep, retry: true })
    expect(again).toMatchObject({ computed: 2, failed: 0, failures: [] })
    expect(globSync('*/failures/*', { cwd: dir })).toEqual([])
  })

  test('of the engine are kept until retry', async () => {
    const out = join(root, 'engine-fails')
    const broken = await sweepInto(out, SMALL, {
      engine: (jobs, onOutcome) => {
        jobs.forEach((_, at) =>
          onOutcome(at, { kind: 'failed', failure: { kind: 'bug', message: `task ${at} broke` } }),
        )
        return Promise.resolve()
      },
    })
    expect(broken).toMatchObject({ computed: 0, failed: 8 })
    expect(await sweepInto(out, SMALL, { engine: refuseToWork })).toMatchObject({ failed: 8 })
    const again = await sweepInto(out, SMALL, { retry: true })
    expect(again).toMatchObject({ computed: 8, failed: 0 })
    expect(tableOf(again)).toBe(tableOf(reference))
  })
})

test('series are kept on request, and are those of `vpp run`', async () => {
  const out = join(root, 'series')
  await sweepInto(out, { ...SMALL, vary: ['seed=3'] })
  const outcome = await sweepInto(out, { ...SMALL, vary: ['seed=3'] }, { series: true })
  expect(outcome).toMatchObject({ computed: 1 })
  const { dir } = await runInto(join(root, 'series-run'), 'one-home', 1, {
    version,
    edit: (scenario) => Object.assign(scenario, { seed: 3 }),
  })
  const [key] = outcome.rows.map(({ record }) => record.key)
  for (const part of ['homes', 'market']) {
    const name = `sierra-crest.${part}.parquet`
    expect(readFileSync(join(outcome.dir, 'series', key, name))).toEqual(
      readFileSync(join(dir, 'series', name)),
    )
  }
  expect(
    await sweepInto(out, { ...SMALL, vary: ['seed=3'] }, { series: true, engine: refuseToWork }),
  ).toMatchObject({
    reused: 1,
  })
})
