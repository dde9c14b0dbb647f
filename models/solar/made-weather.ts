import type { RandomStream } from '../../data/random.ts'
import { pressurePa, relativeAirmass } from './airmass.ts'
import { ineichen } from './clear-sky.ts'
import { erbs } from './decomposition.ts'
import { extraterrestrial } from './extraterrestrial.ts'
import type { SunPosition } from './sun-position.ts'

/** Light and air of a place without a measurement, by interval; W/m², °C, m/s. */
export interface MadeWeather {
  readonly dni: Float64Array
  readonly dhi: Float64Array
  readonly airC: Float64Array
  readonly windMps: Float64Array
}

/** Random part of made clouds: it stays while their amount is fitted. */
export interface CloudDraws {
  /** How dull each day is, in (0, 1), with a memory of the day before. */
  readonly day: Float64Array
  /** Of each interval, standard normal. */
  readonly step: Float64Array
}

/** A dull day tends to follow a dull day: correlation from day to day of the normal behind it. */
const DAY_MEMORY = 0.3
/** Of the clear-sky index within a day, at full cloudiness. */
const STEP_SPREAD = 0.12
/** Clear skies of a middling turbidity. */
const LINKE_TURBIDITY = 3
const WIND_MPS = 3

/** Draws for so many days and intervals. */
export function cloudDraws(days: number, steps: number, stream: RandomStream): CloudDraws {
  let last = stream.normal()
  const day = Float64Array.from({ length: days }, () => {
    last = DAY_MEMORY * last + Math.sqrt(1 - DAY_MEMORY ** 2) * stream.normal()
    // The logistic curve nearest to the normal distribution function.
    return 1 / (1 + Math.exp(-1.702 * last))
  })
  return { day, step: Float64Array.from({ length: steps }, () => stream.normal()) }
}

/** A place and its mean air. */
export interface MadePlace {
  readonly altitudeM: number
  /** Mean of the year, °C; how far the year and the day swing about it. */
  readonly meanC: number
  readonly yearSwingC: number
  readonly daySwingC: number
  /** > 0: north. */
  readonly latitudeDeg: number
}

/** Where and when each interval is. */
export interface MadeTimes {
  readonly sun: SunPosition
  readonly dayOfYear: Float64Array
  /** Local solar or standard hour of each interval's middle. */
  readonly hour: Float64Array
  /** Number of the day among the draws. */
  readonly day: Int32Array
}

/**
 * Weather of a place that nobody measured: the clear sky (Ineichen and Perez) times a clear-sky index that is drawn day by day and
 * interval by interval, split into beam and diffuse light by Erbs. It is a stand-in whose level has to be fitted to a
 * yield that somebody states: the index is `1 − c·x − 0.12·c·n`, x the day's dullness, n normal, c the cloudiness.
 *
 * @param cloudiness c, 0: every day clear; yield falls with it
 */
export function madeWeather(
  place: MadePlace,
  { sun, dayOfYear, hour, day }: MadeTimes,
  draws: CloudDraws,
  cloudiness: number,
): MadeWeather {
  const extra = extraterrestrial(dayOfYear)
  const clear = ineichen(sun.apparentZenithDeg, relativeAirmass(sun.apparentZenithDeg), extra, {
    altitudeM: place.altitudeM,
    linkeTurbidity: LINKE_TURBIDITY,
    pressurePa: pressurePa(place.altitudeM),
    perezEnhancement: false,
  })
  const ghi = clear.ghi.map((value, at) => {
    const index = 1 - cloudiness * (draws.day[day[at]] + STEP_SPREAD * draws.step[at])
    return value * Math.min(1, Math.max(0.05, index))
  })
  const { dni, dhi } = erbs(ghi, sun.zenithDeg, extra)
  // Warmest on 20 July in the north, half a year later in the south, and at three in the afternoon.
  const warmest = place.latitudeDeg >= 0 ? 201 : 18
  const airC = Float64Array.from(
    dayOfYear,
    (date, at) =>
      place.meanC +
      place.yearSwingC * Math.cos((2 * Math.PI * (date - warmest)) / 365) +
      place.daySwingC * Math.cos((2 * Math.PI * (hour[at] - 15)) / 24),
  )
  return { dni, dhi, airC, windMps: new Float64Array(ghi.length).fill(WIND_MPS) }
}
