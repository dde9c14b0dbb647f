import { cpSync, renameSync, rmSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { copyOfReferences } from './testing-copy.ts'

const FOLDERS = ['golden-solar', 'golden-pvwatts', 'weather-own']
/** Of two sites only: enough for every kind of file. */
const KEPT = /^(?:golden-solar|golden-pvwatts|weather-own)\/(?:desert|mountain|spa)[^/]*$/

describe('a copy of the solar references', () => {
  const { path, edit, validate, failed, problems } = copyOfReferences(FOLDERS, (name) => KEPT.test(name))
  /** Changes one cell of a row in the middle of a day. */
  const editCell = (name: string, column: string, change: (value: number) => number) =>
    edit(name, (text) => {
      const lines = text.split('\n')
      const at = lines[0].split(',').indexOf(column)
      const row = name.includes('solpos') ? 20 : 13
      const cells = lines[row].split(',')
      cells[at] = String(change(Number(cells[at])))
      lines[row] = cells.join(',')
      return lines.join('\n')
    })
  test('passes as it is', () => {
    expect(failed()).toEqual([])
  })

  const SUN = 'golden-solar/desert_solpos_clearsky_2023.csv'
  const EVENTS = 'golden-solar/desert_sunrise_sunset_2023.csv'
  const WEATHER = 'golden-solar/desert_weather_decomposition.csv'
  const PLANE = 'golden-solar/desert_tilt25_az180.csv'
  const PVWATTS = 'golden-pvwatts/desert_7.2kw_tilt25_az180'

  test.each([
    [SUN, 'apparent_zenith_deg', 2e-4, ['apparent zenith, sun up', 'apparent zenith, sun up, daily terms']],
    [SUN, 'azimuth_deg', 1e-3, ['azimuth, sun up', 'azimuth, sun up, daily terms']],
    [SUN, 'eot_min', 2e-4, ['equation of time']],
    [SUN, 'ineichen_tl3.5_dhi', 1, ['Ineichen, diffuse']],
    [WEATHER, 'erbs_dni', 1, ['Erbs beam']],
    [WEATHER, 'disc_dni', 1, ['DISC beam']],
    [PLANE, 'aoi_deg', 0.01, ['angle of incidence']],
    [PLANE, 'poa_perez', 1, ['plane, perez']],
    [PLANE, 'iam_physical', 0.1, ['modifier, physical']],
    [PLANE, 'tcell_fuentes', 1, ['cell, Fuentes']],
    [PLANE, 'pvwatts_ac_w', 1, ['AC power (PVWatts)']],
    [`${PVWATTS}.csv`, 'poa_w_m2', 40, ['plane of array']],
    [`${PVWATTS}.csv`, 'tcell_c', 3, ['cell temperature, in light']],
    [`${PVWATTS}.csv`, 'ac_w', 1000, ['AC power, every hour']],
  ])('%s: %s off by %d fails its check', (name, column, by, quantities) => {
    editCell(name, column, (value) => value + by)
    expect(failed()).toEqual(quantities.map((quantity) => `${name}: ${quantity}`))
  })

  test('a sunrise two seconds late fails', () => {
    edit(EVENTS, (text) =>
      text.replace(/(?<=\n[^,]+,)[^,]+(?=,)/, (time) =>
        new Date(Date.parse(time) + 2000).toISOString().replace('.000', ''),
      ),
    )
    expect(failed()).toEqual([`${EVENTS}: sunrise`])
  })

  test.each([
    ['golden-solar/desert_inputs.json', '"lat": 33.4', '"lat": 33.41'],
    ['golden-solar/desert_inputs.json', '"albedo": 0.2', '"albedo": 0.25'],
    ['golden-solar/desert_inputs.json', 'without IAM', 'with IAM'],
    ['golden-solar/desert_inputs.json', 'ashrae b=0.05', 'ashrae b=0.06'],
    [`${PVWATTS}.json`, '"tilt": 25', '"tilt": 35'],
    [`${PVWATTS}.json`, '"module_type": 0', '"module_type": 1'],
    [`${PVWATTS}.json`, 'minute 30', 'minute 0'],
    ['golden-solar/spa_reference_a51.json', '"delta_t_s": 67', '"delta_t_s": 0'],
  ])('another input in %s (%s) is found out', (name, from, to) => {
    edit(name, (text) => text.replace(from, to))
    expect(failed().length).toBeGreaterThan(0)
  })

  test.each([
    [PLANE, (text: string) => text.slice(0, text.length / 2), 'does not end'],
    [PLANE, (text: string) => text.replace(/(?<=\n)71,.*\n/, ''), 'has 71 rows'],
    [SUN, (text: string) => text.replace('eot_min', 'eot'), 'no column eot_min'],
    [SUN, (text: string) => text.replace('2023-03-21T00:30:00Z', '21.3.2023'), 'utc is "21.3.2023"'],
    [WEATHER, (text: string) => text.replace('03-21 00:30', '03-21'), 'lst_mid is "03-21"'],
    [`${PVWATTS}.json`, (text: string) => text.replace('"array_type": 1', '"array_type": 2'), 'is a tracker'],
    [
      `${PVWATTS}.json`,
      (text: string) => text.replace('"bifaciality": 0.0', '"bifaciality": 0.7'),
      'bifacial',
    ],
    [
      `${PVWATTS}.json`,
      (text: string) => text.replace('"gcr"', '"en_snowloss": 1, "gcr"'),
      'en_snowloss is an option that is not modelled',
    ],
    [`${PVWATTS}.json`, (text: string) => text.replace('desert.epw', 'nowhere.epw'), 'is in no folder'],
    ['weather-own/desert.epw', (text: string) => text.replace('LOCATION', 'PLACE'), 'start with LOCATION'],
    ['weather-own/desert.epw', (text: string) => text.replace(/\n[^\n]*\n$/, '\n'), 'has 71'],
    [
      'golden-solar/desert_inputs.json',
      (text: string) => text.replace('ashrae', 'glass'),
      'has "glass b=0.05"',
    ],
    [
      'golden-solar/spa_reference_a51.json',
      (text: string) => text.replace('zenith_deg', 'height_deg'),
      'is no quantity',
    ],
  ])('malformed %s is told, and the rest still checked (%#)', (name, change, words) => {
    edit(name, change)
    expect(problems().join('\n')).toContain(words)
  })

  test.each(['golden-solar/desert_inputs.json', WEATHER, `${PVWATTS}.csv`, `${PVWATTS}.json`])(
    'a missing %s is told',
    (name) => {
      rmSync(path(name))
      expect(problems().join('\n')).toContain(`${name} cannot be read`)
    },
  )

  test('a site of any name is found', () => {
    const before = validate().references
    for (const file of ['inputs.json', 'sunrise_sunset_2023.csv']) {
      const name = `golden-solar/desert_${file}`
      cpSync(path(name), path(name.replace('desert', 'New_Place-2')))
    }
    renameSync(path(`${PVWATTS}.csv`), path('golden-pvwatts/anything.csv'))
    renameSync(path(`${PVWATTS}.json`), path('golden-pvwatts/anything.json'))
    expect(validate()).toMatchObject({ passed: true, references: before + 1 })
  })
})
