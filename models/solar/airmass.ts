import { DEG } from './angles.ts'

/** Pa, at sea level in the standard atmosphere. */
export const STANDARD_PRESSURE_PA = 101_325

/**
 * Pressure of the standard atmosphere at an altitude, Pa: 100 ((44331.514 − h) / 11880.516)^(1 / 0.1902632).
 *
 * Source: "A Quick Derivation relating altitude to air pressure", Portland State Aerospace Society, 2004.
 */
export const pressurePa = (altitudeM: number): number =>
  100 * ((44331.514 - altitudeM) / 11880.516) ** (1 / 0.1902632)

/**
 * Relative optical air mass; NaN where the sun is more than 90° from the zenith.
 *
 * 1 / (cos z + 0.50572 (96.07995 − z)^−1.6364): F. Kasten, A. T. Young, Applied Optics 28, 4735 (1989).
 *
 * @param zenithDeg apparent.
 */
export function kastenYoung(zenithDeg: number): number {
  if (zenithDeg > 90) return Number.NaN
  return 1 / (Math.cos(zenithDeg * DEG) + 0.50572 * (96.07995 - zenithDeg) ** -1.6364)
}

/**
 * Relative optical air mass as `disc` was fitted with; NaN where the sun is more than 90° from the zenith.
 *
 * 1 / (cos z + 0.15 (93.885 − z)^−1.253): F. Kasten, Arch. Meteorol. Geophys. Bioklimatol. B 14, 206 (1966).
 */
export function kasten1966(zenithDeg: number): number {
  if (zenithDeg > 90) return Number.NaN
  return 1 / (Math.cos(zenithDeg * DEG) + 0.15 * (93.885 - zenithDeg) ** -1.253)
}

/** Relative air mass of a column of apparent zeniths, degrees. */
export function relativeAirmass(
  apparentZenithDeg: Float64Array,
  out = new Float64Array(apparentZenithDeg.length),
): Float64Array {
  for (let at = 0; at < out.length; at++) out[at] = kastenYoung(apparentZenithDeg[at])
  return out
}
