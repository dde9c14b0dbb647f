import { DEG, halfTurnDeg, turnDeg } from './angles.ts'
import { DAY_SECONDS, equinoxesDeg, geocentricSun, meanSiderealDeg } from './spa.ts'

/** Columns over the days asked for, UT in seconds since 1970. */
export interface SunEvents {
  /** NaN on a day when the sun stays above or below the horizon. */
  readonly sunriseSeconds: Float64Array
  readonly transitSeconds: Float64Array
  /** NaN on a day when the sun stays above or below the horizon. */
  readonly sunsetSeconds: Float64Array
}

/** Elevation of the sun's centre when its upper edge, lifted by refraction, touches the horizon, degrees. */
const HORIZON_DEG = -0.8333

/** Through three values a day apart, at `n` days from the middle one; eq. A10 and A11. */
function between(before: number, here: number, after: number, n: number): number {
  const a = here - before
  const b = after - here
  return here + (n * (a + b + (b - a) * n)) / 2
}

/**
 * Sunrise, transit and sunset by the NREL algorithm (NREL/TP-560-34302, appendix A.2).
 *
 * A day is named by its own midnight: in the west sunset falls after the next UT midnight, in the east sunrise
 * before this one. The transit is that of the UT day.
 *
 * @param dayUnixSeconds 00:00 UT of each day's date.
 * @param latitudeDeg > 0 is north.
 * @param longitudeDeg > 0 is east.
 */
export function sunEvents(
  dayUnixSeconds: Float64Array,
  latitudeDeg: number,
  longitudeDeg: number,
  deltaTSeconds: number,
): SunEvents {
  const count = dayUnixSeconds.length
  const out: SunEvents = {
    sunriseSeconds: new Float64Array(count),
    transitSeconds: new Float64Array(count),
    sunsetSeconds: new Float64Array(count),
  }
  const sinLatitude = Math.sin(latitudeDeg * DEG)
  const cosLatitude = Math.cos(latitudeDeg * DEG)
  for (let at = 0; at < count; at++) {
    const midnight = dayUnixSeconds[at]
    const greenwichDeg = meanSiderealDeg(midnight) + equinoxesDeg(geocentricSun(midnight, deltaTSeconds))
    // Declination and right ascension at 0 h terrestrial time of the day before, this and the next.
    const [before, here, after] = [-1, 0, 1].map((day) => geocentricSun(midnight + day * DAY_SECONDS, 0))
    const alpha = here.rightAscensionDeg
    const alphaBefore = alpha + halfTurnDeg(before.rightAscensionDeg - alpha)
    const alphaAfter = alpha + halfTurnDeg(after.rightAscensionDeg - alpha)
    const delta = here.declinationDeg * DEG

    /** Correction to the time `m` (fraction of this day), from where the sun really is then. */
    const seen = (m: number) => {
      const n = m + deltaTSeconds / DAY_SECONDS
      const hourAngleDeg = halfTurnDeg(
        greenwichDeg + 360.985647 * m + longitudeDeg - between(alphaBefore, alpha, alphaAfter, n),
      )
      const declination = DEG * between(before.declinationDeg, here.declinationDeg, after.declinationDeg, n)
      const elevationDeg =
        Math.asin(
          sinLatitude * Math.sin(declination) +
            cosLatitude * Math.cos(declination) * Math.cos(hourAngleDeg * DEG),
        ) / DEG
      return { hourAngleDeg, declination, elevationDeg }
    }
    const crossing = (m: number) => {
      const day = Math.floor(m)
      const { hourAngleDeg, declination, elevationDeg } = seen(m - day)
      const slope = 360 * Math.cos(declination) * cosLatitude * Math.sin(hourAngleDeg * DEG)
      return midnight + DAY_SECONDS * (m + (elevationDeg - HORIZON_DEG) / slope)
    }

    const transit = turnDeg(alpha - longitudeDeg - greenwichDeg) / 360
    out.transitSeconds[at] = midnight + DAY_SECONDS * (transit - seen(transit).hourAngleDeg / 360)
    const cosHourAngle =
      (Math.sin(HORIZON_DEG * DEG) - sinLatitude * Math.sin(delta)) / (cosLatitude * Math.cos(delta))
    // acos of what lies beyond ±1 is NaN: no such event on this day.
    const half = Math.acos(cosHourAngle) / (2 * Math.PI)
    out.sunriseSeconds[at] = crossing(transit - half)
    out.sunsetSeconds[at] = crossing(transit + half)
  }
  return out
}
