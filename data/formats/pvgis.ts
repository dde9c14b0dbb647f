import { VppError } from '../errors.ts'
import { readTable } from './csv-rows.ts'
import { decimal, refuse, type SourceOptions } from './source.ts'
import { type CalendarRow, weatherAxis } from './typical-year.ts'
import { type Site, type WeatherColumn, type WeatherFile } from './weather.ts'

/** PVGIS names of series (hourly data) and of the typical year, both in CSV and JSON. */
const COLUMNS: Readonly<Record<string, WeatherColumn>> = {
  P: 'acW',
  'G(i)': 'poaWM2',
  'Gb(i)': 'poaDirectWM2',
  'Gd(i)': 'poaDiffuseWM2',
  'Gr(i)': 'poaReflectedWM2',
  'G(h)': 'ghiWM2',
  'Gb(n)': 'dniWM2',
  'Gd(h)': 'dhiWM2',
  'IR(h)': 'longwaveWM2',
  T2m: 'temperatureC',
  RH: 'relativeHumidityPercent',
  SP: 'pressurePa',
  WS10m: 'windSpeedMS',
  WD10m: 'windDirectionDeg',
}
/** Sun height and the flag of reconstructed values are not weather. */
const IGNORED = new Set(['H_sun', 'Int'])
const TIME = /^time(?:\(UTC\))?$/

interface Parsed {
  readonly latitudeDeg: number
  readonly longitudeDeg: number
  readonly elevationM: number
  readonly titles: readonly string[]
  readonly times: readonly string[]
  readonly values: readonly (readonly unknown[])[]
  readonly lines: readonly number[]
  readonly source: string
  /** `Irradiance Time Offset` of a typical year, hours. */
  readonly timeOffsetHours: number
}

/**
 * Reads what PVGIS gives, CSV or JSON: the hourly series of a plane, or the typical year. Times are UTC;
 * the label `YYYYMMDD:HHMM` names the hour in which the satellite looked, at minute MM. The axis has
 * whole hours and `clock.sunSeconds` tells where in them the sun belongs (the typical year writes
 * minute 0 and, since version 5.3, its offset in the head). A typical year needs `year`.
 */
export function parsePvgis(text: string, options: SourceOptions): WeatherFile {
  const { name } = options
  const parsed = /^\s*\{/.test(text.replace(/^\ufeff/, '')) ? fromJson(text, name) : fromCsv(text, name)
  const { titles, times, values, lines } = parsed
  const minutes = new Set<string>()
  const calendar = times.map((label, at): CalendarRow => {
    const match = /^(\d{4})(\d\d)(\d\d):(\d\d)(\d\d)$/.exec(label)
    if (match === null) return refuse(name, lines[at], `is labelled ${label}`, 'times are YYYYMMDD:HHMM, UTC')
    const [year, month, day, hour] = match.slice(1).map(Number)
    minutes.add(match[5])
    return { year, seconds: Date.UTC(year, month - 1, day, hour) / 1000, line: lines[at] }
  })
  if (minutes.size > 1)
    refuse(
      name,
      lines[0],
      `its labels mix the minutes ${[...minutes].slice(0, 4).join(', ')}`,
      'PVGIS labels every hour at one minute: are two files joined?',
    )
  const { axis, sourceYears, notes } = weatherAxis(calendar, 3600, 0, options)
  const sunSeconds = Math.round(Number([...minutes][0]) * 60 + parsed.timeOffsetHours * 3600)
  notes.push(`Irradiance is that of minute ${sunSeconds / 60} of each hour.`)
  const columns: Partial<Record<WeatherColumn, Float64Array>> = {}
  titles.forEach((title, at) => {
    const column = COLUMNS[title]
    if (column === undefined) return
    columns[column] = Float64Array.from(values, (row, index) => {
      const cell = row[at]
      const value = typeof cell === 'number' ? cell : decimal(String(cell))
      if (!Number.isFinite(value))
        refuse(name, lines[index], `${title} is ${JSON.stringify(cell)}`, 'it must be a number')
      return value
    })
  })
  if (columns.temperatureC === undefined || Object.keys(columns).every((key) => !key.endsWith('WM2')))
    refuse(name, 0, 'has no irradiance and temperature', `its columns are ${titles.join(', ')}`)
  const site: Site = {
    label: `${parsed.latitudeDeg}, ${parsed.longitudeDeg}`,
    latitudeDeg: parsed.latitudeDeg,
    longitudeDeg: parsed.longitudeDeg,
    elevationM: parsed.elevationM,
    utcOffsetHours: 0,
  }
  return {
    format: 'pvgis',
    frame: { axis, columns: columns as Record<WeatherColumn, Float64Array> },
    site,
    clock: { labels: 'start', timeZone: 'UTC+00:00', sunSeconds },
    sourceYears,
    source: parsed.source,
    notes,
  }
}

function fromCsv(text: string, name: string): Parsed {
  const all = text.replace(/^\ufeff/, '').split(/\r?\n/)
  const first = all.findIndex((line) => TIME.test(line.split(',')[0].trim()))
  if (first === -1)
    return refuse(name, all.length, 'has no header that begins with time', 'is it a PVGIS CSV file?')
  const head = (key: RegExp): number => {
    const line = all.slice(0, first).find((label) => key.test(label)) ?? ''
    return decimal(line.slice(line.indexOf(':') + 1).trim())
  }
  let end = first + 1
  while (end < all.length && /^\d{8}:\d{4},/.test(all[end])) end++
  // The legend that every PVGIS file ends with tells that it is whole.
  if (!all.slice(end).some((line) => /^PVGIS|European Union/.test(line)))
    refuse(name, end, 'the closing lines of PVGIS are not there', 'the file may be cut off: get it again')
  const { header, rows, lines } = readTable(`${all.slice(first, end).join('\n')}\n`, name)
  const [latitudeDeg, longitudeDeg, elevationM] = [/^Latitude/, /^Longitude/, /^Elevation/].map(head)
  if (Number.isNaN(latitudeDeg) || Number.isNaN(longitudeDeg))
    refuse(name, 1, 'tells no latitude and longitude', 'is it a PVGIS CSV file?')
  checkTitles(header.slice(1), name, first + 1)
  const database = all.slice(0, first).find((line) => line.startsWith('Radiation database'))
  return {
    latitudeDeg,
    longitudeDeg,
    elevationM,
    titles: header.slice(1),
    times: rows.map((row) => row[0].trim()),
    values: rows.map((row) => row.slice(1)),
    lines: lines.map((line) => line + first),
    timeOffsetHours: head(/^Irradiance Time Offset/) || 0,
    source: `PVGIS${database === undefined ? '' : ` ${database.split(':')[1].trim()}`}`,
  }
}

function fromJson(text: string, name: string): Parsed {
  let json: {
    inputs?: {
      location?: {
        latitude?: number
        longitude?: number
        elevation?: number
        irradiance_time_offset?: number
      }
      meteo_data?: { radiation_db?: string }
    }
    outputs?: Record<string, unknown>
  }
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (cause) {
    return refuse(name, 0, `is no valid JSON: ${(cause as Error).message}`, 'the file may be cut off', cause)
  }
  const { latitude, longitude, elevation = Number.NaN } = json.inputs?.location ?? {}
  const rows = json.outputs?.hourly ?? json.outputs?.tmy_hourly
  if (
    typeof latitude !== 'number' ||
    typeof longitude !== 'number' ||
    !Array.isArray(rows) ||
    rows.length < 2
  )
    throw new VppError('invalid', {
      place: name,
      problem: 'has no inputs.location and outputs.hourly or outputs.tmy_hourly',
      fix: 'is it a PVGIS JSON file of hourly data?',
    })
  const records = rows as Record<string, unknown>[]
  const keys = Object.keys(records[0])
  const time = keys.find((key) => TIME.test(key))
  if (time === undefined) return refuse(name, 0, 'its rows have no time', 'is it a PVGIS JSON file?')
  const titles = keys.filter((key) => key !== time)
  checkTitles(titles, name, 0)
  return {
    latitudeDeg: latitude,
    longitudeDeg: longitude,
    elevationM: elevation,
    titles,
    times: records.map((row) => String(row[time])),
    values: records.map((row) => titles.map((title) => row[title])),
    lines: records.map(() => 0),
    timeOffsetHours: json.inputs?.location?.irradiance_time_offset ?? 0,
    source: `PVGIS ${json.inputs?.meteo_data?.radiation_db ?? ''}`.trim(),
  }
}

function checkTitles(titles: readonly string[], name: string, line: number): void {
  const unknown = titles.filter((title) => COLUMNS[title] === undefined && !IGNORED.has(title))
  if (unknown.length > 0)
    refuse(
      name,
      line,
      `has the unknown columns ${unknown.join(', ')}`,
      `known are ${Object.keys(COLUMNS).join(', ')}`,
    )
}
