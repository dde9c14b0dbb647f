import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TimeAxis } from '../../data/axis.ts'
import { filesOf } from '../../data/catalogue/files.ts'
import { type CatalogueSet, setNamed } from '../../data/catalogue/sets.ts'
import { VppError } from '../../data/errors.ts'
import {
  FONTANA,
  FONTANA_HOMES,
  FONTANA_PLACE,
  loadFontanaCommon,
  loadFontanaHome,
} from '../../data/fontana.ts'
import { formatNamed } from '../../data/formats/registry.ts'
import type { SeriesFile } from '../../data/formats/series.ts'
import type { WeatherFile } from '../../data/formats/weather.ts'
import { readTextFile } from '../../data/read-text.ts'
import { NIGHT_WM2 } from '../../models/forecast/plant.ts'
import { clearSkyOf, type Place, weekdays } from '../../models/forecast/surroundings.ts'

/** One home's series, whole days of `slotsPerDay`, kWh. */
export interface SetHome {
  readonly id: string
  readonly loadKwh: Float64Array
  readonly solarKwh: Float64Array | null
}

/** Homes of one place over one axis, and what was measured around them. */
export interface ForecastSet {
  readonly id: string
  readonly title: string
  readonly axis: TimeAxis
  /** Local time less UTC at the axis' start, seconds. */
  readonly offsetSeconds: number
  readonly homes: readonly SetHome[]
  readonly weekday: Uint8Array
  readonly clearSkyWM2: Float64Array
  readonly temperatureC: Float64Array | null
  /** Clear-sky index: from the neighbors' plants, a column, or not known. */
  readonly clearness: 'plants' | Float64Array | null
  readonly weather: string
  readonly notes: readonly string[]
}

const milliToKwh = (column: Float64Array): Float64Array => column.map((value) => value / 1e6)

/** The twelve embedded homes. */
export function fontanaSet(): ForecastSet {
  const { axis, columns } = loadFontanaCommon().frame
  const homes = FONTANA_HOMES.map((home) => {
    const { loadMilliWh, solarMilliWh } = loadFontanaHome(home).frame.columns
    return { id: `${FONTANA}/${home}`, loadKwh: milliToKwh(loadMilliWh), solarKwh: milliToKwh(solarMilliWh) }
  })
  return {
    id: FONTANA,
    title: 'twelve measured homes, Fontana, California',
    axis,
    offsetSeconds: -7 * 3600,
    homes,
    weekday: weekdays(axis, -7 * 3600),
    clearSkyWM2: clearSkyOf(axis, FONTANA_PLACE),
    temperatureC: columns.temperature,
    clearness: 'plants',
    weather:
      'temperature of the set; clear-sky index from the other homes’ plants (the set’s irradiance is not usable)',
    notes: [],
  }
}

export const AUSGRID_SET = 'homes-ausgrid-c12-30min'
export const VERMONT_SET = 'homes-vt-resstock-2018'
const SYDNEY: Place = { latitudeDeg: -33.87, longitudeDeg: 151.21, altitudeM: 40 }

/** Reads the series of a catalogue set that a pattern names, in the first folder that has it; null: none has. */
function readSet(
  id: string,
  folders: readonly string[],
): { name: string; file: SeriesFile | WeatherFile }[] | null {
  const set = setNamed(id) as CatalogueSet
  const folder = folders.find((candidate) => existsSync(join(candidate, id)))
  if (folder === undefined) return null
  return filesOf(id).flatMap(({ name, sha256 }) => {
    const reading = set.readings.find(({ files }) => files.test(name))
    if (reading === undefined) return []
    const text = readTextFile(join(folder, id, name), `${id}/${name}`, `vpp data fetch ${id}`)
    if (text.sha256 !== sha256)
      throw new VppError('invalid', {
        place: `${id}/${name}`,
        problem: 'is not the recorded file',
        fix: `remove it and run vpp data fetch ${id}`,
      })
    const file = formatNamed(reading.format).parse(text.text, { ...reading.options, name })
    return [{ name, file }]
  })
}

const columnsOf = (file: SeriesFile | WeatherFile): Readonly<Record<string, Float64Array | undefined>> =>
  file.frame.columns

/** Customer 12 of Ausgrid, half hours; without weather, which the set has not. Null: the set is not here. */
export function ausgridSet(folders: readonly string[]): ForecastSet | null {
  const read = readSet(AUSGRID_SET, folders)
  if (read === null) return null
  const { axis } = read[0].file.frame
  const columns = columnsOf(read[0].file)
  return {
    id: AUSGRID_SET,
    title: 'a measured home, Sydney, half hours',
    axis,
    offsetSeconds: 10 * 3600,
    homes: [
      {
        id: `${AUSGRID_SET}/12`,
        loadKwh: milliToKwh(columns.loadMilliWh!),
        solarKwh: milliToKwh(columns.solarMilliWh!),
      },
    ],
    weekday: weekdays(axis, 10 * 3600),
    clearSkyWM2: clearSkyOf(axis, SYDNEY),
    temperatureC: null,
    clearness: null,
    weather: 'none: the set has no weather',
    notes: [],
  }
}

/** A set with neighboring intervals summed to hours. */
export function hourly(set: ForecastSet): ForecastSet {
  const factor = 3600 / set.axis.stepSeconds
  const sums = (column: Float64Array): Float64Array =>
    Float64Array.from({ length: Math.floor(column.length / factor) }, (_, hour) => {
      let sum = 0
      for (let at = 0; at < factor; at++) sum += column[hour * factor + at]
      return sum
    })
  return {
    ...set,
    id: `${set.id} (hours)`,
    title: set.title.replace('half hours', 'half hours summed to hours'),
    axis: { ...set.axis, stepSeconds: 3600, count: Math.floor(set.axis.count / factor) },
    homes: set.homes.map(({ id, loadKwh, solarKwh }) => ({
      id,
      loadKwh: sums(loadKwh),
      solarKwh: solarKwh && sums(solarKwh),
    })),
    clearSkyWM2: sums(set.clearSkyWM2).map((sum) => sum / factor),
  }
}

/** The simulated homes of Vermont with the weather of their year. Null: the set is not here. */
export function vermontSet(folders: readonly string[]): ForecastSet | null {
  const read = readSet(VERMONT_SET, folders)
  if (read === null) return null
  const weather = read.find(({ name }) => name.endsWith('.epw'))!.file as WeatherFile
  const homes = read.filter(({ name }) => /^resstock_\d+\.csv$/.test(name))
  const { axis } = homes[0].file.frame
  const place = {
    latitudeDeg: weather.site.latitudeDeg,
    longitudeDeg: weather.site.longitudeDeg,
    altitudeM: weather.site.elevationM,
  }
  const clearSkyWM2 = clearSkyOf(axis, place)
  const { temperatureC, ghiWM2 } = weather.frame.columns
  return {
    id: VERMONT_SET,
    title: 'twelve simulated homes (ResStock), Vermont',
    axis,
    offsetSeconds: -5 * 3600,
    homes: homes.map(({ name, file }) => ({
      id: `${VERMONT_SET}/${/\d+/.exec(name)![0]}`,
      loadKwh: milliToKwh(columnsOf(file).loadMilliWh!),
      solarKwh: null,
    })),
    weekday: weekdays(axis, -5 * 3600),
    clearSkyWM2,
    temperatureC,
    clearness: clearSkyWM2.map((clear, at) =>
      clear < NIGHT_WM2 ? Number.NaN : Math.min(1.25, ghiWM2[at] / clear),
    ),
    weather: 'measured at Burlington in the same year',
    notes: ['Its homes are simulated: a model’s schedules, not people’s.'],
  }
}
