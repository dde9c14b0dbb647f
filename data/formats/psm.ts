import { checkWidth, columnAt, readTable } from './csv-rows.ts'
import { fixedOffsetHours } from './label-axis.ts'
import { decimal, offsetName, refuse, type SourceOptions } from './source.ts'
import { type CalendarRow, weatherAxis, wholeYear } from './typical-year.ts'
import { checkSite, type WeatherColumn, type WeatherFile } from './weather.ts'

/** Columns by the names of PSM v3 and v4; a file has those that were ordered. */
const COLUMNS: Partial<Record<WeatherColumn, { titles: string[]; factor: number }>> = {
  ghiWM2: { titles: ['GHI'], factor: 1 },
  dniWM2: { titles: ['DNI'], factor: 1 },
  dhiWM2: { titles: ['DHI'], factor: 1 },
  temperatureC: { titles: ['Temperature', 'Air Temperature'], factor: 1 },
  dewPointC: { titles: ['Dew Point'], factor: 1 },
  relativeHumidityPercent: { titles: ['Relative Humidity'], factor: 1 },
  pressurePa: { titles: ['Pressure'], factor: 100 },
  windDirectionDeg: { titles: ['Wind Direction'], factor: 1 },
  windSpeedMS: { titles: ['Wind Speed'], factor: 1 },
  precipitableWaterMm: { titles: ['Precipitable Water'], factor: 10 },
  albedoFraction: { titles: ['Surface Albedo', 'Albedo'], factor: 1 },
}
/** Without these no solar model can run. */
const NEEDED = ['ghiWM2', 'dniWM2', 'dhiWM2', 'temperatureC', 'windSpeedMS'] as const

/**
 * Reads an NSRDB PSM CSV: names and values of the site, a header, rows with Year to Minute on a clock
 * without daylight saving, `Time Zone` hours from UTC (which is 0 in a file ordered in UTC, whatever
 * `Local Time Zone` says). Values are snapshots at the label, which stand for the interval around it:
 * minute 30 of an hourly file is the middle of its hour. An hourly file at minute 0 does not say which
 * hour it means and needs `labels`.
 */
export function parsePsm(text: string, options: SourceOptions): WeatherFile {
  const { name } = options
  const head = /^([^\n]*)\n([^\n]*)\n([\s\S]*)$/.exec(text.replace(/^\ufeff/, ''))
  if (head === null) return refuse(name, 1, 'has fewer than three lines', 'the file may be cut off')
  const names = head[1].trim().split(',')
  const values = head[2].trim().split(',')
  const meta = (key: string): string => values[names.indexOf(key)] ?? ''
  const [latitudeDeg, longitudeDeg, elevationM, zone, local] = [
    'Latitude',
    'Longitude',
    'Elevation',
    'Time Zone',
    'Local Time Zone',
  ].map((key) => decimal(meta(key)))
  if ([latitudeDeg, longitudeDeg, elevationM, zone].some(Number.isNaN))
    refuse(name, 1, 'has no Latitude, Longitude, Elevation and Time Zone', 'is it an NSRDB PSM CSV file?')
  if (!Number.isNaN(local) && zone !== 0 && zone !== local && options.timeZone === undefined)
    refuse(
      name,
      2,
      `Time Zone is ${zone} and Local Time Zone ${local}: neither UTC nor local`,
      'say which clock the rows follow with `timeZone`, like -05:00',
    )
  const rowsOffset = options.timeZone === undefined ? zone : offsetOf(options.timeZone, name)
  const site = checkSite(
    {
      label: [meta('City'), meta('State'), meta('Country')]
        .filter((part) => part !== '' && part !== '-')
        .join(', '),
      latitudeDeg,
      longitudeDeg,
      utcOffsetHours: Number.isNaN(local) ? zone : local,
      elevationM,
    },
    name,
    2,
  )
  // The header line may have empty cells at its end.
  const { header, rows, lines } = readTable(trimmed(head[3]), name, 3)
  const lineOf = (row: number) => lines[row]
  const at = Object.fromEntries(
    ['Year', 'Month', 'Day', 'Hour', 'Minute'].map((title) => [title, columnAt(header, title, name, 3)]),
  )
  const parts = rows.map((row, index) => {
    checkWidth(row, header.length, name, lineOf(index))
    const [year, month, day, hour, minute] = ['Year', 'Month', 'Day', 'Hour', 'Minute'].map((title) =>
      decimal(row[at[title]]),
    )
    if (![year, month, day, hour, minute].every(Number.isInteger))
      refuse(name, lineOf(index), 'Year to Minute are no whole numbers', 'the file may be damaged')
    if (hour > 23 || minute > 59)
      refuse(name, lineOf(index), `hour ${hour}, minute ${minute}`, 'hours of a PSM file are 0 to 23')
    return { year, seconds: Date.UTC(year, month - 1, day, hour, minute) / 1000, line: lineOf(index) }
  })
  if (parts.length < 2) refuse(name, 4, 'has fewer than two rows', 'the file may be cut off')
  const stepSeconds = parts[1].seconds - parts[0].seconds
  const minute = (parts[0].seconds / 60) % 60
  if (stepSeconds === 3600 && minute !== 30 && options.labels === undefined)
    refuse(
      name,
      lineOf(0),
      `hours are labelled at minute ${minute}: start, middle or end of what?`,
      'say it with `labels`: start, middle or end',
    )
  const labels = options.labels ?? 'middle'
  const back = labels === 'start' ? 0 : labels === 'end' ? stepSeconds : stepSeconds / 2
  const calendar = parts.map((row): CalendarRow => ({ ...row, seconds: row.seconds - back }))
  const { axis, sourceYears, notes } = weatherAxis(calendar, stepSeconds, rowsOffset, options)
  wholeYear(rows.length, stepSeconds, name, lineOf(rows.length - 1))
  if (zone !== site.utcOffsetHours)
    notes.push(`Rows are on ${offsetName(zone)}; local standard time is ${offsetName(site.utcOffsetHours)}.`)
  const columns: Partial<Record<WeatherColumn, Float64Array>> = {}
  for (const [column, { titles, factor }] of Object.entries(COLUMNS) as [
    WeatherColumn,
    { titles: string[]; factor: number },
  ][]) {
    const title = titles.find((known) => header.includes(known))
    if (title === undefined) {
      if (NEEDED.some((needed) => needed === column))
        refuse(name, 3, `has no column ${titles[0]}`, `its columns are ${header.join(', ')}`)
      continue
    }
    const index = columnAt(header, title, name, 3)
    columns[column] = Float64Array.from(rows, (row, rowAt) => {
      const value = decimal(row[index])
      if (Number.isNaN(value))
        refuse(name, lineOf(rowAt), `${title} is ${JSON.stringify(row[index])}`, 'it must be a number')
      return value * factor
    })
  }
  return {
    format: 'psm',
    frame: { axis, columns: columns as Record<WeatherColumn, Float64Array> },
    site,
    clock: { labels, timeZone: offsetName(rowsOffset) },
    sourceYears,
    source: `${meta('Source')}, location ${meta('Location ID')}`,
    notes,
  }
}

function offsetOf(timeZone: string, name: string): number {
  const hours = fixedOffsetHours(timeZone)
  if (hours === null)
    return refuse(name, 0, `timeZone is ${timeZone}`, 'rows of weather files have a fixed offset: -05:00')
  return hours
}

/** Rows without the empty cells that some files carry at their end. */
const trimmed = (text: string): string => text.replaceAll(/,+(?=\r?\n)/g, '')
