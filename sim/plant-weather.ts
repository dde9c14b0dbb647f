/** The weather of a computed plant, from a file of any format onto the days of a run. */
import { resolve } from 'node:path'
import { axisEndSeconds, isoMinute, type TimeAxis } from '../data/axis.ts'
import { VppError } from '../data/errors.ts'
import { parseEpw } from '../data/formats/epw.ts'
import { parsePsm } from '../data/formats/psm.ts'
import { parsePvgis } from '../data/formats/pvgis.ts'
import type { SourceOptions } from '../data/formats/source.ts'
import { parseTmy3 } from '../data/formats/tmy3.ts'
import type { Site, WeatherColumn, WeatherFile } from '../data/formats/weather.ts'
import type { InputRecord } from '../data/profile.ts'
import { readTextFile } from '../data/read-text.ts'
import type { WeatherSolar } from '../scenarios/schema-solar.ts'

const DAY = 86_400
/** A typical year is read as one of these, with or without a 29 February. */
const COMMON_YEAR = 2023
const LEAP_YEAR = 2024

/** Of a 29 February, in the labels of any of the formats. */
const LEAP_DAY = /\n\d{4},\s*0?2,\s*29,|\n0?2\/29\/|\b\d{4}0229:/

/** What every format gives; which columns, the file decides. */
interface Parsed extends Omit<WeatherFile, 'frame'> {
  readonly frame: {
    readonly axis: TimeAxis
    readonly columns: Partial<Record<WeatherColumn, Float64Array>>
  }
}
const FORMATS: Record<WeatherSolar['weatherFormat'], (text: string, options: SourceOptions) => Parsed> = {
  epw: parseEpw,
  tmy3: parseTmy3,
  psm: parsePsm,
  pvgis: parsePvgis,
}

/** Weather on the axis of the plant's own profile; W/m², °C, m/s. */
export interface PlantWeather {
  readonly axis: TimeAxis
  readonly columns: ReadonlyMap<WeatherColumn, Float64Array>
  readonly site: Site
  /** Where the sun stood, seconds after each interval's start. */
  readonly sunSeconds: number
  readonly input: InputRecord
  /** What was found and done, a sentence each. */
  readonly notes: readonly string[]
}
type OnAxis = Pick<PlantWeather, 'axis' | 'columns' | 'notes'>

/** The file, and whether its year stands for every year. */
function read(spec: WeatherSolar, text: string): { file: Parsed; any: boolean } {
  const parse = (year?: number) =>
    FORMATS[spec.weatherFormat](text, { name: spec.weather, year, labels: spec.weatherLabels })
  const year = LEAP_DAY.test(text) ? LEAP_YEAR : COMMON_YEAR
  if (spec.weatherYears === 'any') return { file: parse(year), any: true }
  try {
    return { file: parse(), any: false }
  } catch (error) {
    if (spec.weatherYears === 'own' || !(error instanceof VppError)) throw error
    // Only months of several years make a typical year; another file is not laid on years that it doesn't name.
    const file = parse(year)
    if (new Set(file.sourceYears).size < 2) throw error
    return { file, any: true }
  }
}

/** Rows of a year that stands for any, laid on the days that a run needs, an interval before and after them. */
function repeat({ frame, site }: Parsed, run: TimeAxis, source: string): OnAxis {
  const { stepSeconds, startSeconds, count } = frame.axis
  const offset = site.utcOffsetHours * 3600
  const year = new Date((startSeconds + offset) * 1000).getUTCFullYear()
  const first = startSeconds + (Math.floor((run.startSeconds - startSeconds) / stepSeconds) - 1) * stepSeconds
  const rows = Math.ceil((axisEndSeconds(run) - first) / stepSeconds) + 1
  let moved = false
  const from = Int32Array.from({ length: rows }, (_, row) => {
    const local = first + row * stepSeconds + offset
    const date = new Date(local * 1000)
    const leapDay = date.getUTCMonth() === 1 && date.getUTCDate() === 29 && year !== LEAP_YEAR
    moved ||= leapDay
    const day = Date.UTC(year, date.getUTCMonth(), leapDay ? 28 : date.getUTCDate()) / 1000
    const at = (day + (((local % DAY) + DAY) % DAY) - offset - startSeconds) / stepSeconds
    if (at >= 0 && at < count && Number.isInteger(at)) return at
    throw new VppError('invalid', {
      place: source,
      problem: `has no weather for ${date.toISOString().slice(5, 16).replace('T', ' ')}, which the run needs`,
      fix: 'give a file of a whole year',
    })
  })
  return {
    axis: { startSeconds: first, stepSeconds, count: rows },
    columns: new Map(
      columnsOf(frame.columns).map(([name, values]) => [name, Float64Array.from(from, (at) => values[at])]),
    ),
    notes: moved ? ['29 February has the weather of 28 February, which the file has none of.'] : [],
  }
}

const columnsOf = (columns: Partial<Record<WeatherColumn, Float64Array>>): [WeatherColumn, Float64Array][] =>
  Object.entries(columns) as [WeatherColumn, Float64Array][]

/** A column that the model needs, without gaps. */
export function whole({ axis, columns }: PlantWeather, column: WeatherColumn, name: string): Float64Array {
  const values = columns.get(column)
  const gap = values?.findIndex(Number.isNaN)
  if (values !== undefined && gap === -1) return values
  throw new VppError('invalid', {
    place: name,
    problem:
      gap === undefined
        ? `has no ${column}`
        : `${column} is missing in the interval from ${isoMinute(axis.startSeconds + gap * axis.stepSeconds)}`,
    fix: 'fill the gap in the file, or take another one',
  })
}

/** A gap in a column that no part of the model reads is nobody's concern. */
const UNUSED = /^(?!dniWM2|dhiWM2|ghiWM2|temperatureC|windSpeedMS)\w+ is missing in/

/**
 * Reads the weather of a plant. A file of one year keeps it; a typical year is laid on the days that the run needs,
 * with an interval before and after them.
 *
 * @throws VppError('invalid') where the file cannot be used, naming it and what to do
 */
function plantWeather(spec: WeatherSolar, text: string, sha256: string, run: TimeAxis): PlantWeather {
  const { file, any } = read(spec, text)
  const { site, clock, source } = file
  if (Number.isNaN(site.elevationM)) {
    throw new VppError('invalid', {
      place: spec.weather,
      problem: 'tells no elevation',
      fix: 'write the elevation of the site into the head of the file, in meters',
    })
  }
  const { axis, columns, notes }: OnAxis = any
    ? repeat(file, run, spec.weather)
    : { axis: file.frame.axis, columns: new Map(columnsOf(file.frame.columns)), notes: [] }
  return {
    axis,
    columns,
    site,
    sunSeconds: clock.sunSeconds ?? axis.stepSeconds / 2,
    input: {
      name: spec.weather,
      sha256,
      source: source === '' ? 'file of the scenario' : source,
      licence: 'of its owner',
    },
    notes: [...file.notes.filter((note) => !UNUSED.test(note)), ...notes],
  }
}

/** Gives the weather of a plant; a file that many plants name is read once. */
export type WeatherReader = (spec: WeatherSolar) => PlantWeather

/**
 * @param baseDir folder that weather files' names are relative to
 * @param run the settlement axis of the run
 */
export function weatherReader(baseDir: string, run: TimeAxis): WeatherReader {
  const known = new Map<string, PlantWeather>()
  return (spec) => {
    const { weather, weatherFormat, weatherLabels, weatherYears } = spec
    const key = JSON.stringify([weather, weatherFormat, weatherLabels, weatherYears])
    const before = known.get(key)
    if (before !== undefined) return before
    const fix = 'give a path relative to the scenario’s folder'
    const { text, sha256 } = readTextFile(resolve(baseDir, weather), weather, fix)
    const found = plantWeather(spec, text, sha256, run)
    known.set(key, found)
    return found
  }
}
