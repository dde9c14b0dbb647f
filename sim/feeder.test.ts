import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { describe, expect, test } from 'vitest'
import { VppError } from '../data/errors.ts'
import { loadScenario } from '../scenarios/load.ts'
import type { Feeder, Scenario } from '../scenarios/schema.ts'
import { SHARED_DATA, testWithSharedData } from '../testing.ts'
import { readFeeder } from './feeder-input.ts'
import { prepare } from './prepare.ts'
import { runGallery, runInto, temporaryFolder, tokensOf } from './testing.ts'

const sum = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((all, item) => all + value(item), 0)

/** A week of spring, in which the homes use little. */
const spring = (change: (feeder: Feeder, scenario: Scenario) => void = () => {}) => ({
  edit: (scenario: Scenario) => {
    scenario.period.start = '2017-04-28'
    const { feeder } = scenario.communities[0]
    if (feeder === undefined) throw new Error('the scenario has no feeder')
    change(feeder, scenario)
  },
})
const week = (change?: Parameters<typeof spring>[0]) => runGallery('weak-feeder', 7, spring(change))
const ruled = (rule: Feeder['rule']) => week((feeder) => (feeder.rule = rule))

describe.each(['pro-rata', 'last-in-first-out', 'block-trades'] as const)('%s', (rule) => {
  const { result, engine } = ruled(rule)
  const { feeder } = result
  if (feeder === undefined) throw new Error('the run has no feeder')
  const { plant, 'solar-only': solarOnly } = feeder.cases

  test('cuts export, and no limit is broken by what remains', () => {
    expect(plant.curtailedMilliWh).toBeGreaterThan(1e6)
    expect(solarOnly.curtailedMilliWh).toBeGreaterThan(plant.curtailedMilliWh)
    expect(plant.highVoltageHours).toBe(0)
    expect(plant.voltageMaxPu).toBeLessThanOrEqual(1.05)
    expect(plant.transformerPercent).toBeLessThanOrEqual(100)
  })

  test('what is cut is neither generated, counted, minted nor sold', () => {
    const available = sum(engine.area.homes, ({ solarMilliWh }) =>
      sum([...solarMilliWh.whole()], (one) => one),
    )
    const taken = sum(result.homes, ({ total }) => total.solarMilliWh)
    expect(taken + plant.curtailedMilliWh).toBe(available)
    expect(tokensOf(result).tgen.mintedMilliWh).toBe(taken)
    expect(sum(feeder.homes, ({ curtailedMilliWh }) => curtailedMilliWh)).toBe(plant.curtailedMilliWh)
    const series = engine.series.homes.byHome().map(({ solar_kwh: solar }) => sum([...solar], (one) => one))
    expect(sum(series, (one) => one)).toBe(taken)
    for (const { total } of result.homes) {
      expect(total.solarMilliWh + total.dischargeMilliWh + total.importMilliWh).toBe(
        total.loadMilliWh + total.chargeMilliWh + total.standbyMilliWh + total.exportMilliWh,
      )
      expect(total.peerSoldMilliWh).toBeLessThanOrEqual(total.exportMilliWh)
    }
  })

  test('the losses are given out to the milliwatt-hour', () => {
    expect(sum(feeder.homes, ({ lossMilliWh }) => lossMilliWh)).toBe(plant.lossMilliWh)
    expect(plant.lossMilliWh).toBeGreaterThan(0)
  })

  test('homes without solar are never cut', () => {
    for (const [at, { solarKw }] of result.homes.entries())
      if (solarKw === 0) expect(feeder.homes[at].curtailedMilliWh).toBe(0)
  })

  test('offers are blocked under block-trades alone', () => {
    expect(feeder.blocked.milliWh).toBe(rule === 'block-trades' ? plant.curtailedMilliWh : 0)
    expect(feeder.blocked.offers > 0).toBe(rule === 'block-trades')
  })
})

test('a run leaves the wires’ series beside the others, in the units that their names say', async () => {
  const { dir, results } = await runInto(temporaryFolder(), 'weak-feeder', 2)
  const file = await asyncBufferFromFile(join(dir, 'series/sierra-crest.feeder.parquet'))
  const rows = await parquetReadObjects({
    file,
    compressors: { ZSTD: (bytes) => new Uint8Array(zstdDecompressSync(bytes)) },
  })
  expect(rows).toHaveLength(192)
  const column = (name: string) => rows.map((row) => Number(row[name]))
  const plant = results.communities[0].feeder?.cases.plant
  expect(Math.max(...column('voltage_max_pu'))).toBeCloseTo(plant?.voltageMaxPu ?? 0, 6)
  expect(Math.max(...column('hot_spot_c'))).toBeCloseTo(plant?.hotSpotC ?? 0, 6)
  expect(Math.max(...column('transformer_loading_percent'))).toBeCloseTo(plant?.transformerPercent ?? 0, 6)
  expect(sum(column('loss_kwh'), (one) => one)).toBeCloseTo((plant?.lossMilliWh ?? 0) / 1e6, 3)
})

test('rule none: nobody is cut, and the breach is told', () => {
  const { result } = ruled('none')
  expect(result.feeder?.cases.plant).toMatchObject({ curtailedMilliWh: 0, curtailedHours: 0 })
  expect(result.feeder?.cases.plant.highVoltageHours).toBeGreaterThan(0)
})

test('wires that carry everything change nothing but what is told of them', () => {
  const free = week((_, scenario) => delete scenario.communities[0].feeder)
  const wide = week((feeder) => {
    feeder.rule = 'pro-rata'
    feeder.limits = {
      voltageBand: 'en-50160',
      maxPu: 1.5,
      minPu: 0.5,
      transformerPercent: 500,
      linePercent: 500,
    }
  })
  const { feeder, ...rest } = wide.result
  expect(feeder?.cases.plant.curtailedMilliWh).toBe(0)
  expect(rest).toEqual(free.result)
})

test('batteries that charge at noon leave less to cut, and a finer conductor more', () => {
  const cut = (change: Parameters<typeof spring>[0]) =>
    week(change).result.feeder?.cases.plant.curtailedMilliWh ?? 0
  const asItIs = cut(() => {})
  const without = cut((_, scenario) => {
    for (const home of scenario.communities[0].homes) delete home.battery
  })
  const finer = cut(({ network }) => {
    if ('segments' in network) for (const one of network.segments) one.conductor = 'al-2'
  })
  expect(asItIs).toBeLessThan(without)
  expect(asItIs).toBeLessThan(finer)
})

describe('what cannot be', () => {
  const refused = (change: (feeder: Feeder) => void): string => {
    const { scenario } = loadScenario('weak-feeder', { days: 1 })
    const { feeder } = scenario.communities[0]
    if (feeder === undefined) throw new Error('the scenario has no feeder')
    change(feeder)
    try {
      prepare(scenario, '.')
    } catch (error) {
      if (error instanceof VppError) return error.message
      throw error
    }
    throw new Error('it was accepted')
  }

  test.each<[string, (feeder: Feeder) => void, RegExp]>([
    [
      'a home that is none',
      ({ homes }) => (homes[0].home = 'home-99'),
      /homes\[0\]\.home {2}home-99 is no home of sierra-crest; its homes are/,
    ],
    [
      'a home twice',
      ({ homes }) => (homes[1].home = homes[0].home),
      /homes\[1\]\.home {2}home-01 is there twice/,
    ],
    [
      'a bus that is none',
      ({ homes }) => (homes[2].bus = 'pole-7'),
      /homes\[2\]\.bus {2}pole-7 is no bus of the network; give a name like/,
    ],
    [
      'a segment that hangs on nothing',
      ({ network }) => 'segments' in network && (network.segments[0].from = 'nowhere'),
      /no way leads from transformer to nowhere; let each segment begin/,
    ],
    [
      'a file that is not there',
      (feeder) => (feeder.network = { file: 'missing.json' }),
      /missing\.json {2}cannot be read; give a path relative/,
    ],
  ])('%s is told with what to do', (_, change, message) => {
    expect(refused(change)).toMatch(message)
  })

  test('a feeder that breaks down says when, where and what to do, also from a worker', async () => {
    const run = runInto(temporaryFolder(), 'weak-feeder', 1, {
      edit: ({ communities: [{ feeder }] }) => {
        if (feeder !== undefined && 'segments' in feeder.network) feeder.network.segments[1].metres = 5500
      },
    })
    await expect(run).rejects.toThrow(
      /community sierra-crest {2}feeder {2}carries no load of [\d.]+ kW in the interval from 2016-08-01T.*voltage breaks down at service-.*larger conductors/,
    )
    await expect(run).rejects.toBeInstanceOf(VppError)
  })
})

describe('a network file', () => {
  testWithSharedData('of SimBench carries homes at the buses of its loads', () => {
    const file = join(SHARED_DATA, 'feeder-simbench-semiurb4/network.json')
    const { result, engine } = week((feeder) => {
      feeder.network = { file }
      feeder.homes = [{ home: 'home-04', bus: 'LV4.101 Bus 35' }]
    })
    expect(result.feeder?.network).toMatchObject({ buses: 44, lines: 42 })
    expect(result.feeder?.homes[2].bus).toBe('LV4.101 Bus 35')
    expect(new Set(engine.area.feeder?.busOfHome).size).toBe(12)
    expect(result.feeder?.cases.plant.voltageMaxPu).toBeLessThan(1.05)
  })

  test('its open switches leave no place for a home', () => {
    const dir = temporaryFolder()
    const network = {
      buses: [
        { index: 0, name: 'A', vn_kv: 0.4 },
        { index: 1, name: 'B', vn_kv: 0.4 },
      ],
      lines: [
        {
          id: 0,
          name: 'L',
          from_bus: 0,
          to_bus: 1,
          length_km: 0.1,
          r_ohm_per_km: 0.2,
          x_ohm_per_km: 0.08,
          max_i_ka: 0.2,
        },
      ],
      switches: [
        { bus: 0, element: 0, et: 'l', closed: false },
        { bus: 1, element: 0, et: 'l', closed: false },
      ],
      ext_grid: [{ bus: 0, vm_pu: 1 }],
      loads: [{ bus: 1, p_kw: 3 }],
    }
    writeFileSync(join(dir, 'net.json'), JSON.stringify(network))
    const { scenario } = loadScenario('weak-feeder', { days: 1 })
    const [community] = scenario.communities
    if (community.feeder === undefined) throw new Error('the scenario has no feeder')
    const read = (homes: Feeder['homes']) =>
      readFeeder(
        { ...community, feeder: { ...(community.feeder as Feeder), network: { file: 'net.json' }, homes } },
        dir,
        new Map(),
      )
    expect(() => read([])).toThrow(/has no supplied bus at which a home could stand; are its switches closed/)
  })
})
