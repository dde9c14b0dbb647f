import { columnAt, readTable } from './csv-rows.ts'
import { decimal, offsetName, refuse, type SourceOptions } from './source.ts'
import { type CalendarRow, weatherAxis, wholeYear } from './typical-year.ts'
import { checkSite, type WeatherColumn, type WeatherFile } from './weather.ts'

/** Column of the file and what turns its unit into ours (NREL/TP-581-43156, table 3-2). */
const COLUMNS = {
  extraterrestrialWM2: { column: 'ETR (W/m^2)', factor: 1 },
  ghiWM2: { column: 'GHI (W/m^2)', factor: 1 },
  dniWM2: { column: 'DNI (W/m^2)', factor: 1 },
  dhiWM2: { column: 'DHI (W/m^2)', factor: 1 },
  temperatureC: { column: 'Dry-bulb (C)', factor: 1 },
  dewPointC: { column: 'Dew-point (C)', factor: 1 },
  relativeHumidityPercent: { column: 'RHum (%)', factor: 1 },
  pressurePa: { column: 'Pressure (mbar)', factor: 100 },
  windDirectionDeg: { column: 'Wdir (degrees)', factor: 1 },
  windSpeedMS: { column: 'Wspd (m/s)', factor: 1 },
  precipitableWaterMm: { column: 'Pwat (cm)', factor: 10 },
  albedoFraction: { column: 'Alb (unitless)', factor: 1 },
} as const satisfies Partial<Record<WeatherColumn, { column: string; factor: number }>>
export type Tmy3Column = keyof typeof COLUMNS
/** −9900 says "missing". */
const MISSING_BELOW = -9000

/**
 * Reads NREL's TMY3 CSV: a line of the site (number, name, state, zone, latitude, longitude, elevation), a
 * header, and hours labelled 01:00 to 24:00 by their END in local standard time. Radiation is the
 * mean over the hour before the label. Months come from different years: `year` says which calendar
 * year they shall stand for.
 */
export function parseTmy3(text: string, options: SourceOptions): WeatherFile<Tmy3Column> {
  const { name } = options
  const [, first = '', rest = ''] = /^([^\n]*)\n([\s\S]*)$/.exec(text.replace(/^\ufeff/, '')) ?? []
  const cells = first.replaceAll('"', '').trim().split(',')
  const [utcOffsetHours, latitudeDeg, longitudeDeg, elevationM] = cells.slice(3, 7).map(decimal)
  if (cells.length < 7 || [utcOffsetHours, latitudeDeg, longitudeDeg, elevationM].some(Number.isNaN))
    refuse(name, 1, 'is no site line of seven fields', 'is it a TMY3 CSV file?')
  const site = checkSite(
    {
      label: `${cells[1].trim()}, ${cells[2].trim()}`,
      latitudeDeg,
      longitudeDeg,
      utcOffsetHours,
      elevationM,
    },
    name,
    1,
  )
  const { header, rows, lines } = readTable(rest, name, 2)
  const lineOf = (row: number) => lines[row]
  const dateAt = columnAt(header, 'Date (MM/DD/YYYY)', name, 2)
  const timeAt = columnAt(header, 'Time (HH:MM)', name, 2)
  const calendar = rows.map((row, at): CalendarRow => {
    const date = /^(\d\d?)\/(\d\d?)\/(\d{4})$/.exec(row[dateAt].trim())
    const time = /^(\d\d?):(\d\d)$/.exec(row[timeAt].trim())
    if (date === null || time === null)
      return refuse(
        name,
        lineOf(at),
        `is labelled ${row[dateAt]} ${row[timeAt]}`,
        'labels are MM/DD/YYYY and HH:MM',
      )
    const [hour, minute] = [Number(time[1]), Number(time[2])]
    if (minute !== 0)
      refuse(
        name,
        lineOf(at),
        `the minute is ${time[2]}`,
        'hours of a TMY3 file end at whole hours: export it again',
      )
    if (hour < 1 || hour > 24)
      refuse(
        name,
        lineOf(at),
        `the hour is ${time[1]}: it seems to name its start`,
        'TMY3 names hours 01:00 to 24:00 by their end',
      )
    const [month, day, year] = date.slice(1).map(Number)
    return { year, seconds: Date.UTC(year, month - 1, day, hour - 1) / 1000, line: lineOf(at) }
  })
  const { axis, sourceYears, notes } = weatherAxis(calendar, 3600, utcOffsetHours, options)
  wholeYear(rows.length, 3600, name, lineOf(rows.length - 1))
  const columns = Object.fromEntries(
    (Object.keys(COLUMNS) as Tmy3Column[]).map((column) => {
      const { column: title, factor } = COLUMNS[column]
      const at = columnAt(header, title, name, 2)
      const values = Float64Array.from(rows, (row, index) => {
        const value = decimal(row[at])
        if (Number.isNaN(value))
          refuse(name, lineOf(index), `${title} is ${JSON.stringify(row[at])}`, 'it must be a number')
        return value < MISSING_BELOW ? Number.NaN : value * factor
      })
      const missing = values.filter(Number.isNaN).length
      if (missing > 0) notes.push(`${column} is missing in ${missing} rows.`)
      return [column, values]
    }),
  ) as Record<Tmy3Column, Float64Array>
  return {
    format: 'tmy3',
    frame: { axis, columns },
    site,
    clock: { labels: 'end', timeZone: offsetName(utcOffsetHours) },
    sourceYears,
    source: `NSRDB TMY3, station ${cells[0].trim()}`,
    notes,
  }
}
