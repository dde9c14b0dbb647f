import type { TimeAxis } from '../../data/axis.ts'
import { VppError } from '../../data/errors.ts'
import { localClock } from '../../data/local-clock.ts'
import { streamFor } from '../../data/random.ts'
import { pressurePa } from '../../models/solar/airmass.ts'
import { deltaTSeconds } from '../../models/solar/delta-t.ts'
import { dayOfYear } from '../../models/solar/extraterrestrial.ts'
import { cloudDraws, madeWeather } from '../../models/solar/made-weather.ts'
import { sunPosition } from '../../models/solar/sun-position.ts'
import { weatherSolar } from '../../scenarios/schema-solar.ts'
import { solarFromWeather } from '../agents/solar.ts'
import type { PlantWeather } from '../plant-weather.ts'

/** A place of which only coordinates and a stated yield are known. */
export interface StatedPlace {
  readonly label: string
  readonly latitudeDeg: number
  readonly longitudeDeg: number
  readonly elevationM: number
  /** Yearly AC energy of 1 kW (DC) that faces the equator at 30°, kWh, and who says so. */
  readonly yieldKwhPerKw: number
  readonly yieldSource: string
  /** Mean of the year, °C. */
  readonly meanC: number
}

const YEAR_SWING_C = 12
const DAY_SWING_C = 4
const DAY = 86_400
/** Halvings of the cloudiness: a ten-thousandth of its range. */
const HALVINGS = 14
const MOST_CLOUDS = 1.6

/**
 * Weather of a place from its clear sky and made clouds, as many as bring the stated yield. The draws are the seed's: the
 * same place and seed give the same weather.
 *
 * @throws VppError('invalid') where no cloudiness gives the yield
 */
export function placeWeather(place: StatedPlace, axis: TimeAxis, zone: string, seed: number): PlantWeather {
  const { latitudeDeg, longitudeDeg, elevationM, yieldKwhPerKw } = place
  const middles = Float64Array.from(
    { length: axis.count },
    (_, at) => axis.startSeconds + (at + 0.5) * axis.stepSeconds,
  )
  const sun = sunPosition(
    middles,
    {
      latitudeDeg,
      longitudeDeg,
      altitudeM: elevationM,
      pressureHpa: pressurePa(elevationM) / 100,
      temperatureC: place.meanC,
      deltaTSeconds: deltaTSeconds(new Date(axis.startSeconds * 1000).getUTCFullYear()),
    },
    DAY,
  )
  const { hour, day: dates } = localClock(axis, zone)
  const day = dates.map((date) => date - dates[0])
  const draws = cloudDraws(day[day.length - 1] + 1, axis.count, streamFor(seed, 'sizing', 'clouds'))
  const times = { sun, dayOfYear: dayOfYear(middles, longitudeDeg * 240), hour, day }
  const made = {
    altitudeM: elevationM,
    latitudeDeg,
    meanC: place.meanC,
    yearSwingC: YEAR_SWING_C,
    daySwingC: DAY_SWING_C,
  }
  const weatherAt = (cloudiness: number): PlantWeather => {
    const { dni, dhi, airC, windMps } = madeWeather(made, times, draws, cloudiness)
    return {
      axis,
      columns: new Map([
        ['dniWM2', dni],
        ['dhiWM2', dhi],
        ['temperatureC', airC],
        ['windSpeedMS', windMps],
      ]),
      site: {
        label: place.label,
        latitudeDeg,
        longitudeDeg,
        elevationM,
        utcOffsetHours: Math.round(longitudeDeg / 15),
      },
      sunSeconds: axis.stepSeconds / 2,
      input: {
        name: `made weather of ${place.label}`,
        sha256: '',
        source: place.yieldSource,
        licence: 'none',
      },
      notes: [
        `The weather is made, not measured: clear sky of the place and drawn clouds, as many as give ${yieldKwhPerKw} kWh per kW and year (${place.yieldSource}).`,
      ],
    }
  }
  const yieldAt = (cloudiness: number): number => yearlyYield(weatherAt(cloudiness), latitudeDeg, axis, zone)
  const clear = yieldAt(0)
  const dull = yieldAt(MOST_CLOUDS)
  if (yieldKwhPerKw > clear || yieldKwhPerKw < dull)
    throw new VppError('invalid', {
      place: '--yield',
      problem: `is ${yieldKwhPerKw} kWh per kW; this place gives ${Math.round(dull)} under the dullest sky and ${Math.round(clear)} if it is always clear`,
      fix: 'correct the yield or the coordinates, or give a weather file',
    })
  let [low, high] = [0, MOST_CLOUDS]
  for (let turn = 0; turn < HALVINGS; turn++) {
    const middle = (low + high) / 2
    if (yieldAt(middle) > yieldKwhPerKw) low = middle
    else high = middle
  }
  return weatherAt((low + high) / 2)
}

/** kWh a year of 1 kW at 30° towards the equator. */
function yearlyYield(weather: PlantWeather, latitudeDeg: number, axis: TimeAxis, zone: string): number {
  const spec = weatherSolar.parse({
    weather: 'made',
    dcKw: 1,
    tiltDeg: 30,
    azimuthDeg: latitudeDeg >= 0 ? 180 : 0,
  })
  const { milliWh } = solarFromWeather(spec, () => weather, axis, zone)
  return (
    ((milliWh.reduce((sum, value) => sum + value, 0) / 1e6 / axis.count) * (8760 * 3600)) / axis.stepSeconds
  )
}
