import type { TimeAxis } from '../../data/axis.ts'
import { kastenYoung, pressurePa } from '../solar/airmass.ts'
import { ineichen } from '../solar/clear-sky.ts'
import { deltaTSeconds } from '../solar/delta-t.ts'
import { dayOfYear, extraterrestrial } from '../solar/extraterrestrial.ts'
import { sunPosition } from '../solar/sun-position.ts'

/** Where a home stands. */
export interface Place {
  readonly latitudeDeg: number
  readonly longitudeDeg: number
  readonly altitudeM: number
}

const DAY = 86_400
/** Linke turbidity of clear rural air; what it is wrong by, the plant's own clear sky takes in. */
const TURBIDITY = 3

/** Global irradiance of the clear sky at the middle of every interval, W/m²: Ineichen and Perez with a turbidity of 3. */
export function clearSkyOf(axis: TimeAxis, place: Place): Float64Array {
  const middles = Float64Array.from(
    { length: axis.count },
    (_, at) => axis.startSeconds + (at + 0.5) * axis.stepSeconds,
  )
  const pressure = pressurePa(place.altitudeM)
  const { apparentZenithDeg } = sunPosition(
    middles,
    {
      ...place,
      pressureHpa: pressure / 100,
      temperatureC: 15,
      deltaTSeconds: deltaTSeconds(new Date(axis.startSeconds * 1000).getUTCFullYear()),
    },
    DAY,
  )
  return ineichen(
    apparentZenithDeg,
    apparentZenithDeg.map((zenith) => (zenith < 90 ? kastenYoung(zenith) : Number.NaN)),
    extraterrestrial(dayOfYear(middles, 0)),
    { altitudeM: place.altitudeM, linkeTurbidity: TURBIDITY, pressurePa: pressure, perezEnhancement: false },
  ).ghi
}

/** Weekday of each whole day of an axis, 0 is Monday; `offsetSeconds`: local time less UTC at its start. */
export function weekdays(axis: TimeAxis, offsetSeconds: number): Uint8Array {
  const first = Math.floor((axis.startSeconds + offsetSeconds) / DAY)
  const days = Math.floor((axis.count * axis.stepSeconds) / DAY)
  // 1970-01-01 was a Thursday.
  return Uint8Array.from({ length: days }, (_, day) => (first + day + 3) % 7)
}
