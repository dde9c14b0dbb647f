import { describe, expect, test } from 'vitest'
import { auditHome } from './audit.ts'
import { FONTANA_HOMES, FONTANA_ZONE, loadFontanaHome } from './fontana.ts'
import { loadProfile, type Profile } from './profile.ts'

const audit = (home: number) =>
  auditHome({
    id: `home-${home}`,
    load: loadProfile({ profile: `fontana-2016/${home}` }, 'load', '.'),
    solar: loadProfile({ profile: `fontana-2016/${home}` }, 'solar', '.'),
    timeZone: FONTANA_ZONE,
  })
const textOf = (home: number, check: string) =>
  audit(home)
    .filter((finding) => finding.check === check)
    .map(({ finding }) => finding)
    .join(' ')

describe('the defects that the source names are found by themselves', () => {
  test('home 15: dead solar, days without any', () => {
    expect(textOf(15, 'solar-output')).toContain('yields 29 kWh per kW')
    expect(textOf(15, 'solar-output')).toContain('237 days without any solar')
  })
  test('home 7: eight days without solar', () => {
    expect(textOf(7, 'solar-output')).toContain('8 days without any solar')
  })
  test.each([
    [7, 1301],
    [6, 559],
    [4, 252],
    [5, 233],
    [15, 4533],
    [2, 22],
  ])('home %i: %i hours of near-zero load', (home, hours) => {
    expect(textOf(home, 'load-near-zero')).toContain(`in ${hours} hours`)
  })
  test('home 15: a constant load for 18 hours', () => {
    expect(textOf(15, 'load-constant')).toContain('the longest 18 hours')
  })
  test.each([1, 9, 11, 16])('nothing is found in home %i but the moved row', (home) => {
    expect(audit(home).map(({ check }) => check)).toEqual(['rows-moved'])
  })
})

describe('the clock', () => {
  test.each(FONTANA_HOMES.filter((home) => home !== 15))(
    'home %i has no seam once it is mapped to UTC',
    (home) => {
      expect(textOf(home, 'clock-seam')).toBe('')
    },
  )
  test('the rows on the source’s own clock show both seams', () => {
    const { frame, rows } = loadFontanaHome(1)
    const solar: Profile = {
      name: 'rows',
      axis: frame.axis,
      milliWh: rows.solarMilliWh,
      nameplateKw: 4,
      input: { name: '', sha256: '', source: '', licence: '' },
      notes: [],
    }
    const found = auditHome({ id: 'x', load: null, solar, timeZone: FONTANA_ZONE })
    expect(found.map(({ finding }) => finding)).toEqual([
      expect.stringContaining('2016-11-06'),
      expect.stringContaining('2017-03-12'),
    ])
  })
})

describe('what is planted is found', () => {
  const series = (milliWh: number[], nameplateKw: number | null = null): Profile => ({
    name: 'planted',
    axis: { startSeconds: 1_700_006_400, stepSeconds: 3600, count: milliWh.length },
    milliWh: Float64Array.from(milliWh),
    nameplateKw,
    input: { name: '', sha256: '', source: '', licence: '' },
    notes: [],
  })
  const wave = Array.from({ length: 4000 }, (_, at) => 500_000 + 1000 * (at % 97))
  const checks = (load: Profile | null, solar: Profile | null) =>
    auditHome({ id: 'x', load, solar, timeZone: 'UTC' }).map(({ check }) => check)
  const sun = (peak: number) =>
    series(
      Array.from({ length: 4000 }, (_, at) =>
        Math.max(0, Math.round(peak * Math.sin(((at % 24) - 6) / 3.82))),
      ),
      4,
    )

  test('a sound home has no finding', () => expect(checks(series(wave), sun(2_000_000))).toEqual([]))
  test('a negative value', () => expect(checks(series(wave.with(9, -1)), null)).toEqual(['load-level']))
  test('watts for kilowatts', () =>
    expect(checks(series(wave.map((x) => x * 1000)), null)).toEqual(['load-level']))
  test('a stuck meter', () => {
    expect(
      checks(series([...wave.slice(0, 50), ...Array.from({ length: 9 }, () => 700_000), ...wave]), null),
    ).toEqual(['load-constant'])
  })
  test('mean kW of half hours taken for kWh: the peak is a multiple of the nameplate', () => {
    const asked = (factor: number) =>
      auditHome({ id: 'x', load: null, solar: sun(3_400_000 * factor), timeZone: 'UTC' })
        .map(({ finding }) => finding)
        .join(' ')
    expect(asked(1)).not.toMatch(/kW where kWh/)
    expect(asked(2)).toMatch(/peaks at 1\.7 times its nameplate.*kW where kWh is said/)
  })
  test('solar above its nameplate', () => expect(checks(null, sun(4_500_000))).toContain('solar-output'))
})
