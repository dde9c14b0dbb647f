import { VppError } from '../../data/errors.ts'
import { type SunPosition, sunPosition } from '../../models/solar/sun-position.ts'
import { dayOfYear } from '../../models/solar/extraterrestrial.ts'
import { readTable, type Table } from './files.ts'
import { needed, SOLAR_FOLDER, type SolarInputs, sunSite } from './solar-inputs.ts'

/** The weather of a site by its rows, with the sun at the middle of each; W/m², °C, m/s. */
export interface SolarWeather {
  readonly table: Table
  readonly ghi: Float64Array
  readonly dni: Float64Array
  readonly dhi: Float64Array
  readonly airC: Float64Array
  readonly windMps: Float64Array
  /** 1 to 366, in UTC: how far the sun is does not depend on a time zone. */
  readonly day: Float64Array
  readonly sun: SunPosition
}

export const weatherFile = (site: string): string => `${SOLAR_FOLDER}/${site}_weather_decomposition.csv`

/**
 * Reads the weather of a site. Its rows are labelled `01-01 00:30` (`lst_mid`): middle of the interval, local
 * standard time, of the year that the inputs say the calendar was coerced to.
 */
export function readSolarWeather(dir: string, site: string, inputs: SolarInputs): SolarWeather {
  const table = readTable(dir, weatherFile(site))
  const { TZ } = needed(inputs.weather_site, 'weather_site', site, table.file)
  const year = needed(
    /coerced to (\d{4})/.exec(inputs.weather_time)?.[1] ?? inputs.year_solpos,
    'weather_time',
    site,
    table.file,
  )
  const times = Float64Array.from(table.text('lst_mid'), (label, row) => {
    const found = /^(\d\d)-(\d\d) (\d\d):(\d\d)$/.exec(label)
    const date = new Date(`${year}-${label.replace(' ', 'T')}:00Z`)
    if (found !== null && !Number.isNaN(date.valueOf())) return date.valueOf() / 1000 - TZ * 3600
    throw new VppError('invalid', {
      place: `${table.file}:${row + 2}`,
      problem: `lst_mid is ${JSON.stringify(label)}`,
      fix: 'write month, day and time of the middle of the interval: 01-31 00:30',
    })
  })
  return {
    table,
    ghi: table.numbers('ghi'),
    dni: table.numbers('dni'),
    dhi: table.numbers('dhi'),
    airC: table.numbers('temp_air'),
    windMps: table.numbers('wind_speed'),
    day: dayOfYear(times, 0),
    sun: sunPosition(times, sunSite(inputs, 'weather')),
  }
}
