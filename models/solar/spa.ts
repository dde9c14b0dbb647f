import { DEG, turnDeg } from './angles.ts'
import {
  LATITUDE_TERMS,
  LONGITUDE_TERMS,
  NUTATION_COEFFICIENTS,
  NUTATION_MULTIPLES,
  RADIUS_TERMS,
} from './spa-terms.ts'

/** Unix seconds of 2000-01-01T12:00 UTC, from which the algorithm counts (Julian day 2451545). */
const J2000_SECONDS = 946_728_000
export const DAY_SECONDS = 86_400

/** Where the sun stands as seen from the centre of the earth, and what that is made of; angles in degrees. */
export interface GeocentricSun {
  /** L, in [0, 360). */
  readonly heliocentricLongitudeDeg: number
  /** B. */
  readonly heliocentricLatitudeDeg: number
  /** R, astronomical units. */
  readonly radiusAu: number
  /** Δψ. */
  readonly nutationLongitudeDeg: number
  /** Δε. */
  readonly nutationObliquityDeg: number
  /** ε, true. */
  readonly obliquityDeg: number
  /** λ, apparent. */
  readonly longitudeDeg: number
  /** α, in [0, 360). */
  readonly rightAscensionDeg: number
  /** δ. */
  readonly declinationDeg: number
}

export const daysSinceJ2000 = (unixSeconds: number): number => (unixSeconds - J2000_SECONDS) / DAY_SECONDS

/** Eq. 9 to 12: Σᵢ millenniaⁱ · Σ A cos(B + C · millennia), in the unit of A times 1e8. */
function periodic(series: readonly (readonly number[])[], millennia: number): number {
  let sum = 0
  for (let power = series.length - 1; power >= 0; power--) {
    const terms = series[power]
    let part = 0
    for (let at = 0; at < terms.length; at += 3) {
      part += terms[at] * Math.cos(terms[at + 1] + terms[at + 2] * millennia)
    }
    sum = sum * millennia + part
  }
  return sum / 1e8
}

/** Eq. 15 to 23: nutation in longitude and obliquity, degrees, at Julian ephemeris `centuries`. */
function nutation(centuries: number): { longitudeDeg: number; obliquityDeg: number } {
  const t = centuries
  const moonElongation = 297.85036 + t * (445267.11148 + t * (-0.0019142 + t / 189474))
  const sunAnomaly = 357.52772 + t * (35999.05034 + t * (-0.0001603 - t / 300000))
  const moonAnomaly = 134.96298 + t * (477198.867398 + t * (0.0086972 + t / 56250))
  const moonLatitude = 93.27191 + t * (483202.017538 + t * (-0.0036825 + t / 327270))
  const moonNode = 125.04452 + t * (-1934.136261 + t * (0.0020708 + t / 450000))
  let longitude = 0
  let obliquity = 0
  for (let row = 0; row * 4 < NUTATION_COEFFICIENTS.length; row++) {
    const y = row * 5
    const c = row * 4
    const argument =
      DEG *
      (NUTATION_MULTIPLES[y] * moonElongation +
        NUTATION_MULTIPLES[y + 1] * sunAnomaly +
        NUTATION_MULTIPLES[y + 2] * moonAnomaly +
        NUTATION_MULTIPLES[y + 3] * moonLatitude +
        NUTATION_MULTIPLES[y + 4] * moonNode)
    longitude += (NUTATION_COEFFICIENTS[c] + NUTATION_COEFFICIENTS[c + 1] * t) * Math.sin(argument)
    obliquity += (NUTATION_COEFFICIENTS[c + 2] + NUTATION_COEFFICIENTS[c + 3] * t) * Math.cos(argument)
  }
  return { longitudeDeg: longitude / 36e6, obliquityDeg: obliquity / 36e6 }
}

/** Eq. 24: mean obliquity of the ecliptic, degrees. */
function meanObliquityDeg(millennia: number): number {
  const u = millennia / 10
  const coefficients = [2.45, 5.79, 27.87, 7.12, -39.05, -249.67, -51.38, 1999.25, -1.55, -4680.93, 84381.448]
  return coefficients.reduce((sum, coefficient) => sum * u + coefficient, 0) / 3600
}

/**
 * The sun seen from the centre of the earth.
 *
 * Source: NREL/TP-560-34302 (2008), sections 3.1 to 3.7, 3.9, 3.10; ±0.0003° from the year -2000 to 6000.
 *
 * @param unixSeconds UT, seconds since 1970.
 * @param deltaTSeconds terrestrial time minus universal time, s.
 */
export function geocentricSun(unixSeconds: number, deltaTSeconds: number): GeocentricSun {
  const centuries = daysSinceJ2000(unixSeconds + deltaTSeconds) / 36525
  const millennia = centuries / 10
  const heliocentricLongitudeDeg = turnDeg(periodic(LONGITUDE_TERMS, millennia) / DEG)
  const heliocentricLatitudeDeg = periodic(LATITUDE_TERMS, millennia) / DEG
  const radiusAu = periodic(RADIUS_TERMS, millennia)
  const { longitudeDeg: nutationLongitudeDeg, obliquityDeg: nutationObliquityDeg } = nutation(centuries)
  const obliquityDeg = meanObliquityDeg(millennia) + nutationObliquityDeg
  const aberrationDeg = -20.4898 / (3600 * radiusAu)
  const longitudeDeg = turnDeg(heliocentricLongitudeDeg + 180) + nutationLongitudeDeg + aberrationDeg

  const lambda = longitudeDeg * DEG
  const epsilon = obliquityDeg * DEG
  const beta = -heliocentricLatitudeDeg * DEG
  const rightAscension = Math.atan2(
    Math.sin(lambda) * Math.cos(epsilon) - Math.tan(beta) * Math.sin(epsilon),
    Math.cos(lambda),
  )
  const declination = Math.asin(
    Math.sin(beta) * Math.cos(epsilon) + Math.cos(beta) * Math.sin(epsilon) * Math.sin(lambda),
  )
  return {
    heliocentricLongitudeDeg,
    heliocentricLatitudeDeg,
    radiusAu,
    nutationLongitudeDeg,
    nutationObliquityDeg,
    obliquityDeg,
    longitudeDeg,
    rightAscensionDeg: turnDeg(rightAscension / DEG),
    declinationDeg: declination / DEG,
  }
}

/** Eq. 28: mean sidereal time at Greenwich, degrees, not brought into one turn. */
export function meanSiderealDeg(unixSeconds: number): number {
  const days = daysSinceJ2000(unixSeconds)
  const centuries = days / 36525
  return 280.46061837 + 360.98564736629 * days + centuries ** 2 * (0.000387933 - centuries / 38710000)
}

/** Eq. 29, second term: apparent less mean sidereal time, degrees. */
export const equinoxesDeg = (sun: GeocentricSun): number =>
  sun.nutationLongitudeDeg * Math.cos(sun.obliquityDeg * DEG)

/** Appendix A.1: apparent less mean solar time, minutes, in [-20, 20]. */
export function equationOfTimeMinutes(unixSeconds: number, deltaTSeconds: number): number {
  const t = daysSinceJ2000(unixSeconds + deltaTSeconds) / 365250
  const sun = geocentricSun(unixSeconds, deltaTSeconds)
  const meanLongitudeDeg =
    280.4664567 + t * (360007.6982779 + t * (0.03032028 + t * (1 / 49931 - t * (1 / 15300 + t / 2000000))))
  const minutes = 4 * turnDeg(meanLongitudeDeg - 0.0057183 - sun.rightAscensionDeg + equinoxesDeg(sun))
  return minutes > 20 ? minutes - 1440 : minutes
}

/** The sun as seen from a place on the ground, without air; degrees. */
export interface TopocentricSun {
  /** H, west of the meridian, in [0, 360). */
  readonly geocentricHourAngleDeg: number
  /** H′, in [0, 360). */
  readonly hourAngleDeg: number
  /** α′, in [0, 360). */
  readonly rightAscensionDeg: number
  /** δ′. */
  readonly declinationDeg: number
}

/** The observer's distance from the equator's plane (z) and from the axis (x), in radii of the earth; eq. 34 to 36. */
export function observer(latitudeDeg: number, altitudeM: number): { x: number; z: number } {
  const flattening = 0.99664719
  const height = altitudeM / 6_378_140
  const latitude = latitudeDeg * DEG
  const reduced = Math.atan2(flattening * Math.sin(latitude), Math.cos(latitude))
  return {
    x: Math.cos(reduced) + height * Math.cos(latitude),
    z: flattening * Math.sin(reduced) + height * Math.sin(latitude),
  }
}

/** Eq. 33: angle that the earth's radius takes up, seen from the sun; radians. */
export const parallax = (radiusAu: number): number => (8.794 / (3600 * radiusAu)) * DEG

/**
 * The sun moved by the parallax, as published: sections 3.11 to 3.13. `sunPosition` has the same by a vector.
 *
 * @param altitudeM of the place.
 */
export function topocentricSun(
  unixSeconds: number,
  deltaTSeconds: number,
  latitudeDeg: number,
  longitudeDeg: number,
  altitudeM: number,
): TopocentricSun {
  const sun = geocentricSun(unixSeconds, deltaTSeconds)
  const place = observer(latitudeDeg, altitudeM)
  const sinParallax = Math.sin(parallax(sun.radiusAu))
  const hourAngleDeg = meanSiderealDeg(unixSeconds) + equinoxesDeg(sun) + longitudeDeg - sun.rightAscensionDeg
  const hourAngle = hourAngleDeg * DEG
  const declination = sun.declinationDeg * DEG
  const near = Math.cos(declination) - place.x * sinParallax * Math.cos(hourAngle)
  const shift = Math.atan2(-place.x * sinParallax * Math.sin(hourAngle), near)
  const lowered = Math.atan2((Math.sin(declination) - place.z * sinParallax) * Math.cos(shift), near)
  return {
    geocentricHourAngleDeg: turnDeg(hourAngleDeg),
    hourAngleDeg: turnDeg(hourAngleDeg - shift / DEG),
    rightAscensionDeg: turnDeg(sun.rightAscensionDeg + shift / DEG),
    declinationDeg: lowered / DEG,
  }
}
