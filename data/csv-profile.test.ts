import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadCsvProfile } from './csv-profile.ts'

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
  ['a row too short', 'time,use\n2024-01-01T00:00,1\n2024-01-01T0\n', /meter\.csv:3 {2}is no valid CSV/],
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
