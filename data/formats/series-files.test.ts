import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { SHARED_DATA, testWithSharedData } from '../../testing.ts'
import { VppError } from '../errors.ts'
import { formatNamed, FORMATS, type FormatName, type FormatOptions } from './registry.ts'

const read = (path: string) => readFileSync(join(SHARED_DATA, path), 'utf8')
const open = (format: FormatName, path: string, options: Partial<FormatOptions> = {}) =>
  formatNamed(format).parse(read(path), { name: path, ...options })
const problem = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof VppError) return error.message
    throw error
  }
  return 'nothing was thrown'
}
const utc = (...parts: [number, number, number, number?, number?]) =>
  Date.UTC(parts[0], parts[1] - 1, parts[2], parts[3] ?? 0, parts[4] ?? 0) / 1000
const total = (column: Float64Array | undefined) =>
  column?.reduce((sum, value) => sum + value, 0) ?? Number.NaN

/** Σ of a column by its texts, in 10^-20: a second way to the sum, by csv-parse and whole numbers. */
function exactSum(path: string, column: string): bigint {
  const rows = parseCsv(read(path), { columns: true, bom: true })
  return (rows as Record<string, string>[]).reduce((sum, row) => {
    const [mantissa, exponent = '0'] = row[column].split('e')
    const [whole, part = ''] = mantissa.split('.')
    return sum + BigInt(whole + part) * 10n ** BigInt(20 - part.length + Number(exponent))
  }, 0n)
}
/** Whole milliwatt-hours of a sum of kWh, or of kW over an interval of `minutes`. */
const milliWh = (sum: bigint, minutes = 60): bigint => {
  const exact = sum * 1_000_000n * BigInt(minutes)
  const unit = 60n * 10n ** 20n
  return (2n * exact + unit) / (2n * unit)
}

describe('energy in = energy in the frame, exactly', () => {
  const AUSGRID = 'homes-ausgrid-c12-30min/customer12_2011-07_2012-06.csv'
  testWithSharedData('Ausgrid, kW over half hours: 5,938 kWh and 1,296 kWh', () => {
    const { frame } = open('ausgrid', AUSGRID, { timeZone: '+10:00' })
    expect(frame.axis).toEqual({ startSeconds: utc(2011, 6, 30, 14), stepSeconds: 1800, count: 17_568 })
    expect(BigInt(total(frame.columns.loadMilliWh))).toBe(milliWh(exactSum(AUSGRID, 'GC'), 30))
    expect(BigInt(total(frame.columns.solarMilliWh))).toBe(milliWh(exactSum(AUSGRID, 'GG'), 30))
    expect(Math.round(total(frame.columns.loadMilliWh) / 1e6)).toBe(5938)
    expect(Math.round(total(frame.columns.solarMilliWh) / 1e6)).toBe(1296)
  })

  testWithSharedData('ResStock, all twelve homes and all four energies', () => {
    const { buildings } = JSON.parse(read('homes-vt-resstock-2018/buildings.json')) as {
      buildings: { resstock_id: number; annual_kwh: Record<string, number> }[]
    }
    expect(buildings.length).toBe(12)
    for (const { resstock_id: id, annual_kwh: annual } of buildings) {
      const path = `homes-vt-resstock-2018/resstock_${id}.csv`
      const { frame, clock } = open('resstock', path, { start: '2018-01-01T00:00', timeZone: '-05:00' })
      expect(frame.axis).toEqual({ startSeconds: utc(2018, 1, 1, 5), stepSeconds: 3600, count: 8760 })
      expect(clock).toEqual({ labels: 'end', timeZone: 'UTC-05:00' })
      for (const [title, name] of [
        ['non_shiftable_kwh_e', 'loadMilliWh'],
        ['dhw_kwh_th', 'hotWaterThermalMilliWh'],
        ['cooling_kwh_th', 'coolingThermalMilliWh'],
        ['heating_kwh_th', 'heatingThermalMilliWh'],
      ]) {
        expect(BigInt(total(frame.columns[name])), `${id} ${title}`).toBe(milliWh(exactSum(path, title)))
        expect(total(frame.columns[name]) / 1e6).toBeCloseTo(annual[title], 0)
      }
    }
  })

  testWithSharedData('Fontana, all twelve homes, moved across the seam', () => {
    const { homes } = JSON.parse(read('homes-fontana-2016/homes.json')) as {
      homes: { home: number; pv_nominal_kw: number; annual_load_kwh: number; annual_pv_kwh: number }[]
    }
    for (const { home, pv_nominal_kw: solarKw, annual_load_kwh: load, annual_pv_kwh: solar } of homes) {
      const path = `homes-fontana-2016/home_${String(home).padStart(2, '0')}.csv`
      const { frame, notes } = open('citylearn', path, {
        timeZone: 'America/Los_Angeles',
        seam: 'move',
        solarKw,
      })
      expect(frame.axis).toEqual({ startSeconds: utc(2016, 8, 1, 7), stepSeconds: 3600, count: 8760 })
      expect(BigInt(total(frame.columns.loadMilliWh))).toBe(milliWh(exactSum(path, 'load_kwh')))
      expect(total(frame.columns.loadMilliWh) / 1e6).toBeCloseTo(load, 2)
      expect(total(frame.columns.solarMilliWh) / 1e6).toBeCloseTo(solar, 2)
      expect(notes).toEqual([expect.stringContaining('2017-03-12 02:00')])
    }
  })
})

describe('clocks of the shared files', () => {
  testWithSharedData('SimBench: 35,136 steps of the German clock, with both seams', () => {
    const { frame, clock } = open('simbench', 'feeder-simbench-semiurb4/profiles_15min.csv')
    expect(frame.axis).toEqual({ startSeconds: utc(2015, 12, 31, 23), stepSeconds: 900, count: 35_136 })
    expect(clock).toEqual({ labels: 'start', timeZone: 'Europe/Berlin' })
    expect(Object.keys(frame.columns).length).toBeGreaterThan(40)
    expect(frame.columns['H0-A_pload'].every((value) => value >= 0)).toBe(true)
  })
  testWithSharedData('Ausgrid runs on through the clock change: asked, and settled', () => {
    const path = 'homes-ausgrid-c12-30min/customer12_2011-07_2012-06.csv'
    expect(problem(() => open('ausgrid', path))).toMatch(/tell no time zone.*`timeZone`/)
    expect(problem(() => open('ausgrid', path, { timeZone: 'Australia/Sydney' }))).toMatch(
      /:4470 .*runs on through the change.*2011-10-02 02:00.*`seam`/,
    )
    const moved = open('ausgrid', path, { timeZone: 'Australia/Sydney', seam: 'move' })
    expect(moved.frame.axis.count).toBe(17_568)
    // Load and solar of the hour that clocks skipped are zero: its clock changed, and a program filled the gap.
    expect(moved.notes.filter((note) => note.includes('is zero: a filler')).length).toBe(2)
    expect(total(moved.frame.columns.loadMilliWh)).toBe(
      total(open('ausgrid', path, { timeZone: '+10:00' }).frame.columns.loadMilliWh),
    )
  })
  testWithSharedData('ISO New England: hour ending, the skipped hour is a filler', () => {
    for (const sheet of ['ISO_NE_CA', 'NEMASSBOST', 'WCMASS']) {
      const path = `price-isone-2017/smd_2017-01_2017-04_${sheet}.csv`
      expect(problem(() => open('isone', path))).toMatch(
        /2017-03-12 .*as if every day had 24 hours.*`seam` drop/,
      )
      const { frame, notes } = open('isone', path, { seam: 'drop' })
      expect(frame.axis).toEqual({ startSeconds: utc(2017, 1, 1, 5), stepSeconds: 3600, count: 2879 })
      expect(notes).toEqual([
        'The row labelled 2017-03-12 02:00, a time that did not exist, is left out. It goes on in the line of the two rows before it: a filler.',
      ])
    }
    const { frame } = open('isone', 'price-isone-2017/smd_2017-01_2017-04_WCMASS.csv', { seam: 'drop' })
    expect(frame.columns.priceUsdPerKwh[0]).toBeCloseTo(0.03514, 9)
    // Row 1,685 of the file (2017-03-12, hour 4) is 03:00 EDT = 07:00Z.
    expect(frame.columns.priceUsdPerKwh[(utc(2017, 3, 12, 7) - frame.axis.startSeconds) / 3600]).toBeCloseTo(
      0.05816,
      9,
    )
  })
  testWithSharedData('NYISO and Electricity Maps are UTC', () => {
    const price = open('nyiso', 'price-carbon-newyork/nyiso_capitl_dayahead_2022.csv').frame
    expect(price.axis).toEqual({ startSeconds: utc(2022, 1, 1, 5), stepSeconds: 3600, count: 8760 })
    expect(price.columns.priceUsdPerKwh[0]).toBeCloseTo(0.03095, 9)
    const carbon = open('electricity-maps', 'price-carbon-newyork/electricitymaps_us-ny-nyis_2023.csv').frame
    expect(carbon.axis).toEqual({ startSeconds: utc(2023, 1, 1), stepSeconds: 3600, count: 8760 })
    expect(carbon.columns.carbonKgPerKwh[0]).toBeCloseTo(0.20509, 9)
  })
  testWithSharedData('AVERT tells neither year nor clock: asked', () => {
    const path = 'carbon-avert-2023/avert_2023_co2_newengland_newyork.csv'
    expect(problem(() => open('avert', path))).toMatch(/`year`.*`timeZone`/)
    expect(problem(() => open('avert', path, { year: 2024, timeZone: '-05:00' }))).toMatch(
      /leap year has 8,784/,
    )
    const { frame } = open('avert', path, { year: 2023, timeZone: '-05:00' })
    expect(frame.axis).toEqual({ startSeconds: utc(2023, 1, 1, 5), stepSeconds: 3600, count: 8760 })
    expect(frame.columns.neCarbonKgPerKwh[0]).toBeCloseTo(0.81 * 0.45359237, 12)
  })
  testWithSharedData('Fontana asks what its clock is', () => {
    const path = 'homes-fontana-2016/home_01.csv'
    expect(problem(() => open('citylearn', path, { timeZone: 'America/Los_Angeles' }))).toMatch(
      /runs on through the change.*2016-11-06 .*`seam`/,
    )
    expect(problem(() => open('citylearn', path, { timeZone: 'America/Los_Angeles', seam: 'drop' }))).toMatch(
      /`seam` move/,
    )
  })
})

describe('the publishers’ own layouts', () => {
  const parse = (format: FormatName, lines: readonly string[], options: Partial<FormatOptions> = {}) =>
    formatNamed(format).parse(`${lines.join('\n')}\n`, { name: 'x.csv', ...options })
  const slots = Array.from(
    { length: 48 },
    (_, at) => `${Math.floor(((at + 1) % 48) / 2)}:${at % 2 === 0 ? '30' : '00'}`,
  )

  test('Ausgrid: kWh in half hours named by their end', () => {
    const row = (customer: number, category: string, date: string, value: string) =>
      [customer, '3.78', 2076, category, date, ...Array.from({ length: 48 }, () => value), ''].join(',')
    const lines = [
      'Daily data',
      [
        'Customer',
        'Generator Capacity',
        'Postcode',
        'Consumption Category',
        'date',
        ...slots,
        'Row Quality',
      ].join(','),
      row(1, 'GC', '1/07/2012', '0.125'),
      row(1, 'GG', '1/07/2012', '0'),
      row(2, 'GC', '1/07/2012', '9'),
    ]
    expect(problem(() => parse('ausgrid', lines, { timeZone: '+10:00' }))).toMatch(/2 customers.*`customer`/)
    const { frame } = parse('ausgrid', lines, { timeZone: '+10:00', customer: '1' })
    expect(frame.axis).toEqual({ startSeconds: utc(2012, 6, 30, 14), stepSeconds: 1800, count: 48 })
    expect(total(frame.columns.loadMilliWh)).toBe(6_000_000)
    expect(
      problem(() =>
        parse('ausgrid', [...lines, row(1, 'GC', '2/07/2012', '1')], { timeZone: '+10:00', customer: '1' }),
      ),
    ).toMatch(/has no GG/)
  })
  test('ResStock: quarter hours named by their end, Eastern standard time', () => {
    const lines = [
      'bldg_id,timestamp,out.electricity.total.energy_consumption',
      ...Array.from(
        { length: 8 },
        (_, at) =>
          `7,2018-01-01 0${Math.floor((at + 1) / 4)}:${['00', '15', '30', '45'][(at + 1) % 4]}:00,0.1`,
      ),
    ]
    const { frame } = parse('resstock', lines)
    expect(frame.axis).toEqual({ startSeconds: utc(2018, 1, 1, 5), stepSeconds: 900, count: 8 })
    expect(total(frame.columns.loadMilliWh)).toBe(800_000)
  })
  test('CityLearn: hours 24, 1, 2, …, without a year', () => {
    const lines = [
      'Month,Hour,Day Type,Equipment Electric Power [kWh],Solar Generation [W/kW]',
      ...Array.from({ length: 30 }, (_, at) => `7,${((at + 23) % 24) + 1},7,0.5,100.00001`),
    ]
    expect(problem(() => parse('citylearn', lines))).toMatch(/no year and no time zone.*`start`.*`timeZone`/)
    const options = { start: '2016-08-01T00:00', timeZone: 'America/Los_Angeles', solarKw: 4 }
    const { frame } = parse('citylearn', lines, options)
    expect(frame.axis).toEqual({ startSeconds: utc(2016, 8, 1, 7), stepSeconds: 3600, count: 30 })
    expect(total(frame.columns.solarMilliWh)).toBe(Math.round(30 * 100.00001 * 4 * 1000))
    expect(problem(() => parse('citylearn', lines.toSpliced(5, 1), options))).toMatch(/x\.csv:6 .*after hour/)
  })
  test('NYISO: one zone of many, Eastern prevailing time with the hour that comes twice', () => {
    const hours = ['00:00', '01:00', '01:00', '02:00']
    const lines = [
      '"Time Stamp","Name","PTID","LBMP ($/MWHr)"',
      ...hours.flatMap((hour, at) =>
        ['CAPITL', 'N.Y.C.'].map(
          (zone) => `"11/03/2024 ${hour}","${zone}",1,${at + (zone === 'CAPITL' ? 30 : 60)}.5`,
        ),
      ),
    ]
    expect(problem(() => parse('nyiso', lines))).toMatch(/2 zones.*`zone`: CAPITL, N\.Y\.C\./)
    const { frame } = parse('nyiso', lines, { zone: 'CAPITL' })
    expect(frame.axis).toEqual({ startSeconds: utc(2024, 11, 3, 4), stepSeconds: 3600, count: 4 })
    expect(frame.columns.priceUsdPerKwh[2]).toBeCloseTo(0.0325, 12)
  })
  test('Electricity Maps: its own header', () => {
    const lines = [
      'Datetime (UTC),Country,Zone name,Zone id,Carbon intensity gCO₂eq/kWh (direct),Carbon intensity gCO₂eq/kWh (Life cycle),Data estimated',
      '2024-01-01 00:00:00,US,NYISO,US-NY-NYIS,200.5,260,false',
      '2024-01-01 01:00:00,US,NYISO,US-NY-NYIS,210,270,true',
    ]
    const { frame, notes } = parse('electricity-maps', lines)
    expect(frame.columns.carbonKgPerKwh[0]).toBeCloseTo(0.2005, 12)
    expect(notes).toEqual(['1 hours are estimated by the source.'])
  })
  test.each(Object.keys(FORMATS) as FormatName[])(
    '%s refuses what is none of it, and an empty text',
    (format) => {
      for (const text of ['', 'a,b\n1,2\n', '{}', '<x/>', '\0\0\0']) {
        expect(() => formatNamed(format).parse(text, { name: 'x' })).toThrow(VppError)
      }
    },
  )
})
