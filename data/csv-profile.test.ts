import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { loadCsvProfile } from './csv-profile.ts'
import { CsvSeries } from './formats/csv-series.ts'

const dir = mkdtempSync(join(tmpdir(), 'vpp-csv-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const load = (text: string, spec: Partial<Parameters<typeof loadCsvProfile>[0]> = {}) => {
  writeFileSync(join(dir, 'meter.csv'), text)
  return loadCsvProfile(
    {
      file: 'meter.csv',
      column: 'use',
      unit: 'kWh',
      timeColumn: 'time',
      timeZone: 'America/New_York',
      ...spec,
    },
    dir,
  )
}

const GOOD = 'time,use\n2024-01-01T00:00,0.5\n2024-01-01T00:15,1\n2024-01-01T00:30,0\n'

test('local times, equal steps, energy in whole milliwatt-hours', () => {
  const { axis, milliWh } = load(GOOD)
  expect(axis).toEqual({ startSeconds: Date.UTC(2024, 0, 1, 5) / 1000, stepSeconds: 900, count: 3 })
  expect([...milliWh]).toEqual([500_000, 1_000_000, 0])
})

test('a mean power is multiplied by the interval', () => {
  expect([...load(GOOD, { unit: 'kW' }).milliWh]).toEqual([125_000, 250_000, 0])
  expect([...load(GOOD, { unit: 'Wh' }).milliWh]).toEqual([500, 1000, 0])
})

test('offsets win over the zone', () => {
  const text = 'time,use\n2024-01-01T00:00Z,1\n2024-01-01T01:00+00:00,2\n'
  expect(load(text).axis.startSeconds).toBe(Date.UTC(2024, 0, 1) / 1000)
})

test.each([
  [
    'a gap',
    'time,use\n2024-01-01T00:00,1\n2024-01-01T00:15,1\n2024-01-01T01:00,1\n',
    /meter\.csv:4 {2}follows a gap/,
  ],
  [
    'a repetition',
    'time,use\n2024-01-01T00:00,1\n2024-01-01T00:15,1\n2024-01-01T00:15,1\n',
    /meter\.csv:4 {2}repeats/,
  ],
  [
    'no number',
    'time,use\n2024-01-01T00:00,1\n2024-01-01T00:15,n\\a\n',
    /meter\.csv:3 {2}use is "n\\\\a", not a number/,
  ],
  [
    'an empty cell',
    'time,use\n2024-01-01T00:00,1\n2024-01-01T00:15,\n',
    /meter\.csv:3 {2}use is "", not a number/,
  ],
  [
    'negative energy',
    'time,use\n2024-01-01T00:00,1\n2024-01-01T00:15,-2\n',
    /meter\.csv:3 {2}use is -2, below zero/,
  ],
  ['a cut-off line', 'time,use\n2024-01-01T00:00,1\n2024-01-01T00:15,1', /the last line does not end/],
  [
    'a row too short',
    'time,use\n2024-01-01T00:00,1\n2024-01-01T0\n',
    /meter\.csv:3 {2}has 1 cells, the header 2/,
  ],
  [
    'no such column',
    'time,usage\n2024-01-01T00:00,1\n2024-01-01T00:15,1\n',
    /has no column use; its columns are time, usage/,
  ],
  [
    'an hour that does not exist',
    'time,use\n2024-03-10T01:00,1\n2024-03-10T02:00,1\n',
    /meter\.csv:3 .* not a time that exists once/,
  ],
  [
    'an hour that exists twice',
    'time,use\n2024-11-03T01:00,1\n2024-11-03T02:00,1\n',
    /meter\.csv:2 .* not a time that exists once/,
  ],
  ['one row', 'time,use\n2024-01-01T00:00,1\n', /fewer than two rows/],
  ['nothing', '', /fewer than two rows|last line does not end/],
])('%s is an error with its place', (_, text, message) => {
  expect(() => load(text)).toThrow(message)
})

test('a missing file is named', () => {
  expect(() =>
    loadCsvProfile({ file: 'none.csv', column: 'a', unit: 'kWh', timeColumn: 't', timeZone: 'UTC' }, dir),
  ).toThrow(/none\.csv {2}cannot be read; give a path relative/)
})

test('energy in is energy in the frame, to the milliwatt-hour, for any digits, unit and step', () => {
  const units = { kWh: 1_000_000n, Wh: 1000n, kW: 1_000_000n, W: 1000n } as const
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(9999), fc.stringMatching(/^[0-9]{0,18}$/)), { minLength: 2, maxLength: 60 }),
      fc.constantFrom<keyof typeof units>('kWh', 'Wh', 'kW', 'W'),
      fc.constantFrom(5, 15, 30, 60),
      (values, unit, minutes) => {
        const cells = values.map(([whole, part]) => (part === '' ? `${whole}` : `${whole}.${part}`))
        const rows = cells.map(
          (cell, at) => `${new Date(Date.UTC(2024, 0, 1, 0, at * minutes)).toISOString()},${cell}`,
        )
        const { milliWh } = load(`time,use\n${rows.join('\n')}\n`, { unit })
        const digits = 18n
        const sum = values.reduce(
          (total, [whole, part]) => total + BigInt(whole) * 10n ** digits + BigInt(part.padEnd(18, '0')),
          0n,
        )
        const exact = sum * units[unit] * (unit.endsWith('h') ? 60n : BigInt(minutes))
        const one = 60n * 10n ** digits
        expect(BigInt(milliWh.reduce((total, value) => total + value, 0))).toBe(
          (2n * exact + one) / (2n * one),
        )
        cells.forEach((cell, at) => {
          const own = Number(cell) * Number(units[unit]) * (unit.endsWith('h') ? 1 : minutes / 60)
          expect(Math.abs(milliWh[at] - own)).toBeLessThanOrEqual(1 + own * 1e-12)
        })
      },
    ),
    { numRuns: 150 },
  )
})

describe('what is not clear is asked', () => {
  test('a unit that the column’s name contradicts', () => {
    const text = GOOD.replace('use', 'use_kw')
    expect(() => load(text, { column: 'use_kw' })).toThrow(
      /named for kW, the unit given is kWh.*`confirmUnit`/,
    )
    expect(load(text, { column: 'use_kw', unit: 'kW' }).milliWh[1]).toBe(250_000)
    expect(load(text, { column: 'use_kw', confirmUnit: true }).milliWh[1]).toBe(1_000_000)
  })
  test('times with and without an offset', () => {
    expect(() => load('time,use\n2024-01-01T00:00,1\n2024-01-01T01:00Z,1\n')).toThrow(
      /meter\.csv:3 .*rows before it have none/,
    )
  })
  const hours = (day: string, list: readonly string[]) =>
    `time,use\n${list.map((hour) => `${day} ${hour}:00,1`).join('\n')}\n`
  test('23- and 25-hour days of the clock’s own are taken as they are', () => {
    expect(load(hours('2024-03-10', ['00', '01', '03', '04'])).axis.count).toBe(4)
    expect(load(hours('2024-11-03', ['00', '01', '01', '02'])).axis.count).toBe(4)
  })
  test('a clock that runs on in spring: a filler, or standard time', () => {
    const text = hours('2024-03-10', ['00', '01', '02', '03', '04'])
    expect(() => load(text)).toThrow(/meter\.csv:4 .*clocks skip it.*`timeZone`.*`seam` drop/)
    expect(load(text, { seam: 'drop' })).toMatchObject({
      axis: { count: 4 },
      notes: [expect.stringContaining('2024-03-10 02:00')],
    })
    expect(load(text, { timeZone: '-05:00' }).axis.count).toBe(5)
  })
  test('a clock that runs on in autumn', () => {
    const text = hours('2024-11-03', ['00', '01', '02', '03'])
    expect(() => load(text)).toThrow(/meter\.csv:4 .*clocks go back.*`timeZone`/)
  })
  test('labels at the end or in the middle of their interval', () => {
    expect(load(GOOD, { labels: 'end' }).axis.startSeconds).toBe(Date.UTC(2024, 0, 1, 4, 45) / 1000)
    expect(load(GOOD, { labels: 'middle' }).axis.startSeconds).toBe(Date.UTC(2024, 0, 1, 4, 52, 30) / 1000)
  })
  test('another separator, quotes, a byte order mark, lines of Windows', () => {
    const text =
      '\ufeff"time";"use, of all";x\r\n2024-01-01T00:00;"1.5";"a\n""b"""\r\n2024-01-01T01:00;2;c\r\n'
    expect([...load(text, { separator: ';', column: 'use, of all' }).milliWh]).toEqual([1_500_000, 2_000_000])
  })
  test('text that is not UTF-8', () => {
    writeFileSync(join(dir, 'meter.csv'), Uint8Array.of(0x74, 0xff, 0xfe, 0x0a))
    expect(() =>
      loadCsvProfile({ file: 'meter.csv', column: 'a', unit: 'kWh', timeColumn: 't', timeZone: 'UTC' }, dir),
    ).toThrow(/is not text in UTF-8/)
  })
})

test('a long table is read in constant memory', () => {
  let sum = 0
  const map = { name: 'x.csv', column: 'use', unit: 'W', timeColumn: 'time', timeZone: 'UTC' } as const
  const series = new CsvSeries(map, (_, milliWh) => {
    sum += milliWh
  })
  series.push('time,use\n')
  const before = process.memoryUsage().arrayBuffers
  const rows = 200_000
  for (let at = 0; at < rows; at += 1000) {
    const piece = Array.from({ length: 1000 }, (_, row) => {
      const label = new Date(Date.UTC(2020, 0, 1) + (at + row) * 5000).toISOString().slice(0, 19)
      return `${label},${(at + row) % 100}\n`
    })
    series.push(piece.join(''))
  }
  series.end()
  // 49.5 W · 5 s · 200,000; nothing of the rows is kept in a buffer.
  expect(sum).toBe(Math.round((rows * 49.5 * 5) / 3.6))
  expect(series.count).toBe(rows)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 20)
})
