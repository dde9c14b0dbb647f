import { decimal, offsetName, refuse, type SourceOptions } from './source.ts'
import { checkSite, type Site, type WeatherColumn, type WeatherFile } from './weather.ts'

/** Field of the row and the code that says "missing", by column (EnergyPlus Auxiliary Programs, EPW format). */
const FIELDS = {
  temperatureC: { at: 6, missing: 99.9 },
  dewPointC: { at: 7, missing: 99.9 },
  relativeHumidityPercent: { at: 8, missing: 999 },
  pressurePa: { at: 9, missing: 999_999 },
  extraterrestrialWM2: { at: 10, missing: 9999 },
  extraterrestrialNormalWM2: { at: 11, missing: 9999 },
  longwaveWM2: { at: 12, missing: 9999 },
  ghiWM2: { at: 13, missing: 9999 },
  dniWM2: { at: 14, missing: 9999 },
  dhiWM2: { at: 15, missing: 9999 },
  windDirectionDeg: { at: 20, missing: 999 },
  windSpeedMS: { at: 21, missing: 999 },
  precipitableWaterMm: { at: 28, missing: 999 },
  snowDepthCm: { at: 30, missing: 999 },
  albedoFraction: { at: 32, missing: 999 },
} as const satisfies Partial<Record<WeatherColumn, { at: number; missing: number }>>

export type EpwColumn = keyof typeof FIELDS
const COLUMNS = Object.keys(FIELDS) as EpwColumn[]
/** Older files end after snow depth and days since snow: albedo and rain may be absent. */
const LEAST_FIELDS = 32
const HEADER_LINES = 8

/**
 * Reads an EnergyPlus weather file. Hour h (1 to 24) of a day covers (h−1, h] of local standard time, as
 * the format defines it; radiation is the interval's, whatever the minute field says (0, 1 and 60 all
 * occur and mean the whole hour).
 *
 * Timestamps are never built from the year column of a typical year: `year` says which calendar year it
 * stands for. A file of one year keeps that year.
 *
 * @throws VppError('invalid') with the line where the file contradicts itself or ends too early
 */
export function parseEpw(text: string, options: SourceOptions): WeatherFile<EpwColumn> {
  const { name } = options
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  while (lines.length > 0 && lines[lines.length - 1].trim() === '') lines.pop()
  const site = siteOf(lines[0] ?? '', name)
  const periods = lines.slice(0, HEADER_LINES).findIndex((line) => /^DATA PERIODS,/i.test(line))
  if (periods === -1)
    refuse(name, lines.length, 'has no DATA PERIODS line in its first eight', 'the file may be cut off')
  const header = (key: string) =>
    (lines.slice(0, periods).find((line) => line.toUpperCase().startsWith(key)) ?? '').split(',')
  const period = dataPeriod(lines[periods], name, periods + 1)
  const leap = /^y/i.test((header('HOLIDAYS/DAYLIGHT SAVINGS')[1] ?? '').trim())
  const rows = lines.slice(periods + 1).map((line) => line.split(','))
  const first = periods + 2
  if (rows.length === 0) refuse(name, first, 'has no rows', 'the file may be cut off')

  const years = sourceYears(rows, name, first)
  const year = axisYear(years, options, name, first)
  const stepSeconds = 3600 / period.recordsPerHour
  checkLabels(rows, period, year, leap, options, first)

  const columns = Object.fromEntries(COLUMNS.map((column) => [column, new Float64Array(rows.length)]))
  const missing = new Map<string, number>()
  rows.forEach((cells, row) => {
    for (const column of COLUMNS) {
      const { at, missing: code } = FIELDS[column]
      const cell = cells[at]
      const value = cell === undefined || cell.trim() === '' ? code : decimal(cell)
      if (Number.isNaN(value))
        refuse(name, first + row, `${column} is ${JSON.stringify(cell)}`, 'it must be a number')
      if (value < code) columns[column][row] = value
      else {
        columns[column][row] = Number.NaN
        missing.set(column, (missing.get(column) ?? 0) + 1)
      }
    }
  })
  // Radiation is Wh/m² of the interval in the file, W/m² here.
  if (period.recordsPerHour > 1)
    for (const column of [
      'ghiWM2',
      'dniWM2',
      'dhiWM2',
      'longwaveWM2',
      'extraterrestrialWM2',
      'extraterrestrialNormalWM2',
    ] as const)
      columns[column].forEach((value, row) => (columns[column][row] = value * period.recordsPerHour))
  const notes = [...missing].map(([column, count]) => `${column} is missing in ${count} rows.`)
  const saving = header('HOLIDAYS/DAYLIGHT SAVINGS').slice(2, 4)
  if (saving.some((day) => !/^\s*0?\s*$/.test(day)))
    notes.push(
      `The header names daylight saving (${saving.join(' to ')}); the rows are standard time, as the format says.`,
    )
  if (years.length > 1)
    notes.push(
      `A typical year: months of ${[...new Set(years)].toSorted((a, b) => a - b).join(', ')}, put on ${year}.`,
    )
  const startSeconds =
    Date.UTC(year, period.startMonth - 1, period.startDay) / 1000 - site.utcOffsetHours * 3600
  return {
    format: 'epw',
    frame: {
      axis: { startSeconds, stepSeconds, count: rows.length },
      columns: columns as Record<EpwColumn, Float64Array>,
    },
    site,
    clock: { labels: 'end', timeZone: offsetName(site.utcOffsetHours) },
    sourceYears: years,
    source: [lines[0].split(',')[4], lines[0].split(',')[5], header('COMMENTS 1').slice(1).join(',')]
      .filter((part) => part !== undefined && part.trim() !== '')
      .join(' '),
    notes,
  }
}

function siteOf(line: string, name: string): Site {
  const cells = line.split(',')
  if (cells[0].toUpperCase() !== 'LOCATION' || cells.length < 10)
    refuse(name, 1, 'does not begin with a LOCATION line of ten fields', 'is it an EPW file?')
  const [latitudeDeg, longitudeDeg, utcOffsetHours, elevationM] = cells.slice(6, 10).map(decimal)
  if ([latitudeDeg, longitudeDeg, utcOffsetHours, elevationM].some(Number.isNaN))
    refuse(name, 1, 'latitude, longitude, time zone or elevation is no number', 'correct the LOCATION line')
  return checkSite({ label: cells[1].trim(), latitudeDeg, longitudeDeg, utcOffsetHours, elevationM }, name, 1)
}

interface Period {
  readonly recordsPerHour: number
  readonly startMonth: number
  readonly startDay: number
  readonly endMonth: number
  readonly endDay: number
}

function dataPeriod(line: string, name: string, at: number): Period {
  const cells = line.split(',').map((cell) => cell.trim())
  const recordsPerHour = decimal(cells[2] ?? '')
  if (cells[1] !== '1')
    refuse(name, at, `has ${cells[1]} data periods`, 'cut it into one file for each period')
  if (![1, 2, 3, 4, 6, 12, 60].includes(recordsPerHour))
    refuse(name, at, `has ${cells[2]} records in an hour`, 'it must be 1, 2, 3, 4, 6, 12 or 60')
  const [start, end] = [cells[5], cells[6]].map((text) =>
    /^(\d+)\s*\/\s*(\d+)/
      .exec(text ?? '')
      ?.slice(1)
      .map(Number),
  )
  if (start === undefined || end === undefined)
    refuse(name, at, 'the data period has no start and end day', 'correct the DATA PERIODS line')
  return { recordsPerHour, startMonth: start[0], startDay: start[1], endMonth: end[0], endDay: end[1] }
}

/** The years of the rows, each time that it changes. */
function sourceYears(rows: readonly string[][], name: string, first: number): number[] {
  const years: number[] = []
  rows.forEach((cells, row) => {
    if (cells.length < LEAST_FIELDS)
      refuse(name, first + row, `has ${cells.length} fields, not 35`, 'the file may be cut off')
    const year = decimal(cells[0])
    if (!Number.isInteger(year))
      refuse(name, first + row, `the year is ${JSON.stringify(cells[0])}`, 'is it an EPW file?')
    if (years[years.length - 1] !== year) years.push(year)
  })
  return years
}

function axisYear(years: readonly number[], { year }: SourceOptions, name: string, first: number): number {
  if (year !== undefined) return year
  if (years.length === 1) return years[0]
  return refuse(
    name,
    first,
    `its rows are from ${new Set(years).size} different years (${years.join(', ')}): a typical year has none of its own`,
    'say which calendar year it shall stand for with `year`, like 2023',
  )
}

/** Every row is the one that is due: month, day, hour and minute. */
function checkLabels(
  rows: readonly string[][],
  period: Period,
  year: number,
  leap: boolean,
  options: SourceOptions,
  first: number,
): void {
  const { name } = options
  const { recordsPerHour } = period
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1
  const hasLeapDay = rows.some((cells) => decimal(cells[1]) === 2 && decimal(cells[2]) === 29)
  if (hasLeapDay && !isLeap)
    refuse(name, first, `has a 29 February, which ${year} has not`, 'give a leap year with `year`, like 2024')
  if (leap && !hasLeapDay && period.startMonth <= 2 && period.endMonth > 2)
    refuse(
      name,
      first,
      'the header says that leap years are observed, and there is no 29 February',
      'correct the HOLIDAYS/DAYLIGHT SAVINGS line or add the day',
    )
  const start = Date.UTC(year, period.startMonth - 1, period.startDay)
  const end = Date.UTC(year, period.endMonth - 1, period.endDay)
  const due = Math.round((end - start) / 86_400_000 + 1) * 24 * recordsPerHour
  if (isLeap && !hasLeapDay && rows.length === due - 24 * recordsPerHour)
    refuse(
      name,
      first,
      `leaves out 29 February of ${year}`,
      'give a year without one with `year`, like 2023: days after it then keep their date',
    )
  const minutes = new Set(rows.map((cells) => decimal(cells[4])))
  if (recordsPerHour === 1 && [...minutes].some((minute) => ![0, 1, 60].includes(minute)))
    refuse(
      name,
      first,
      `the minutes are ${[...minutes].slice(0, 4).join(', ')}: neither whole hours nor their ends`,
      'hour 1 to 24 with minute 0 or 60 means the hour that ends there: export the file again',
    )
  rows.forEach((cells, row) => {
    const interval = start + (row * 3_600_000) / recordsPerHour
    const date = new Date(interval)
    const [month, day, hour] = [1, 2, 3].map((at) => decimal(cells[at]))
    if (month !== date.getUTCMonth() + 1 || day !== date.getUTCDate() || hour !== date.getUTCHours() + 1)
      refuse(
        name,
        first + row,
        `is month ${cells[1]}, day ${cells[2]}, hour ${cells[3]} where month ${date.getUTCMonth() + 1}, day ${date.getUTCDate()}, hour ${date.getUTCHours() + 1} is due`,
        hour === 0
          ? 'hours must be 1 to 24, the hour that ends there: these seem to name its start'
          : 'give every interval once, in order',
      )
    if (recordsPerHour > 1) {
      const minute = ((row % recordsPerHour) + 1) * (60 / recordsPerHour)
      if (decimal(cells[4]) !== minute)
        refuse(
          name,
          first + row,
          `the minute is ${cells[4]} where the interval ends at ${minute}`,
          'minutes of an EPW name the end of their interval: export the file again',
        )
    }
  })
  if (rows.length !== due)
    refuse(
      name,
      first + rows.length - 1,
      `ends after ${rows.length} rows; the header promises ${due}`,
      'the file may be cut off: get it again',
    )
}
