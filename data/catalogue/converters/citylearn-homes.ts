import { columnAt, readTable } from '../../formats/csv-rows.ts'
import { wallSeconds, wallText } from '../../formats/label-axis.ts'
import { type Converter, pythonFloat, roundTo, type ReadOrigin } from './converter.ts'

/** The homes of the set, and no other: the rest of the origin is not read. */
const HOMES = [1, 2, 4, 5, 6, 7, 9, 10, 11, 13, 15, 16]
const FIRST = wallSeconds('2016-08-01T00:00')

/** Column of a table by the first of its names that is there, as numbers. */
function numbers(read: ReadOrigin, path: string, titles: readonly string[]): number[] {
  const { header, rows } = readTable(read(path), path)
  const at = columnAt(header, titles.find((title) => header.includes(title)) ?? titles[0], path)
  return rows.map((row) => Number(row[at]))
}

/** The shortest decimal of the same 32-bit float: the repository's files were written from those. */
function single(value: number): number {
  const float = Math.fround(value)
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(float.toPrecision(digits))
    if (Math.fround(short) === float) return short
  }
  return Number(float.toPrecision(9))
}

const label = (row: number): string => wallText(FIRST + row * 3600)

/** `citylearn_challenge_2022_phase_all` of the repository or of the wheel 2.1.2: twelve homes and what they share. */
export const citylearnHomes: Converter = {
  set: 'homes-fontana-2016',
  needs: 'Building_N.csv of the twelve homes, schema.json, pricing.csv, carbon_intensity.csv, weather.csv',
  *convert(read) {
    const { buildings } = JSON.parse(read('schema.json')) as {
      buildings: Record<string, { pv: { attributes: { nominal_power: number } } }>
    }
    for (const home of HOMES) {
      const path = `Building_${home}.csv`
      const kw = buildings[`Building_${home}`].pv.attributes.nominal_power
      const load = numbers(read, path, ['non_shiftable_load', 'Equipment Electric Power [kWh]']).map(single)
      const solar = numbers(read, path, ['solar_generation', 'Solar Generation [W/kW]']).map(single)
      const lines = load.map((value, row) =>
        [
          label(row),
          pythonFloat(roundTo(value, 6)),
          pythonFloat(roundTo(solar[row], 4)),
          pythonFloat(roundTo((solar[row] * kw) / 1000, 6)),
        ].join(','),
      )
      yield {
        name: `home_${String(home).padStart(2, '0')}.csv`,
        text: `${['clock_local,load_kwh,pv_w_per_kw,pv_kwh', ...lines].join('\n')}\n`,
      }
    }
    const columns = [
      numbers(read, 'pricing.csv', ['electricity_pricing', 'Electricity Pricing [$/kWh]']),
      numbers(read, 'carbon_intensity.csv', ['carbon_intensity', 'kg_CO2/kWh']).map((value) =>
        roundTo(single(value), 8),
      ),
      ...[
        ['outdoor_dry_bulb_temperature', 'Outdoor Drybulb Temperature [C]'],
        ['outdoor_relative_humidity', 'Relative Humidity [%]'],
        ['diffuse_solar_irradiance', 'Diffuse Solar Radiation [W/m2]'],
        ['direct_solar_irradiance', 'Direct Solar Radiation [W/m2]'],
      ].map((titles) => numbers(read, 'weather.csv', titles)),
    ]
    const lines = columns[0].map((_, row) =>
      [label(row), ...columns.map((values) => pythonFloat(values[row]))].join(','),
    )
    const header = 'clock_local,price_usd_per_kwh,carbon_kg_per_kwh,temp_c,rh_pct,dhi_w_m2,dni_w_m2'
    yield { name: 'common.csv', text: `${[header, ...lines].join('\n')}\n` }
  },
}
