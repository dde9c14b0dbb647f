import { columnAt, readTable } from './csv-rows.ts'
import { wallSeconds } from './label-axis.ts'
import { labelSeconds, seriesFile, type ColumnSpec, type SeriesFile, type SeriesOptions } from './series.ts'
import { decimal, refuse } from './source.ts'

/** Tables of CityLearn's ResStock neighborhoods: electricity, thermal loads (of a device to choose), indoor air. */
const TABLE: readonly ColumnSpec[] = [
  { title: 'non_shiftable_kwh_e', name: 'loadMilliWh', kind: { energy: 'kWh' } },
  { title: 'dhw_kwh_th', name: 'hotWaterThermalMilliWh', kind: { energy: 'kWh' } },
  { title: 'cooling_kwh_th', name: 'coolingThermalMilliWh', kind: { energy: 'kWh' } },
  { title: 'heating_kwh_th', name: 'heatingThermalMilliWh', kind: { energy: 'kWh' } },
  { title: 'indoor_c', name: 'indoorC', kind: { factor: 1 } },
]
const TOTAL = /^out\.electricity\.(total|net)\.energy_consumption(?:\.\.kwh)?$/

/**
 * Reads a ResStock home: the release's own time series (`timestamp`, quarter hours named by their END in
 * standard time, `out.electricity.….energy_consumption` in kWh), or a table of CityLearn's
 * neighborhoods (`hour` 1 to 24, the hour that ends there; no year: give `start` and `timeZone`).
 * Simulated homes, not measured ones.
 */
export function parseResstock(text: string, options: SeriesOptions): SeriesFile {
  const { name } = options
  const table = readTable(text, name)
  const { header, rows, lines } = table
  if (header.includes('timestamp')) {
    const titles = header.filter((title) =>
      /^out\.electricity\..*energy_consumption(?:\.\.kwh)?$/.test(title),
    )
    const total = titles.find((title) => TOTAL.exec(title)?.[1] === 'total')
    if (total === undefined)
      return refuse(
        name,
        1,
        'has no out.electricity.total.energy_consumption',
        `its columns are ${header.join(', ')}`,
      )
    const at = columnAt(header, 'timestamp', name)
    const { wall, timeZone } = labelSeconds(
      rows.map((row) => row[at]),
      lines,
      // The release keeps Eastern standard time for all of the country.
      { ...options, timeZone: options.timeZone ?? '-05:00' },
    )
    const labels = options.labels ?? 'end'
    return seriesFile(
      'resstock',
      table,
      wall,
      timeZone,
      labels,
      [{ title: total, name: 'loadMilliWh', kind: { energy: 'kWh' } }],
      options,
    )
  }
  const { start, timeZone } = options
  if (start === undefined || timeZone === undefined)
    return refuse(
      name,
      1,
      'has months and hours, but no year and no time zone',
      'give `start`, when its first hour begins (like 2018-01-01T00:00), and `timeZone` (like -05:00)',
    )
  const first = wallSeconds(start)
  if (Number.isNaN(first)) refuse(name, 0, `start is ${start}`, 'write it like 2018-01-01T00:00')
  const [monthAt, hourAt, indexAt] = ['month', 'hour', 'hour_index'].map((title) =>
    columnAt(header, title, name),
  )
  const wall = Float64Array.from(rows, (row, at) => {
    const date = new Date((first + at * 3600) * 1000)
    if (
      decimal(row[indexAt]) !== at ||
      decimal(row[monthAt]) !== date.getUTCMonth() + 1 ||
      decimal(row[hourAt]) !== date.getUTCHours() + 1
    )
      refuse(
        name,
        lines[at],
        `is hour_index ${row[indexAt]}, month ${row[monthAt]}, hour ${row[hourAt]} where ${at}, ${date.getUTCMonth() + 1}, ${date.getUTCHours() + 1} is due from ${start}`,
        'correct `start` (a leap year has a 29 February), or give every hour once',
      )
    return first + at * 3600
  })
  const specs = TABLE.filter(({ title }) => header.includes(title))
  const file = seriesFile('resstock', table, wall, timeZone, 'start', specs, options)
  return { ...file, clock: { ...file.clock, labels: 'end' } }
}
