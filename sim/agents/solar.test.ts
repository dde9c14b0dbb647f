import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { TimeAxis } from '../../data/axis.ts'
import { loadScenario } from '../../scenarios/load.ts'
import { weatherSolar, type WeatherSolar } from '../../scenarios/schema-solar.ts'
import { SHARED_DATA, testWithSharedData } from '../../testing.ts'
import { weatherReader } from '../plant-weather.ts'
import { prepare } from '../prepare.ts'
import { runScenario } from '../run.ts'
import { temporaryFolder } from '../testing.ts'
import { solarFromWeather as compute } from './solar.ts'

/** A year of clear days at 34° N, UTC−8; `change` alters a row's cells by its month, day and hour of end. */
function epw(
  years: (month: number) => number,
  change: (cells: (string | number)[], month: number, day: number, hour: number) => void = () => {},
): string {
  const rows: string[] = []
  for (let at = 0; at < 8760; at++) {
    const time = new Date(Date.UTC(2023, 0, 1, at))
    const [month, day, hour] = [time.getUTCMonth() + 1, time.getUTCDate(), time.getUTCHours() + 1]
    const height = Math.max(0, Math.sin(((hour - 6.5) / 12) * Math.PI))
    const cells = [years(month), month, day, hour, 0, 'x', 15, 5, 50, 101325, 0, 0, 300]
    const light = [Math.round(850 * height), Math.round(800 * Math.sqrt(height)), Math.round(90 * height)]
    const rest = [0, 0, 0, 0, 0, 2, 0, 0, 20, 7777, 9, 999999999, 10, 0.1, 0, 88, 0.2, 0, 1]
    const row = [...cells, ...light, ...rest]
    change(row, month, day, hour)
    rows.push(row.join(','))
  }
  return [
    'LOCATION,Nowhere,CA,USA,made up,0,34.1,-117.4,-8.0,300.0',
    'DESIGN CONDITIONS,0',
    'TYPICAL/EXTREME PERIODS,0',
    'GROUND TEMPERATURES,0',
    'HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0',
    'COMMENTS 1,made up',
    'COMMENTS 2,',
    'DATA PERIODS,1,1,Data,Sunday,1/1,12/31',
    ...rows,
    '',
  ].join('\n')
}
const typical = (month: number) => (month < 7 ? 1998 : 2004)

const dir = temporaryFolder()
const solarFromWeather = (spec: WeatherSolar, folder: string, run: TimeAxis, zone = 'America/Los_Angeles') =>
  compute(spec, weatherReader(folder, run), run, zone)
const file = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text)
  return name
}
file('typical.epw', epw(typical))
file(
  'year2018.epw',
  epw(() => 2018),
)

const plant = (change: Partial<WeatherSolar> = {}): WeatherSolar => ({
  ...weatherSolar.parse({ weather: 'typical.epw', dcKw: 6, tiltDeg: 25, azimuthDeg: 180 }),
  ...change,
})
const hours = (start: string, days: number): TimeAxis => ({
  startSeconds: Date.parse(start) / 1000,
  stepSeconds: 3600,
  count: days * 24,
})
const YEAR = hours('2023-01-01T00:00-08:00', 365)
/** kWh of the intervals within a run. */
const kwh = (spec: WeatherSolar, run: TimeAxis): number => {
  const { axis, milliWh } = solarFromWeather(spec, dir, run)
  const first = (run.startSeconds - axis.startSeconds) / axis.stepSeconds
  return milliWh.slice(first, first + run.count).reduce((sum, value) => sum + value, 0) / 1e6
}

describe('a plant under a typical year', () => {
  test('generates a Californian yield, never more than its AC rating, nothing at night', () => {
    const { milliWh, nameplateKw, axis, notes } = solarFromWeather(plant(), dir, YEAR)
    expect(nameplateKw).toBe(5)
    expect(Math.max(...milliWh)).toBeLessThanOrEqual(5e6)
    expect(milliWh.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
    const midnight = (YEAR.startSeconds - axis.startSeconds) / 3600
    for (let day = 0; day < 365; day++) expect(milliWh[midnight + 24 * day]).toBe(0)
    expect(kwh(plant(), YEAR) / 6).toBeGreaterThan(1500)
    expect(kwh(plant(), YEAR) / 6).toBeLessThan(2300)
    expect(notes.join(' ')).toMatch(/computed by PVWatts 8.*not measured.*typical year.*1998, 2004/)
  })

  test('covers any year of the run, over New Year and 29 February too', () => {
    const winter = kwh(plant(), hours('2016-12-20T00:00-08:00', 20))
    expect(winter).toBeCloseTo(kwh(plant(), hours('2020-12-20T00:00-08:00', 20)), 0)
    const leap = solarFromWeather(plant(), dir, hours('2024-02-28T00:00-08:00', 3))
    expect(leap.notes.join(' ')).toContain('29 February has the weather of 28 February')
    expect(leap.milliWh.length).toBeGreaterThanOrEqual(72)
    expect(solarFromWeather(plant(), dir, YEAR).notes.join(' ')).not.toContain('29 February')
  })

  test('is told to stand elsewhere than the scenario’s clock', () => {
    const told = (zone: string) => solarFromWeather(plant(), dir, YEAR, zone).notes.join(' ')
    expect(told('America/Los_Angeles')).not.toContain('noon')
    expect(told('America/New_York')).toContain('at UTC-08:00, 3 hours west of America/New_York')
  })

  test('loses what the scenario says: age, dirt, a horizon, the other side of the roof', () => {
    const whole = kwh(plant(), YEAR)
    expect(kwh(plant({ ageYears: 20, degradationPercentPerYear: 0.5 }), YEAR) / whole).toBeCloseTo(0.9, 1)
    const snow = [100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    const january = hours('2023-01-01T00:00-08:00', 31)
    expect(kwh(plant({ monthlyLossPercent: snow }), january)).toBe(0)
    expect(kwh(plant({ monthlyLossPercent: snow }), hours('2023-02-02T00:00-08:00', 5))).toBeGreaterThan(0)
    expect(kwh(plant({ horizonDeg: [30] }), YEAR)).toBeLessThan(0.9 * whole)
    expect(kwh(plant({ azimuthDeg: 0 }), YEAR)).toBeLessThan(0.9 * whole)
    expect(kwh(plant({ dcAcRatio: 3 }), YEAR)).toBeLessThan(0.9 * whole)
  })
})

test('a file that many plants name is read once', () => {
  const read = weatherReader(dir, YEAR)
  expect(read(plant({ tiltDeg: 10 }))).toBe(read(plant({ tiltDeg: 20 })))
  expect(read(plant({ weather: 'year2018.epw' }))).not.toBe(
    read(plant({ weather: 'year2018.epw', weatherYears: 'any' })),
  )
})

describe('a plant under a year that was', () => {
  test('has weather for that year alone, unless the scenario lets it stand for any', () => {
    const own = plant({ weather: 'year2018.epw' })
    const { axis } = solarFromWeather(own, dir, YEAR)
    expect(new Date(axis.startSeconds * 1000).toISOString()).toBe('2018-01-01T08:00:00.000Z')
    expect(kwh({ ...own, weatherYears: 'any' }, YEAR)).toBe(kwh(plant(), YEAR))
  })
})

describe('other formats', () => {
  /** Rows of the same clear year, with their labels. */
  const rows = (row: (time: Date, light: (string | number)[]) => string, shiftHours = 0): string[] =>
    epw(typical)
      .trimEnd()
      .split('\n')
      .slice(8)
      .map((line, at) => row(new Date(Date.UTC(2021, 0, 1, at + shiftHours)), line.split(',').slice(13, 16)))
  const two = (value: number) => String(value).padStart(2, '0')

  test('an NSRDB year of the same light gives the same energy', () => {
    const body = rows((time, light) =>
      [2021, time.getUTCMonth() + 1, time.getUTCDate(), time.getUTCHours(), 30, ...light, 15, 2].join(','),
    )
    const head = [
      'Source,Latitude,Longitude,Elevation,Time Zone,Local Time Zone',
      'NSRDB,34.1,-117.4,300,-8,-8',
      'Year,Month,Day,Hour,Minute,GHI,DNI,DHI,Temperature,Wind Speed',
    ]
    const weather = file('psm.csv', [...head, ...body, ''].join('\n'))
    const year = hours('2021-01-01T00:00-08:00', 365)
    const spec = plant({ weather, weatherFormat: 'psm' })
    expect(kwh(spec, year)).toBeCloseTo(kwh(plant(), year), 4)
    expect(kwh({ ...spec, weatherYears: 'any' }, YEAR)).toBeCloseTo(kwh(plant(), YEAR), 4)
  })

  test('PVGIS with global light alone is decomposed, and the minute of the satellite kept', () => {
    const pvgis = (minute: string, elevation = 'Elevation (m): 300') =>
      [
        'Latitude (decimal degrees): 34.1',
        'Longitude (decimal degrees): -117.4',
        elevation,
        'time,G(h),T2m,WS10m',
        ...rows(
          (time, light) =>
            `2021${two(time.getUTCMonth() + 1)}${two(time.getUTCDate())}:${two(time.getUTCHours())}${minute},${light[0]},15,2`,
          8,
        )
          .filter((line) => line.startsWith('2021'))
          .slice(0, -8),
        'PVGIS (c) European Union, 2001-2026',
        '',
      ].join('\n')
    const year = hours('2021-03-01T00:00-08:00', 60)
    const early = plant({ weather: file('early.csv', pvgis('05')), weatherFormat: 'pvgis' })
    const middle = plant({ weather: file('middle.csv', pvgis('30')), weatherFormat: 'pvgis' })
    expect(solarFromWeather(middle, dir, year).notes.join(' ')).toContain('derived from global light (Erbs)')
    // The same light at another height of the sun is other light on the plane.
    expect(kwh(early, year)).not.toBe(kwh(middle, year))
    expect(kwh(middle, year) / kwh(plant(), year)).toBeCloseTo(1, 0)
    const nowhere = plant({ weather: file('flat.csv', pvgis('30', '')), weatherFormat: 'pvgis' })
    expect(() => solarFromWeather(nowhere, dir, year)).toThrow('tells no elevation')
  })
})

describe('weather that cannot be used', () => {
  test.each([
    ['no such file', 'nowhere.epw', 'cannot be read'],
    [
      'a gap',
      file(
        'gap.epw',
        epw(typical, (cells, month, day, hour) => {
          if (month === 6 && day === 3 && hour === 12) cells[14] = 9999
        }),
      ),
      'dniWM2 is missing in the interval from 2023-06-03T19:00Z',
    ],
    [
      'half a year',
      file('half.epw', epw(typical).split('\n').slice(0, 4000).join('\n')),
      'the file may be cut off',
    ],
    ['no weather at all', file('words.epw', 'hello\n'), 'does not begin with a LOCATION line'],
  ])('%s is told', (_, weather, words) => {
    expect(() => solarFromWeather(plant({ weather }), dir, YEAR)).toThrow(words)
  })
})

const SCENARIO = `
schema: 1
name: computed-roof
title: One home under a weather file
question: Does a computed plant run like a measured one?
description: For the test of the solar agent.
period: { start: 2016-08-01, days: 2 }
timeZone: America/Los_Angeles
settlementMinutes: 5
tariff:
  label: Flat
  source: made up
  year: 2016
  import: { kind: flat, usdPerKwh: 0.25 }
  export: { kind: flat, usdPerKwh: 0.05 }
communities:
  - id: street
    homes:
      - id: home-01
        load: { profile: fontana-2016/1 }
        solar: { weather: typical.epw, dcKw: 6, tiltDeg: 25, azimuthDeg: 180 }
        battery: { capacityKwh: 6.4, powerKw: 5 }
`

describe('a scenario', () => {
  const path = join(dir, file('computed-roof.yaml', SCENARIO))

  test('runs with a computed plant, its weather file in the manifest', async () => {
    const { scenario } = loadScenario(path)
    const { results } = await runScenario({
      scenario,
      baseDir: dirname(path),
      outDir: temporaryFolder(),
      workers: 1,
      command: 'vpp run computed-roof.yaml',
      version: 'test',
    })
    const [home] = results.communities[0].homes
    expect(home.solarKw).toBe(5)
    const inputs = prepare(scenario, dir).inputs
    expect(inputs.map(({ name }) => name)).toContain('typical.epw')
  })

  test.each([
    ['tiltDeg: 25', 'tiltDeg: 125', /solar\.tiltDeg is 125; must be a number ≥ 0 and ≤ 90/],
    ['dcKw: 6', 'dcW: 6000', /dcW is not a known field; .*dcKw: 6/],
    ['azimuthDeg: 180', 'azimuthDeg: south', /solar\.azimuthDeg is "south"/],
    [', dcKw: 6', '', /solar\.dcKw is missing/],
    ['tiltDeg: 25', 'tiltDeg: 25, monthlyLossPercent: [5, 5]', /a list of 12 numbers from 0 to 100/],
  ])('with %s as %s is refused', (from, to, message) => {
    const broken = join(dir, file('broken.yaml', SCENARIO.replace(from, to)))
    expect(() => loadScenario(broken)).toThrow(message)
  })
})

testWithSharedData('a year at Boston is PVWatts’ year', () => {
  const weather = join(SHARED_DATA, 'weather-boston-tmy3/USA_MA_Boston-Logan.Intl.AP.725090_TMY3.epw')
  const spec = plant({ weather, dcKw: 5, tiltDeg: 30 })
  // SAM 7.1.1: 6,624.17 kWh.
  expect(kwh(spec, hours('2023-01-01T00:00-05:00', 365)) / 6624.17).toBeCloseTo(1, 4)
})
