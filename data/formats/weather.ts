import type { Frame } from '../frame.ts'
import { refuse, type SourceClock } from './source.ts'

/**
 * Columns that weather files have. Irradiance is the mean over the interval, W/m²; temperature and
 * wind are as the source recorded them (EPW, TMY3: at the end of the interval; PSM, PVGIS: at the label).
 * NaN where the source says that the value is missing.
 */
export const WEATHER_COLUMNS = [
  'ghiWM2',
  'dniWM2',
  'dhiWM2',
  'poaWM2',
  'poaDirectWM2',
  'poaDiffuseWM2',
  'poaReflectedWM2',
  'longwaveWM2',
  'extraterrestrialWM2',
  'extraterrestrialNormalWM2',
  'temperatureC',
  'dewPointC',
  'relativeHumidityPercent',
  'pressurePa',
  'windSpeedMS',
  'windDirectionDeg',
  'precipitableWaterMm',
  'albedoFraction',
  'snowDepthCm',
  'acW',
] as const
export type WeatherColumn = (typeof WEATHER_COLUMNS)[number]

export interface Site {
  readonly label: string
  /** Degrees, north positive. */
  readonly latitudeDeg: number
  /** Degrees, east positive. */
  readonly longitudeDeg: number
  /** Meters above the sea. */
  readonly elevationM: number
  /** Local standard time minus UTC, hours. */
  readonly utcOffsetHours: number
}

/** A weather file on a UTC axis of interval starts: evaluate the sun half a step after each. */
export interface WeatherFile<Name extends WeatherColumn = WeatherColumn> {
  readonly format: string
  readonly frame: Frame<Name>
  readonly site: Site
  readonly clock: SourceClock
  /** Years that the rows were taken from, in the order in which they appear; several: a typical year. */
  readonly sourceYears: readonly number[]
  /** What the file says of its own source. */
  readonly source: string
  /** What was found and done, a sentence each. */
  readonly notes: readonly string[]
}

/** A site that is on earth; what is not is told with its line. */
export function checkSite(site: Site, name: string, line: number): Site {
  const within = (value: number, low: number, high: number) => value >= low && value <= high
  if (!within(site.latitudeDeg, -90, 90) || !within(site.longitudeDeg, -180, 180)) {
    refuse(
      name,
      line,
      `the site is at latitude ${site.latitudeDeg}, longitude ${site.longitudeDeg}`,
      'latitude is -90 to 90, longitude -180 to 180 degrees, east positive: are they swapped?',
    )
  }
  if (!within(site.utcOffsetHours, -12, 14)) {
    refuse(name, line, `the time zone is ${site.utcOffsetHours} hours from UTC`, 'it is -12 to 14 hours')
  }
  if (Math.abs(site.utcOffsetHours - site.longitudeDeg / 15) > 3.5) {
    refuse(
      name,
      line,
      `the time zone ${site.utcOffsetHours} h does not fit longitude ${site.longitudeDeg} (solar time is ${(site.longitudeDeg / 15).toFixed(1)} h)`,
      'one has the wrong sign: correct the header (east and UTC+ are positive)',
    )
  }
  return site
}

/** The columns that a model needs, all there; a file without one is told with what it has. */
export function needColumns<Name extends WeatherColumn>(
  file: WeatherFile,
  name: string,
  needed: readonly Name[],
): Frame<Name> {
  const has: Partial<Record<WeatherColumn, Float64Array>> = file.frame.columns
  for (const column of needed) {
    if (has[column] === undefined)
      refuse(name, 0, `has no ${column}`, `it has ${Object.keys(has).join(', ')}: give another weather file`)
  }
  return file.frame
}
