import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadCsvProfile } from '../../data/csv-profile.ts'
import { loadProfile } from '../../data/profile.ts'
import { SHARED_DATA, testWithSharedData } from '../../testing.ts'
import { exactKwh, importFile, type ImportOptions } from './import.ts'

const dir = mkdtempSync(join(tmpdir(), 'vpp-import-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
let made = 0
const bring = (file: string, format: ImportOptions['format'], more: Partial<ImportOptions> = {}) => {
  const out = join(dir, `out-${made++}.csv`)
  return { out, provenance: importFile({ file, format, out, told: {}, csv: {}, ...more }) }
}
const load = (out: string, column = 'load_kwh') =>
  loadProfile({ file: out, column, unit: 'kWh', timeColumn: 'start_utc', timeZone: 'UTC' }, 'load', '.')

test.each([
  [0, '0'],
  [1, '0.000001'],
  [-1_500_000, '-1.5'],
  [9_007_199_254_740_991, '9007199254.740991'],
])('%i mWh is %s kWh', (milliWh, text) => expect(exactKwh(milliWh)).toBe(text))

testWithSharedData(
  'a known file settles itself, keeps its energy, and a scenario reads it with its licence',
  () => {
    const file = join(SHARED_DATA, 'homes-ausgrid-c12-30min/customer12_2011-07_2012-06.csv')
    const { out, provenance } = bring(file, 'ausgrid')
    expect(provenance).toMatchObject({
      imported: { set: 'homes-ausgrid-c12-30min', options: { timeZone: 'Australia/Sydney', seam: 'move' } },
      licence: 'CC BY 4.0',
      shareAlike: false,
      startUtc: '2011-06-30T14:00Z',
      stepSeconds: 1800,
      count: 17_568,
    })
    const profile = load(out)
    expect(exactKwh(profile.milliWh.reduce((sum, value) => sum + value, 0))).toBe(
      provenance.energyKwh.load_kwh,
    )
    expect(profile.input).toMatchObject({
      licence: 'CC BY 4.0',
      attribution: expect.stringContaining('Haessig'),
    })
    expect(() => bring(file, 'ausgrid', { out })).toThrow(/is there already/)
  },
)

testWithSharedData('a per-unit profile becomes energy, marked as ODbL', () => {
  const file = join(SHARED_DATA, 'feeder-simbench-semiurb4/profiles_15min.csv')
  const { out, provenance } = bring(file, 'simbench', { column: 'H0-A_pload', kw: 4 })
  expect(provenance).toMatchObject({
    shareAlike: true,
    licence: expect.stringContaining('ODbL'),
    count: 35_136,
  })
  expect(load(out, 'energy_kwh').input).toMatchObject({
    shareAlike: true,
    attribution: expect.stringContaining('SimBench'),
  })
})

test('a table of one’s own; a file that was changed afterwards is told', () => {
  const file = join(dir, 'mine.csv')
  writeFileSync(file, 'when;kW\n2024-11-03 00:00;1.5\n2024-11-03 01:00;2\n2024-11-03 01:00;0.1\n')
  const csv = { column: 'kW', unit: 'kW', timeColumn: 'when', separator: ';' } as const
  expect(() => bring(file, 'csv', { csv: { column: 'kW' } })).toThrow(/mapping is not complete/)
  const { out, provenance } = bring(file, 'csv', {
    csv,
    told: { timeZone: 'America/New_York' },
    source: 'my meter',
    licence: 'mine',
  })
  expect(readFileSync(out, 'utf8')).toBe(
    'start_utc,energy_kwh\n2024-11-03T04:00Z,1.5\n2024-11-03T05:00Z,2\n2024-11-03T06:00Z,0.1\n',
  )
  expect(provenance).toMatchObject({ energyKwh: { energy_kwh: '3.6' }, source: 'my meter', licence: 'mine' })
  const spec = {
    file: out,
    column: 'energy_kwh',
    unit: 'kWh',
    timeColumn: 'start_utc',
    timeZone: 'UTC',
  } as const
  expect(loadCsvProfile(spec, '.').input.source).toBe('my meter')
  writeFileSync(out, readFileSync(out, 'utf8').replace('1.5', '9.5'))
  expect(() => loadCsvProfile(spec, '.')).toThrow(/was changed after it was imported/)
})

test('what cannot be read leaves nothing', () => {
  const file = join(dir, 'bad.csv')
  writeFileSync(file, 'a,b\n1,2\n')
  const out = join(dir, 'never.csv')
  expect(() => importFile({ file, format: 'espi', out, told: {}, csv: {} })).toThrow(/well-formed|ESPI/)
  expect(() => readFileSync(out)).toThrow(/ENOENT/)
  expect(() => readFileSync(`${out}.part`)).toThrow(/ENOENT/)
})
