import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SHARED_DATA, testWithSharedData } from '../../testing.ts'
import { VppError } from '../errors.ts'
import { parseEpw } from './epw.ts'

const HEADER = [
  'LOCATION,Somewhere,MA,USA,TMY3,000000,42.00,-71.00,-5.0,10.0',
  'DESIGN CONDITIONS,0',
  'TYPICAL/EXTREME PERIODS,0',
  'GROUND TEMPERATURES,0',
  'HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0',
  'COMMENTS 1,made for a test',
  'COMMENTS 2,',
  'DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31',
]
/** A year of rows; `year` of a month may differ, as in a typical year. */
interface Made {
  days?: number
  yearOf?: (month: number) => number
  minute?: number
  header?: string[]
  leapAt?: number
}
function epw({
  days = 365,
  yearOf = () => 2019,
  minute = 0,
  header = HEADER,
  leapAt = 2019,
}: Made = {}): string[] {
  const lines = [...header]
  for (let hour = 0; hour < days * 24; hour++) {
    const date = new Date(Date.UTC(leapAt, 0, 1, hour))
    const month = date.getUTCMonth() + 1
    lines.push(
      [
        `${yearOf(month)},${month},${date.getUTCDate()},${date.getUTCHours() + 1},${minute},?`,
        `10.5,5,60,101325,0,1415,300,${hour % 500},1,2,0,0,0,0,180,3.1`,
        '0,0,9,777,9,9,12,0.1,0,88,0.2,0,1',
      ].join(','),
    )
  }
  return lines
}
const parse = (lines: readonly string[], year?: number) =>
  parseEpw(`${lines.join('\n')}\n`, { name: 'x.epw', year })
const problem = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    if (error instanceof VppError) return error.message
    throw error
  }
  return 'nothing was thrown'
}

describe('what the shared files hold', () => {
  testWithSharedData('Boston TMY3: UTC-5, hour 1 is the first, sums of its SOURCE.md', () => {
    const path = join(SHARED_DATA, 'weather-boston-tmy3/USA_MA_Boston-Logan.Intl.AP.725090_TMY3.epw')
    const text = readFileSync(path, 'utf8')
    expect(problem(() => parseEpw(text, { name: 'boston.epw' }))).toMatch(
      /different years .*1976.*say which calendar year.*`year`/,
    )
    const { frame, site, clock, sourceYears } = parseEpw(text, { name: 'boston.epw', year: 2023 })
    expect(site).toMatchObject({
      latitudeDeg: 42.37,
      longitudeDeg: -71.02,
      utcOffsetHours: -5,
      elevationM: 6,
    })
    expect(clock).toEqual({ labels: 'end', timeZone: 'UTC-05:00' })
    expect(frame.axis).toEqual({
      startSeconds: Date.UTC(2023, 0, 1, 5) / 1000,
      stepSeconds: 3600,
      count: 8760,
    })
    const kwh = (column: Float64Array) => column.reduce((sum, value) => sum + value, 0) / 1000
    expect(Math.round(kwh(frame.columns.ghiWM2))).toBe(1408)
    expect(Math.round(kwh(frame.columns.dniWM2))).toBe(1336)
    expect(Math.round(kwh(frame.columns.dhiWM2))).toBe(652)
    expect(new Set(sourceYears)).toEqual(new Set([1976, 1977, 1978, 1981, 1986, 1989, 1990, 2002, 2003]))
  })

  testWithSharedData('Burlington AMY 2018 keeps its year', () => {
    const path = join(SHARED_DATA, 'homes-vt-resstock-2018/weather_burlington_amy2018.epw')
    const { frame, sourceYears } = parseEpw(readFileSync(path, 'utf8'), { name: 'burlington.epw' })
    expect(sourceYears).toEqual([2018])
    expect(frame.axis.startSeconds).toBe(Date.UTC(2018, 0, 1, 5) / 1000)
    expect(Math.round(frame.columns.ghiWM2.reduce((sum, value) => sum + value, 0) / 1000)).toBe(1325)
  })
})

test('a row is the hour that ends at its label; missing codes are not numbers', () => {
  const lines = epw()
  lines[8 + 12] = lines[8 + 12].replace(',12,1,2,', ',9999,1,2,')
  const { frame, notes } = parse(lines)
  expect(frame.columns.ghiWM2[11]).toBe(11)
  expect(frame.columns.ghiWM2[12]).toBeNaN()
  expect(notes).toEqual(['ghiWM2 is missing in 1 rows.'])
  expect(frame.columns.windSpeedMS[0]).toBe(3.1)
  expect(frame.columns.albedoFraction[0]).toBe(0.2)
})

describe('a file with a trap in it is refused, and the option that settles it named', () => {
  test('cut off in the middle of a row, or after one', () => {
    const lines = epw()
    expect(problem(() => parse(lines.slice(0, 5000)))).toMatch(/x\.epw:5000 {2}ends after 4992 rows.*8760/)
    expect(problem(() => parse([...lines.slice(0, 5000), lines[5000].slice(0, 40)]))).toMatch(/x\.epw:5001/)
    expect(problem(() => parse(lines.slice(0, 3)))).toMatch(/no DATA PERIODS/)
  })
  test('an hour twice, an hour left out', () => {
    const lines = epw()
    expect(problem(() => parse(lines.toSpliced(100, 0, lines[100])))).toMatch(/x\.epw:102 .*is due/)
    expect(problem(() => parse(lines.toSpliced(100, 1)))).toMatch(/x\.epw:101 .*is due/)
  })
  test('hours that name their start', () => {
    const lines = epw().map((line, at) =>
      at < 8 ? line : line.replace(/^((?:\d+,){3})(\d+)/, (_, date, hour) => `${date}${Number(hour) - 1}`),
    )
    expect(problem(() => parse(lines))).toMatch(/hours must be 1 to 24/)
  })
  test('minutes in the middle of the hour', () => {
    expect(problem(() => parse(epw({ minute: 30 })))).toMatch(/minutes are 30/)
    expect(parse(epw({ minute: 60 })).frame.axis.count).toBe(8760)
  })
  test('a typical year whose years are out of order', () => {
    const lines = epw({ yearOf: (month) => (month % 2 === 0 ? 1999 : 2003) })
    expect(problem(() => parse(lines))).toMatch(/2 different years.*`year`/)
    expect(parse(lines, 2023).frame.axis.startSeconds).toBe(Date.UTC(2023, 0, 1, 5) / 1000)
  })
  test('29 February', () => {
    const leapYear = epw({ days: 366, leapAt: 2020, yearOf: () => 2020 })
    expect(parse(leapYear).frame.axis.count).toBe(8784)
    expect(problem(() => parse(leapYear, 2023))).toMatch(/has a 29 February.*leap year/)
    expect(problem(() => parse(epw({ yearOf: () => 2020 })))).toMatch(/leaves out 29 February.*`year`/)
    const observed = HEADER.with(4, 'HOLIDAYS/DAYLIGHT SAVINGS,Yes,0,0,0')
    expect(problem(() => parse(epw({ header: observed })))).toMatch(/leap years are observed/)
  })
  test('a longitude without its sign', () => {
    const header = HEADER.with(0, 'LOCATION,Somewhere,MA,USA,TMY3,000000,42.00,71.00,-5.0,10.0')
    expect(problem(() => parse(epw({ header })))).toMatch(/does not fit longitude/)
  })
})
