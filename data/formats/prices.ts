import { columnAt, readTable } from './csv-rows.ts'
import { labelSeconds, seriesFile, type ColumnSpec, type SeriesFile, type SeriesOptions } from './series.ts'
import { decimal, refuse } from './source.ts'

const usdPerMwh = (title: string, name: string): ColumnSpec => ({
  title,
  name,
  kind: { factor: 1, divisor: 1000 },
})

/**
 * Reads NYISO prices as USD per kWh: a table with `utc_start` and `…usd_per_mwh` columns, or the
 * operator's public CSV (`Time Stamp` by the start of the hour on Eastern prevailing time, a row for
 * each `Name`), of which `zone` is taken.
 */
export function parseNyiso(
  text: string,
  options: SeriesOptions & { readonly zone?: string | undefined },
): SeriesFile {
  const { name, zone } = options
  const table = readTable(text, name)
  const { header } = table
  if (header.includes('utc_start')) {
    const prices = header.filter((title) => title.endsWith('usd_per_mwh'))
    if (prices.length === 0)
      refuse(name, 1, 'has no column …usd_per_mwh', `its columns are ${header.join(', ')}`)
    const at = columnAt(header, 'utc_start', name)
    const labels = table.rows.map((row) => row[at])
    const { wall, timeZone } = labelSeconds(labels, table.lines, { ...options, timeZone: 'UTC' })
    const specs = prices.map((title) => usdPerMwh(title, prices.length === 1 ? 'priceUsdPerKwh' : title))
    return seriesFile('nyiso', table, wall, timeZone, options.labels ?? 'start', specs, options)
  }
  const [timeAt, nameAt] = ['Time Stamp', 'Name'].map((title) => columnAt(header, title, name))
  const zones = [...new Set(table.rows.map((row) => row[nameAt]))]
  if (zone === undefined && zones.length > 1)
    return refuse(name, 2, `has ${zones.length} zones`, `say which with \`zone\`: ${zones.join(', ')}`)
  const wanted = zone ?? zones[0]
  const kept = table.rows.flatMap((row, at) => (row[nameAt] === wanted ? [at] : []))
  if (kept.length === 0) refuse(name, 2, `has no zone ${wanted}`, `it has ${zones.join(', ')}`)
  const one = { header, rows: kept.map((at) => table.rows[at]), lines: kept.map((at) => table.lines[at]) }
  const { wall, timeZone } = labelSeconds(
    one.rows.map((row) => row[timeAt]),
    one.lines,
    { ...options, timeZone: options.timeZone ?? 'America/New_York' },
    usSeconds,
  )
  const specs = [usdPerMwh('LBMP ($/MWHr)', 'priceUsdPerKwh')]
  return seriesFile('nyiso', one, wall, timeZone, options.labels ?? 'start', specs, options)
}

function usSeconds(label: string): number {
  const match = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d)(?::\d\d)?$/.exec(label.trim())
  if (match === null) return Number.NaN
  const [month, day, year, hour, minute] = match.slice(1).map(Number)
  return Date.UTC(year, month - 1, day, hour, minute) / 1000
}

/** Columns of ISO New England's SMD hourly sheets, in the names of both generations. */
const SMD: readonly ColumnSpec[] = [
  usdPerMwh('DA_LMP', 'priceUsdPerKwh'),
  usdPerMwh('RT_LMP', 'realTimePriceUsdPerKwh'),
  { title: 'DEMAND', name: 'demandMw', kind: { factor: 1 } },
  { title: 'RT_Demand', name: 'demandMw', kind: { factor: 1 } },
  { title: 'DryBulb', name: 'temperatureF', kind: { factor: 1 } },
  { title: 'Dry_Bulb', name: 'temperatureF', kind: { factor: 1 } },
]

/**
 * Reads ISO New England's SMD hourly sheets: `Date`, `Hour` 1 to 24 by the END of the hour on Eastern
 * prevailing time (`02X` is the second 2 o'clock of autumn). Some years have 24 rows on the day that
 * clocks go forward: `seam` drop says that the skipped hour's row is a filler.
 */
export function parseIsone(text: string, options: SeriesOptions): SeriesFile {
  const { name } = options
  const table = readTable(text, name)
  const { header, rows, lines } = table
  const dateAt = columnAt(header, 'Date', name)
  const hourAt = columnAt(header, header.includes('Hour') ? 'Hour' : 'Hr_End', name)
  const { wall, timeZone } = labelSeconds(
    rows.map((row) => row[dateAt]),
    lines,
    { ...options, timeZone: options.timeZone ?? 'America/New_York' },
    (label) => {
      const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(label.trim())
      return match === null
        ? Number.NaN
        : Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / 1000
    },
  )
  rows.forEach((row, at) => {
    const label = row[hourAt].trim()
    const hour = decimal(label.replace(/X$/, ''))
    if (!(Number.isInteger(hour) && hour >= 1 && hour <= 24))
      refuse(name, lines[at], `the hour is ${label}`, 'hours are 1 to 24, the hour that ends there')
    wall[at] += hour * 3600
  })
  const specs = SMD.filter(({ title }) => header.includes(title))
  if (specs.length === 0) refuse(name, 1, 'has no DA_LMP or RT_LMP', `its columns are ${header.join(', ')}`)
  return seriesFile('isone', table, wall, timeZone, options.labels ?? 'end', specs, options)
}
