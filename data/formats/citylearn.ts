import { columnAt, readTable, type Table } from './csv-rows.ts'
import { wallSeconds } from './label-axis.ts'
import { labelSeconds, seriesFile, type ColumnSpec, type SeriesFile, type SeriesOptions } from './series.ts'
import { decimal, refuse } from './source.ts'

/** Names of a load column, by release of the data set; all are kWh in the hour. */
const LOAD = ['non_shiftable_load', 'Equipment Electric Power [kWh]', 'load_kwh']
/** Series that the buildings share. */
const COMMON: readonly ColumnSpec[] = [
  { title: 'price_usd_per_kwh', name: 'priceUsdPerKwh', kind: { factor: 1 } },
  { title: 'carbon_kg_per_kwh', name: 'carbonKgPerKwh', kind: { factor: 1 } },
  { title: 'temp_c', name: 'temperatureC', kind: { factor: 1 } },
  { title: 'rh_pct', name: 'relativeHumidityPercent', kind: { factor: 1 } },
  { title: 'dhi_w_m2', name: 'dhiWM2', kind: { factor: 1 } },
  { title: 'dni_w_m2', name: 'dniWM2', kind: { factor: 1 } },
]
/** Names of the solar column: W for each kW installed. */
const SOLAR = ['solar_generation', 'Solar Generation [W/kW]', 'pv_w_per_kw']

/**
 * Reads a CityLearn building: hourly load (kWh) and solar (W for each kW of `solarKw`). The files name
 * hours 1 to 24 without a year, on a clock that follows daylight saving although every day has 24
 * rows: `start` says when the first row begins, `timeZone` which clock it is, `seam` what becomes of
 * the hours that clocks skip and repeat. A table of what buildings share (price, carbon, weather) is read
 * alike. Files with a `clock_local` column need no `start`.
 *
 * @param solarKw nameplate of the plant; undefined: the solar column is not read
 */
export function parseCitylearn(
  text: string,
  options: SeriesOptions & { readonly solarKw?: number | undefined },
): SeriesFile {
  const { name, solarKw } = options
  const table = readTable(text, name)
  const load = LOAD.find((title) => table.header.includes(title))
  const common = COMMON.filter(({ title }) => table.header.includes(title))
  if (load === undefined && common.length > 0) {
    const { wall, timeZone } = rowLabels(table, options)
    return seriesFile('citylearn', table, wall, timeZone, 'start', common, options)
  }
  if (load === undefined)
    return refuse(name, 1, `has none of ${LOAD.join(', ')}`, `its columns are ${table.header.join(', ')}`)
  const specs: ColumnSpec[] = [{ title: load, name: 'loadMilliWh', kind: { energy: 'kWh' } }]
  const solar = SOLAR.find((title) => table.header.includes(title))
  const { wall, timeZone } = rowLabels(table, options)
  if (solar !== undefined && solarKw !== undefined)
    specs.push({ title: solar, name: 'solarWPerKw', kind: { factor: 1 } })
  const file = seriesFile('citylearn', table, wall, timeZone, 'start', specs, options)
  const perKw = file.frame.columns.solarWPerKw
  if (perKw === undefined || solarKw === undefined) return file
  // W/kW · kW · 1 h: the running sum is rounded, so that the sum is the source's.
  const { solarWPerKw: _, ...rest } = file.frame.columns
  let sum = 0
  let given = 0
  const solarMilliWh = perKw.map((value) => {
    sum += value * solarKw * 1000
    const whole = Math.round(sum) - given
    given += whole
    return Math.max(0, whole)
  })
  return { ...file, frame: { axis: file.frame.axis, columns: { ...rest, solarMilliWh } } }
}

function rowLabels(
  { header, rows, lines }: Table,
  options: SeriesOptions,
): { wall: Float64Array; timeZone: string } {
  const { name, start, timeZone } = options
  if (header.includes('clock_local')) {
    const at = columnAt(header, 'clock_local', name)
    return labelSeconds(
      rows.map((row) => row[at]),
      lines,
      options,
    )
  }
  if (start === undefined || timeZone === undefined)
    return refuse(
      name,
      1,
      'has months and hours, but no year and no time zone',
      'give `start`, when its first row begins (like 2016-08-01T00:00), and `timeZone` (like America/Los_Angeles)',
    )
  const first = wallSeconds(start)
  if (Number.isNaN(first)) refuse(name, 0, `start is ${start}`, 'write it like 2016-08-01T00:00')
  const hourAt = columnAt(header, header.includes('hour') ? 'hour' : 'Hour', name)
  // The files call the first hour of a day 24 or 1: only the beat is checked, the day is `start`'s.
  rows.forEach((row, at) => {
    const hour = decimal(row[hourAt])
    const before = at === 0 ? hour - 1 : decimal(rows[at - 1][hourAt])
    if (hour !== (before % 24) + 1 && at > 0)
      refuse(name, lines[at], `is hour ${row[hourAt]} after hour ${before}`, 'give every hour once, in order')
  })
  return { wall: Float64Array.from(rows, (_, at) => first + at * 3600), timeZone }
}
