import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { pythonFloat, roundTo } from '../../data/catalogue/converters/converter.ts'
import { CONVERTERS } from '../../data/catalogue/converters/registry.ts'
import { CATALOGUE } from '../../data/catalogue/sets.ts'
import { readTable } from '../../data/formats/csv-rows.ts'
import { SHARED_DATA, testWithSharedData } from '../../testing.ts'
import { convertOrigin } from './convert.ts'

const dir = mkdtempSync(join(tmpdir(), 'vpp-convert-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const shared = (path: string) => readFileSync(join(SHARED_DATA, path), 'utf8')
const origin = (name: string, text: string) => {
  const folder = join(dir, name.split('/')[0])
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(dir, name), text)
  return folder
}

test('numbers as Python writes and numpy rounds them', () => {
  expect([0, 1, -2.5, 8e-5, 1.5e-7, 0.0001, 12.25].map(pythonFloat)).toEqual([
    '0.0',
    '1.0',
    '-2.5',
    '8e-05',
    '1.5e-07',
    '0.0001',
    '12.25',
  ])
  expect([roundTo(0.0078125, 6), roundTo(2.5, 0), roundTo(3.5, 0), roundTo(-1.25, 1)]).toEqual([
    0.007812, 2, 4, -1.2,
  ])
})

test('every converter of the catalogue is there, for a set of its own', () => {
  const named = CATALOGUE.flatMap(({ id, origin: { converter } }) =>
    converter === null ? [] : [[converter, id]],
  )
  expect(named.map(([converter]) => converter).toSorted()).toEqual(Object.keys(CONVERTERS).toSorted())
  for (const [converter, id] of named) expect(CONVERTERS[converter].set).toBe(id)
})

testWithSharedData('AVERT: two of the regions, in the layout of its origin', () => {
  const { rows } = readTable(shared('carbon-avert-2023/avert_2023_co2_newengland_newyork.csv'), 'x')
  const fixed = (text: string) => Number(text).toFixed(2)
  const lines = rows.map(([month, hour, ne, ny]) =>
    [month, hour, '1.11', fixed(ne), fixed(ny), '0.50'].join(','),
  )
  const folder = origin(
    'avert/AVERT_2023_CO2_lb_per_kwh.csv',
    `Month,Timestamp,CA,NE,NY,SW\n${lines.join('\n')}\n`,
  )
  const out = join(dir, 'out')
  expect(convertOrigin('reopt-avert', folder, out)).toEqual([expect.objectContaining({ same: true })])
  expect(existsSync(join(out, 'carbon-avert-2023/avert_2023_co2_newengland_newyork.csv'))).toBe(true)
  origin(
    'avert/AVERT_2023_CO2_lb_per_kwh.csv',
    `Month,Timestamp,CA,NE,NY,SW\n${lines.with(7, '1,7,1,9,9,1').join('\n')}\n`,
  )
  expect(convertOrigin('reopt-avert', folder, join(dir, 'other'))).toEqual([
    expect.objectContaining({ same: false, path: null }),
  ])
  expect(existsSync(join(dir, 'other'))).toBe(false)
})

testWithSharedData('ResStock homes: columns, order and rounding of the origin', () => {
  const read = (path: string): string => {
    if (path === 'weather.epw') return shared('homes-vt-resstock-2018/weather_burlington_amy2018.epw')
    const id = /-(\d+)\.csv$/.exec(path)?.[1]
    const { rows } = readTable(shared(`homes-vt-resstock-2018/resstock_${id}.csv`), path)
    // Digits beyond those that are kept, as the origin has them.
    const more = (text: string) => (Number(text) === 0 ? '0.0' : String(Number(text) + 1e-7))
    const lines = rows.map(([, month, hour, day, load, water, cooling, heating, indoor]) =>
      [
        month,
        hour,
        day,
        0,
        more(indoor),
        3.1,
        more(load),
        more(water),
        more(cooling),
        more(heating),
        0.0,
      ].join(','),
    )
    return `month,hour,day_type,daylight_savings_status,indoor_dry_bulb_temperature,indoor_relative_humidity,non_shiftable_load,dhw_demand,cooling_demand,heating_demand,solar_generation\n${lines.join('\n')}\n`
  }
  const made = [...CONVERTERS['citylearn-resstock'].convert(read)]
  expect(made).toHaveLength(13)
  for (const { name, text } of made)
    expect(text === shared(`homes-vt-resstock-2018/${name}`), name).toBe(true)
})

test('an unknown converter, a file that is missing', () => {
  expect(() => convertOrigin('reopt-avrt', dir, dir)).toThrow(/did you mean reopt-avert/)
  expect(() => convertOrigin('simbench', dir, dir)).toThrow(
    /LoadProfile\.csv {2}cannot be read; it needs Load\.csv.*simbench @ 1\.6\.3/,
  )
})
