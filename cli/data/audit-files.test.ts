import { describe, expect, test } from 'vitest'
import { auditFile } from '../../data/audit-file.ts'
import { setNamed } from '../../data/catalogue/sets.ts'
import type { SeriesFile } from '../../data/formats/series.ts'
import type { AuditFinding } from '../../data/run-files.ts'
import { SHARED_DATA, testWithSharedData } from '../../testing.ts'
import { auditSet } from './audit-files.ts'

const audit = (id: string): AuditFinding[] => {
  const set = setNamed(id)
  if (set === undefined) throw new Error(`no set ${id}`)
  return auditSet(set, [SHARED_DATA])
}
const of = (findings: AuditFinding[], file: RegExp, check: string) =>
  findings
    .filter(({ homeId, check: name }) => file.test(homeId) && name === check)
    .map(({ finding }) => finding)
    .join(' ')

describe('the defects that each SOURCE.md names are found without being told', () => {
  testWithSharedData('homes-fontana-2016', () => {
    const found = audit('homes-fontana-2016')
    expect(of(found, /home_15/, 'solar-output')).toMatch(/dead.*29 kWh per kW.*237 days without any solar/)
    expect(of(found, /home_07/, 'solar-output')).toMatch(/8 days without any solar/)
    for (const [home, hours] of [
      ['07', 1301],
      ['06', 559],
      ['04', 252],
      ['05', 233],
      ['15', 4533],
    ] as const)
      expect(of(found, new RegExp(`home_${home}`), 'load-near-zero')).toContain(`in ${hours} hours`)
    expect(of(found, /home_15/, 'load-constant')).toContain('the longest 18 hours')
    expect(of(found, /common/, 'irradiance')).toMatch(
      /diffuse irradiance is none.*averages 208 .*peaks of 1017/,
    )
    for (const home of ['01', '16'])
      expect(of(found, new RegExp(`home_${home}`), 'reader')).toMatch(
        /2017-03-12 02:00.*fills 2016-11-06T09:00Z/,
      )
  })
  testWithSharedData(
    'homes-ausgrid-c12-30min: its clock follows daylight saving, and zeros fill the gap',
    () => {
      const found = audit('homes-ausgrid-c12-30min')
      expect(of(found, /customer12/, 'reader')).toMatch(/2011-10-02 02:00.*is zero: a filler/)
      expect(found.map(({ check }) => check)).not.toContain('clock-seam')
    },
  )
  testWithSharedData('homes-vt-resstock-2018: cooling, and irradiance that does not close', () => {
    const found = audit('homes-vt-resstock-2018')
    expect(found.filter(({ check }) => check === 'thermal-load')).toHaveLength(12)
    expect(of(found, /burlington/, 'irradiance')).toMatch(/SD 12 W/)
  })
  testWithSharedData('weather-boston-tmy3: a typical year, and otherwise sound', () => {
    const found = audit('weather-boston-tmy3')
    expect(of(found, /Boston/, 'reader')).toMatch(/typical year.*1976, 1977.*2003/)
    expect(found.filter(({ severity }) => severity !== 'info')).toEqual([])
  })
  testWithSharedData('price-isone-2017: four months, and the row of the skipped hour', () => {
    const found = audit('price-isone-2017')
    expect(of(found, /WCMASS/, 'coverage')).toContain('120.0 days')
    expect(of(found, /WCMASS/, 'reader')).toMatch(
      /2017-03-12 02:00.*goes on in the line of the two rows before it/,
    )
    expect(of(found, /./, 'daily-peak')).toBe('')
  })
  testWithSharedData('carbon-avert-2023: noise and rounding', () => {
    const found = audit('carbon-avert-2023')
    expect(of(found, /avert/, 'rough-series')).toMatch(/neCarbonKgPerKwh jumps.*84 different values/)
  })
  testWithSharedData(
    'price-carbon-newyork: estimated hours; its clock is UTC, as a wrong one would show',
    () => {
      const found = audit('price-carbon-newyork')
      expect(of(found, /electricitymaps.*2023/, 'reader')).toContain('49 hours are estimated')
      expect(of(found, /nyiso/, 'daily-peak')).toBe('')
    },
  )
  testWithSharedData('feeder-simbench-semiurb4: labels skipped and repeated', () => {
    expect(of(audit('feeder-simbench-semiurb4'), /profiles/, 'reader')).toMatch(
      /4 are skipped before 2016-03-27 03:00.*4 are repeated from 2016-10-30 02:00/,
    )
  })
})

test('a price in UTC that is taken for local time peaks at night', () => {
  const evening = (hour: number) => 0.03 + (hour === 18 ? 0.05 : 0)
  // Peak at 18:00 Eastern, labelled in UTC (23:00Z), read as if labels were Eastern: 23:00.
  const file = (shift: number): SeriesFile => ({
    format: 'nyiso',
    frame: {
      axis: { startSeconds: Date.UTC(2022, 0, 1, 5) / 1000, stepSeconds: 3600, count: 24 * 40 },
      columns: {
        priceUsdPerKwh: Float64Array.from({ length: 24 * 40 }, (_, at) => evening((at + shift) % 24)),
      },
    },
    clock: { labels: 'start', timeZone: 'UTC+00:00' },
    notes: [],
  })
  const found = (shift: number) =>
    auditFile({ name: 'x', file: file(shift), place: 'America/New_York', weather: null }, null, 'UTC').filter(
      ({ check }) => check === 'daily-peak',
    )
  expect(found(0)).toEqual([])
  expect(found(19)).toEqual([expect.objectContaining({ finding: expect.stringContaining('peaks at 23:00') })])
})

test('a set that is not here is told how to get it', () => {
  const set = setNamed('price-isone-2017')
  if (set === undefined) throw new Error('no set')
  expect(() => auditSet(set, ['/nowhere'])).toThrow(/is not here; vpp data fetch price-isone-2017/)
})
