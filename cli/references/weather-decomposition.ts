import { disc, DISC_SOLAR_CONSTANT, erbs } from '../../models/solar/decomposition.ts'
import { extraterrestrial } from '../../models/solar/extraterrestrial.ts'
import { difference, greatestAbsolute, onlyRows, turned, weightedRmse } from './deviation.ts'
import { type Check, checksOf, type ReferenceFamily } from './reference.ts'
import { readSolarInputs, solarFiles } from './solar-inputs.ts'
import { readSolarWeather } from './solar-weather.ts'

const FILE = /^(.+)_weather_decomposition\.csv$/
const TOLERANCE = 1e-3
const DEGREES = 1e-4

function check(dir: string, name: string): Check[] {
  const site = (FILE.exec(name) as RegExpExecArray)[1]
  const inputs = readSolarInputs(dir, site)
  const { table, ghi, day, sun } = readSolarWeather(dir, site, inputs)
  const split = erbs(ghi, sun.zenithDeg, extraterrestrial(day))
  const beam = disc(ghi, sun.zenithDeg, extraterrestrial(day, DISC_SOLAR_CONSTANT))
  const one = checksOf(table.file, inputs.tool)
  const low = (row: number) => sun.apparentZenithDeg[row] > 87 && ghi[row] > 0
  const both = (quantity: string, unit: string, ours: Float64Array, column: string): Check[] => {
    const theirs = table.numbers(column)
    const checks = [one(quantity, unit, TOLERANCE, weightedRmse(ours, theirs, ghi))]
    const below = onlyRows(difference(ours, theirs), low)
    // A site of the tropics, or a few days, may have no light there.
    if (below.length > 0)
      checks.push(one(`${quantity}, zenith > 87°`, unit, TOLERANCE, greatestAbsolute(below)))
    return checks
  }
  const zenith = table.numbers('apparent_zenith')
  const azimuth = table.numbers('azimuth')
  const up = (row: number) => zenith[row] <= 90
  return [
    one(
      'apparent zenith, sun up',
      '°',
      DEGREES,
      greatestAbsolute(onlyRows(difference(sun.apparentZenithDeg, zenith), up)),
    ),
    one(
      'azimuth, sun up',
      '°',
      DEGREES,
      greatestAbsolute(onlyRows(turned(sun.azimuthDeg, azimuth, zenith), up)),
    ),
    ...both('Erbs beam', 'W/m²', split.dni, 'erbs_dni'),
    ...both('Erbs diffuse', 'W/m²', split.dhi, 'erbs_dhi'),
    ...both('Erbs clearness', '1', split.clearness, 'erbs_kt'),
    ...both('DISC beam', 'W/m²', beam.dni, 'disc_dni'),
  ]
}

/** Beam and diffuse light from global irradiance: `SITE_weather_decomposition.csv`. */
export const weatherDecomposition: ReferenceFamily = {
  id: 'weather-decomposition',
  find: (dir) => solarFiles(dir, FILE),
  check,
}
