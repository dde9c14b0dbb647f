import { columnAt, readTable } from '../../formats/csv-rows.ts'
import type { Converter } from './converter.ts'

const REGIONS = ['NE', 'NY']

/** `data/emissions/AVERT_Data` of REopt.jl: the regions New England and New York, numbers as they are. */
export const reoptAvert: Converter = {
  set: 'carbon-avert-2023',
  needs: 'AVERT_2023_CO2_lb_per_kwh.csv',
  *convert(read) {
    const path = 'AVERT_2023_CO2_lb_per_kwh.csv'
    const { header, rows } = readTable(read(path), path)
    const [monthAt, timeAt] = ['Month', 'Timestamp'].map((title) => columnAt(header, title, path))
    const at = REGIONS.map((region) => columnAt(header, region, path))
    const lines = rows.map((row) =>
      // Trailing zeros fall away: 0.80 is written 0.8, and 2 is written 2.0.
      [
        row[monthAt],
        row[timeAt],
        ...at.map((column) => String(Number(row[column])).replace(/^(-?\d+)$/, '$1.0')),
      ].join(','),
    )
    const titles = REGIONS.map((region) => `${region}_lb_co2_per_kwh`)
    yield {
      name: 'avert_2023_co2_newengland_newyork.csv',
      text: `${[['Month', 'hour_index', ...titles].join(','), ...lines].join('\n')}\n`,
    }
  },
}
