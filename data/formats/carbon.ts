import { columnAt, readTable } from './csv-rows.ts'
import { wallSeconds } from './label-axis.ts'
import { labelSeconds, seriesFile, type ColumnSpec, type SeriesFile, type SeriesOptions } from './series.ts'
import { decimal, refuse } from './source.ts'

const KG_PER_LB = 0.45359237

/** Titles by the beginning of their name: the publisher's own header changes with the year. */
const MAPS: readonly { begins: RegExp; name: string; divisor: number }[] = [
  {
    begins: /^direct_g_co2e_per_kwh$|^Carbon intensity gCO.?eq\/kWh \(direct\)/i,
    name: 'carbonKgPerKwh',
    divisor: 1000,
  },
  {
    begins: /^lca_g_co2e_per_kwh$|^Carbon intensity gCO.?eq\/kWh \((?:LCA|Life cycle)\)/i,
    name: 'lifeCycleCarbonKgPerKwh',
    divisor: 1000,
  },
  {
    begins: /^low_carbon_pct$|^(?:Low carbon percentage|Carbon-free energy percentage)/i,
    name: 'lowCarbonPercent',
    divisor: 1,
  },
  { begins: /^renewable_pct$|^Renewable (?:energy )?percentage/i, name: 'renewablePercent', divisor: 1 },
]

/**
 * Reads Electricity Maps' hourly carbon intensity (average of the grid; UTC, by the start of the hour).
 * ODbL 1.0: what holds this series must name Electricity Maps and may be shared alike only.
 */
export function parseElectricityMaps(text: string, options: SeriesOptions): SeriesFile {
  const { name } = options
  const table = readTable(text, name)
  const time = table.header.find((title) => title === 'utc_start' || /^Datetime \(UTC\)$/i.test(title))
  if (time === undefined)
    return refuse(
      name,
      1,
      'has no column utc_start or Datetime (UTC)',
      `its columns are ${table.header.join(', ')}`,
    )
  const at = columnAt(table.header, time, name)
  const labels = table.rows.map((row) => row[at])
  const { wall, timeZone } = labelSeconds(labels, table.lines, { ...options, timeZone: 'UTC' })
  const specs = MAPS.flatMap(({ begins, name: column, divisor }): ColumnSpec[] => {
    const title = table.header.find((known) => begins.test(known))
    return title === undefined ? [] : [{ title, name: column, kind: { factor: 1, divisor } }]
  })
  if (!specs.some(({ name: column }) => column === 'carbonKgPerKwh'))
    refuse(name, 1, 'has no direct carbon intensity', `its columns are ${table.header.join(', ')}`)
  const file = seriesFile(
    'electricity-maps',
    table,
    wall,
    timeZone,
    options.labels ?? 'start',
    specs,
    options,
  )
  const estimatedAt = table.header.findIndex(
    (title) => title === 'estimated' || /^Data estimated$/i.test(title),
  )
  const estimated = table.rows.filter((row) => /^true$/i.test(row[estimatedAt] ?? '')).length
  return estimated === 0
    ? file
    : { ...file, notes: [...file.notes, `${estimated} hours are estimated by the source.`] }
}

/**
 * Reads hourly marginal emissions made with EPA AVERT: `hour_index` from 0 and columns
 * `<region>_lb_co2_per_kwh`. The table tells neither its year nor its clock: `year` and `timeZone`
 * (a fixed offset: AVERT keeps standard time) do.
 */
export function parseAvert(text: string, options: SeriesOptions): SeriesFile {
  const { name, year, timeZone } = options
  const table = readTable(text, name)
  const { header, rows, lines } = table
  const titles = header.filter((title) => title.endsWith('_lb_co2_per_kwh'))
  if (titles.length === 0)
    refuse(name, 1, 'has no column …_lb_co2_per_kwh', `its columns are ${header.join(', ')}`)
  if (year === undefined || timeZone === undefined)
    return refuse(
      name,
      1,
      'tells hours of a year, but not which year and which clock',
      'give `year` (like 2023) and `timeZone` (like -05:00: AVERT keeps standard time)',
    )
  const first = wallSeconds(`${year}-01-01T00:00`)
  const [indexAt, monthAt] = ['hour_index', 'Month'].map((title) => columnAt(header, title, name))
  const wall = Float64Array.from(rows, (row, at) => {
    const month = new Date((first + at * 3600) * 1000).getUTCMonth() + 1
    if (decimal(row[indexAt]) !== at || decimal(row[monthAt]) !== month)
      refuse(
        name,
        lines[at],
        `is hour ${row[indexAt]} of month ${row[monthAt]} where hour ${at} of month ${month} is due`,
        'a leap year has 8,784 hours: check `year`, and give every hour once',
      )
    return first + at * 3600
  })
  const specs = titles.map((title) => ({
    title,
    name: titles.length === 1 ? 'carbonKgPerKwh' : `${title.split('_')[0].toLowerCase()}CarbonKgPerKwh`,
    kind: { factor: KG_PER_LB },
  }))
  return seriesFile('avert', table, wall, timeZone, 'start', specs, options)
}
