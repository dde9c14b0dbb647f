import { DEG, halfTurnDeg } from './angles.ts'
import { equinoxesDeg, geocentricSun, meanSiderealDeg, observer, parallax } from './spa.ts'

/** A place, and the air above it as far as it bends light. */
export interface SunSite {
  /** > 0 is north. */
  readonly latitudeDeg: number
  /** > 0 is east. */
  readonly longitudeDeg: number
  readonly altitudeM: number
  /** Annual mean; 1013.25 at sea level. */
  readonly pressureHpa: number
  /** Annual mean, °C. */
  readonly temperatureC: number
  /** Terrestrial less universal time, s. */
  readonly deltaTSeconds: number
}

/** Columns over the times asked for, degrees. */
export interface SunPosition {
  /** Without refraction; 90 less the elevation. */
  readonly zenithDeg: Float64Array
  /** With refraction. */
  readonly apparentZenithDeg: Float64Array
  /** 0 is north, 90 east; in [0, 360). */
  readonly azimuthDeg: Float64Array
}

/** Refraction of the sun on the horizon, degrees: below it and the sun's radius nothing is bent. */
const HORIZON_REFRACTION_DEG = 0.5667
const SUN_RADIUS_DEG = 0.26667

/** Columns that `sunPosition` can write into. */
export const newSunPosition = (count: number): SunPosition => ({
  zenithDeg: new Float64Array(count),
  apparentZenithDeg: new Float64Array(count),
  azimuthDeg: new Float64Array(count),
})

/** Right ascension, declination, distance and equation of the equinoxes at equal steps of time. */
interface SlowTerms {
  readonly startSeconds: number
  readonly stepSeconds: number
  /** Right ascension is continuous here, beyond 360°. */
  readonly knots: Float64Array
}

function slowTerms(times: Float64Array, stepSeconds: number, deltaTSeconds: number): SlowTerms {
  let first = Infinity
  let last = -Infinity
  for (const time of times) {
    if (time < first) first = time
    if (time > last) last = time
  }
  // One knot before the first time and two after the last, as the cubic needs.
  const startSeconds = first - stepSeconds
  const count = Math.floor((last - first) / stepSeconds) + 4
  const knots = new Float64Array(4 * count)
  for (let at = 0; at < count; at++) {
    const sun = geocentricSun(startSeconds + at * stepSeconds, deltaTSeconds)
    const before = at === 0 ? sun.rightAscensionDeg : knots[4 * at - 4]
    knots[4 * at] = before + halfTurnDeg(sun.rightAscensionDeg - before)
    knots[4 * at + 1] = sun.declinationDeg
    knots[4 * at + 2] = sun.radiusAu
    knots[4 * at + 3] = equinoxesDeg(sun)
  }
  return { startSeconds, stepSeconds, knots }
}

/**
 * Position of the sun by the NREL algorithm (NREL/TP-560-34302, sections 3.8 and 3.11 to 3.15), with parallax.
 *
 * Equations 35 to 41 and 45 turn the right ascension, the declination and the hour angle by the parallax; this
 * is the same as moving the observer from the centre of the earth to its surface, and is written so, with the
 * vector to the sun in the observer's meridian (x towards the equator, y west, z towards the pole).
 *
 * @param timesUnixSeconds UT, in any order; the middle of an interval for its mean irradiance.
 * @param slowStepSeconds 0 evaluates every term at every time; otherwise what the earth's motion makes slow
 *   (right ascension, declination, distance, nutation) is evaluated at this step and interpolated by cubics:
 *   86,400 stays within 1e-6° of the exact position.
 */
export function sunPosition(
  timesUnixSeconds: Float64Array,
  site: SunSite,
  slowStepSeconds = 0,
  out: SunPosition = newSunPosition(timesUnixSeconds.length),
): SunPosition {
  const times = timesUnixSeconds
  const { zenithDeg, apparentZenithDeg, azimuthDeg } = out
  const slow =
    slowStepSeconds > 0 && times.length > 0 ? slowTerms(times, slowStepSeconds, site.deltaTSeconds) : null
  const latitude = site.latitudeDeg * DEG
  const sinLatitude = Math.sin(latitude)
  const cosLatitude = Math.cos(latitude)
  const place = observer(site.latitudeDeg, site.altitudeM)
  const refractionFactor = ((site.pressureHpa / 1010) * (283 / (273 + site.temperatureC)) * 1.02) / 60

  for (let at = 0; at < times.length; at++) {
    const time = times[at]
    let rightAscensionDeg: number
    let declinationDeg: number
    let radiusAu: number
    let equinoxes: number
    if (slow === null) {
      const sun = geocentricSun(time, site.deltaTSeconds)
      rightAscensionDeg = sun.rightAscensionDeg
      declinationDeg = sun.declinationDeg
      radiusAu = sun.radiusAu
      equinoxes = equinoxesDeg(sun)
    } else {
      // Cubic of Lagrange through four knots, f in [0, 1) between the middle two.
      const position = (time - slow.startSeconds) / slow.stepSeconds
      const knot = Math.floor(position)
      const f = position - knot
      const a = (-f * (f - 1) * (f - 2)) / 6
      const b = ((f + 1) * (f - 1) * (f - 2)) / 2
      const c = (-(f + 1) * f * (f - 2)) / 2
      const d = ((f + 1) * f * (f - 1)) / 6
      const k = slow.knots
      const i = 4 * (knot - 1)
      rightAscensionDeg = a * k[i] + b * k[i + 4] + c * k[i + 8] + d * k[i + 12]
      declinationDeg = a * k[i + 1] + b * k[i + 5] + c * k[i + 9] + d * k[i + 13]
      radiusAu = a * k[i + 2] + b * k[i + 6] + c * k[i + 10] + d * k[i + 14]
      equinoxes = a * k[i + 3] + b * k[i + 7] + c * k[i + 11] + d * k[i + 15]
    }
    const hourAngle = (meanSiderealDeg(time) + equinoxes + site.longitudeDeg - rightAscensionDeg) * DEG
    const declination = declinationDeg * DEG
    const sinParallax = Math.sin(parallax(radiusAu))
    const cosDeclination = Math.cos(declination)
    const x = cosDeclination * Math.cos(hourAngle) - place.x * sinParallax
    const y = cosDeclination * Math.sin(hourAngle)
    const z = Math.sin(declination) - place.z * sinParallax

    const up = cosLatitude * x + sinLatitude * z
    const south = sinLatitude * x - cosLatitude * z
    // Of all ways to an elevation this one loses no digits at the zenith.
    const elevation = Math.atan2(up, Math.sqrt(south * south + y * y)) / DEG
    zenithDeg[at] = 90 - elevation
    apparentZenithDeg[at] =
      elevation >= -(SUN_RADIUS_DEG + HORIZON_REFRACTION_DEG)
        ? 90 - elevation - refractionFactor / Math.tan((elevation + 10.3 / (elevation + 5.11)) * DEG)
        : 90 - elevation
    // Measured from south to west; π is added to measure from north.
    const azimuth = Math.atan2(y, south) / DEG + 180
    azimuthDeg[at] = azimuth >= 360 ? azimuth - 360 : azimuth
  }
  return out
}
