import { columnAt, readTable } from '../../formats/csv-rows.ts'
import { filesOf } from '../files.ts'
import { type Converter, pythonFloat, roundTo } from './converter.ts'

/** Column of the origin, and decimals that are kept. */
const COLUMNS = [
  ['non_shiftable_load', 5],
  ['dhw_demand', 5],
  ['cooling_demand', 5],
  ['heating_demand', 5],
  ['indoor_dry_bulb_temperature', 3],
] as const
const HEADER =
  'hour_index,month,hour,day_type,non_shiftable_kwh_e,dhw_kwh_th,cooling_kwh_th,heating_kwh_th,indoor_c'

/** `vt_chittenden_county_neighborhood` of the repository: the homes of the set, and the weather as it is. */
export const citylearnResstock: Converter = {
  set: 'homes-vt-resstock-2018',
  needs: 'resstock-amy2018-2021-release-1-ID.csv of the twelve homes, weather.epw',
  *convert(read) {
    for (const { name } of filesOf(this.set)) {
      const id = /^resstock_(\d+)\.csv$/.exec(name)?.[1]
      if (id === undefined) continue
      const path = `resstock-amy2018-2021-release-1-${id}.csv`
      const { header, rows } = readTable(read(path), path)
      const at = ['month', 'hour', 'day_type'].map((title) => columnAt(header, title, path))
      const values = COLUMNS.map(([title, digits]) => ({ at: columnAt(header, title, path), digits }))
      const lines = rows.map((row, index) =>
        [
          index,
          ...at.map((column) => row[column]),
          ...values.map((column) => pythonFloat(roundTo(Number(row[column.at]), column.digits))),
        ].join(','),
      )
      yield { name, text: `${[HEADER, ...lines].join('\n')}\n` }
    }
    yield { name: 'weather_burlington_amy2018.epw', text: read('weather.epw') }
  },
}
