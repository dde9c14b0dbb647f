import { relativeAirmass, pressurePa } from '../../models/solar/airmass.ts'
import { haurwitz, ineichen } from '../../models/solar/clear-sky.ts'
import { dayOfYear, extraterrestrial } from '../../models/solar/extraterrestrial.ts'
import { equationOfTimeMinutes } from '../../models/solar/spa.ts'
import { sunEvents } from '../../models/solar/sun-events.ts'
import { type SunPosition, sunPosition } from '../../models/solar/sun-position.ts'
import { VppError } from '../../data/errors.ts'
import { difference, greatestAbsolute, onlyRows, turned, weightedRmse } from './deviation.ts'
import { readTable, type Table } from './files.ts'
import { type Check, checksOf, type ReferenceFamily } from './reference.ts'
import {
  needed,
  readSolarInputs,
  SOLAR_FOLDER,
  solarFiles,
  type SolarInputs,
  sunSite,
} from './solar-inputs.ts'

const DEGREES = 1e-4
const WATTS_PER_M2 = 1e-3
const MINUTES = 1e-4
/** The files give whole seconds. */
const SECONDS = 1
const DAY = 86_400
/** Step of the slow terms that scenarios run with. */
export const SLOW_STEP_SECONDS = 86_400

const SUN_FILE = /^(.+)_solpos_clearsky_\d+\.csv$/
const EVENTS_FILE = /^(.+)_sunrise_sunset_\d+\.csv$/

/** Unix seconds of a column of ISO times in UTC; an empty cell is NaN. */
function instants(table: Table, column: string): Float64Array {
  return Float64Array.from(table.text(column), (cell, row) => {
    const time = cell === '' || cell === 'NaT' ? Number.NaN : Date.parse(cell) / 1000
    if (!Number.isNaN(time) || cell === '' || cell === 'NaT') return time
    throw new VppError('invalid', {
      place: `${table.file}:${row + 2}`,
      problem: `${column} is ${JSON.stringify(cell)}`,
      fix: 'write 2023-01-01T00:30:00Z',
    })
  })
}

function sunChecks(
  table: Table,
  sun: SunPosition,
  one: (quantity: string, deviation: number) => Check,
): Check[] {
  const zenith = table.numbers('zenith_deg')
  const apparent = table.numbers('apparent_zenith_deg')
  const azimuth = table.numbers('azimuth_deg')
  const up = (row: number) => apparent[row] <= 90
  return [
    one('zenith, sun up', greatestAbsolute(onlyRows(difference(sun.zenithDeg, zenith), up))),
    one(
      'apparent zenith, sun up',
      greatestAbsolute(onlyRows(difference(sun.apparentZenithDeg, apparent), up)),
    ),
    one('azimuth, sun up', greatestAbsolute(onlyRows(turned(sun.azimuthDeg, azimuth, zenith), up))),
    one('zenith, day and night', greatestAbsolute(difference(sun.zenithDeg, zenith))),
  ]
}

function clearSkyChecks(
  table: Table,
  times: Float64Array,
  sun: SunPosition,
  inputs: SolarInputs,
  site: string,
  one: (quantity: string, unit: string, tolerance: number, deviation: number) => Check,
): Check[] {
  const extra = extraterrestrial(dayOfYear(times, 0))
  const airmass = relativeAirmass(sun.apparentZenithDeg)
  const theirAirmass = table.numbers('airmass_rel_ky', Number.NaN)
  const settings = needed(inputs.ineichen, 'ineichen', site, table.file)
  const clear = ineichen(sun.apparentZenithDeg, airmass, extra, {
    altitudeM: inputs.site.alt_m,
    linkeTurbidity: settings.linke_turbidity,
    pressurePa: pressurePa(inputs.site.alt_m),
    perezEnhancement: settings.perez_enhancement,
  })
  const column = (pattern: RegExp) =>
    table.numbers(table.columns.find((name) => pattern.test(name)) ?? String(pattern))
  const theirs = {
    ghi: column(/^ineichen_.*_ghi$/),
    dni: column(/^ineichen_.*_dni$/),
    dhi: column(/^ineichen_.*_dhi$/),
  }
  const low = (row: number) => sun.apparentZenithDeg[row] > 87
  const both = (quantity: string, ours: Float64Array, reference: Float64Array): Check[] => [
    one(quantity, 'W/m²', WATTS_PER_M2, weightedRmse(ours, reference, reference)),
    one(
      `${quantity}, zenith > 87°`,
      'W/m²',
      WATTS_PER_M2,
      greatestAbsolute(onlyRows(difference(ours, reference), low)),
    ),
  ]
  const eot = times.map((time) => equationOfTimeMinutes(time, inputs.solar_position.delta_t_s))
  const absent = airmass.filter((value, row) => Number.isNaN(value) !== Number.isNaN(theirAirmass[row]))
  return [
    one('equation of time', 'min', MINUTES, greatestAbsolute(difference(eot, table.numbers('eot_min')))),
    one(
      'extraterrestrial beam',
      'W/m²',
      WATTS_PER_M2,
      greatestAbsolute(difference(extra, table.numbers('dni_extra_w_m2'))),
    ),
    one(
      'air mass',
      '1',
      WATTS_PER_M2,
      greatestAbsolute(
        onlyRows(difference(airmass, theirAirmass), (row) => !Number.isNaN(theirAirmass[row])),
      ),
    ),
    one('air mass, rows where one has none', 'rows', 0, absent.length),
    ...both('Ineichen, global', clear.ghi, theirs.ghi),
    ...both('Ineichen, beam', clear.dni, theirs.dni),
    ...both('Ineichen, diffuse', clear.dhi, theirs.dhi),
    ...both('Haurwitz, global', haurwitz(sun.apparentZenithDeg), table.numbers('haurwitz_ghi')),
  ]
}

function checkSun(dir: string, name: string): Check[] {
  const source = `${SOLAR_FOLDER}/${name}`
  const site = (SUN_FILE.exec(name) as RegExpExecArray)[1]
  const inputs = readSolarInputs(dir, site)
  const table = readTable(dir, source)
  const times = instants(table, 'utc')
  const exact = sunPosition(times, sunSite(inputs, 'site'))
  const quick = sunPosition(times, sunSite(inputs, 'site'), SLOW_STEP_SECONDS)
  const one = checksOf(source, inputs.tool)
  return [
    ...sunChecks(table, exact, (what, deviation) => one(what, '°', DEGREES, deviation)),
    ...sunChecks(table, quick, (what, deviation) => one(`${what}, daily terms`, '°', DEGREES, deviation)),
    ...clearSkyChecks(table, times, exact, inputs, site, one),
  ]
}

function checkEvents(dir: string, name: string): Check[] {
  const source = `${SOLAR_FOLDER}/${name}`
  const site = (EVENTS_FILE.exec(name) as RegExpExecArray)[1]
  const inputs = readSolarInputs(dir, site)
  const table = readTable(dir, source)
  const days = instants(table, 'date')
  const { latitudeDeg, longitudeDeg, deltaTSeconds } = sunSite(inputs, 'site')
  const ours = sunEvents(days, latitudeDeg, longitudeDeg, deltaTSeconds)
  const compare = (quantity: string, column: Float64Array, their: Float64Array): Check => ({
    quantity,
    source,
    computedBy: inputs.tool,
    unit: 's',
    tolerance: SECONDS,
    // On a day without the event both must say so.
    deviation: greatestAbsolute(
      column.map((value, row) => (Number.isNaN(value) && Number.isNaN(their[row]) ? 0 : value - their[row])),
    ),
  })
  if (days.some((day) => day % DAY !== 0)) {
    throw new VppError('invalid', {
      place: `${source}  date`,
      problem: `${name} has a date with a time of day`,
      fix: 'write dates, 2023-01-01',
    })
  }
  return [
    compare('sunrise', ours.sunriseSeconds, instants(table, 'sunrise_utc')),
    compare('transit', ours.transitSeconds, instants(table, 'transit_utc')),
    compare('sunset', ours.sunsetSeconds, instants(table, 'sunset_utc')),
  ]
}

/** Position of the sun and clear sky at a site: `SITE_solpos_clearsky_YEAR.csv`. */
export const sunAndClearSky: ReferenceFamily = {
  id: 'sun-and-clear-sky',
  find: (dir) => solarFiles(dir, SUN_FILE),
  check: checkSun,
}

/** Sunrise, transit and sunset: `SITE_sunrise_sunset_YEAR.csv`. */
export const sunriseAndSunset: ReferenceFamily = {
  id: 'sunrise-sunset',
  find: (dir) => solarFiles(dir, EVENTS_FILE),
  check: checkEvents,
}
