import { DEG } from '../angles.ts'
import type { Plane } from '../incidence.ts'
import { PEREZ_PVWATTS, perezBin } from '../perez-coefficients.ts'
import { newPlaneOfArray, type PlaneOfArray } from '../transposition.ts'

/** Of the Perez sky's clearness, for a zenith in degrees. */
const KAPPA = 5.534e-6
/** Beyond this zenith the sky is taken as isotropic, degrees. */
const ISOTROPIC_DEG = 87.5
const COS_85 = 0.0871557
const SOLAR_CONSTANT = 1367

/** Beam above the atmosphere, W/m²: 1367 (1 + 0.033 cos(2π d / 365)); Duffie and Beckman, eq. 1.4.1a. */
const extraterrestrial = (dayOfYear: number): number =>
  SOLAR_CONSTANT * (1 + 0.033 * Math.cos((2 * Math.PI * dayOfYear) / 365))

/**
 * Irradiance on a plane as PVWatts has it: the Perez sky with a constant brightness scale of 1,367 W/m² and an
 * air mass of Kasten 1966; from a zenith of 87.5° isotropic and without light from the ground; nothing where the
 * beam is stronger than above the atmosphere.
 *
 * Source: SAM's irradiance processor (NREL ssc, lib_irradproc); P. Gilman et al., NREL/TP-6A20-67399 (2018),
 * section 6.2.
 *
 * @param dni @param dhi W/m².
 * @param zenithDeg apparent.
 * @param up 1 where the sun counts as up.
 * @param dayOfYear 1 to 366.
 * @param albedo of each row, fraction.
 */
export function pvwattsSky(
  dni: Float64Array,
  dhi: Float64Array,
  zenithDeg: Float64Array,
  incidenceDeg: Float64Array,
  up: Uint8Array,
  dayOfYear: Float64Array,
  plane: Plane,
  albedo: Float64Array,
  out: PlaneOfArray = newPlaneOfArray(dni.length),
): PlaneOfArray {
  const cosTilt = Math.cos(plane.tiltDeg * DEG)
  const sinTilt = Math.sin(plane.tiltDeg * DEG)
  const { beam, sky, ground } = out
  for (let at = 0; at < dni.length; at++) {
    beam[at] = 0
    sky[at] = 0
    ground[at] = 0
    if (up[at] === 0) continue
    const zenith = zenithDeg[at] * DEG
    const cosZenith = Math.cos(zenith)
    if (dni[at] > extraterrestrial(dayOfYear[at]) && cosZenith > 0) continue
    const cosIncidence = Math.max(0, Math.cos(incidenceDeg[at] * DEG))
    if (cosZenith > 0) beam[at] = dni[at] * cosIncidence
    const isotropic = (dhi[at] * (1 + cosTilt)) / 2
    if (zenithDeg[at] > ISOTROPIC_DEG) {
      sky[at] = isotropic
      continue
    }
    if (!(dhi[at] > 0)) continue
    const airmass = 1 / (cosZenith + 0.15 * (93.9 - zenithDeg[at]) ** -1.253)
    const brightness = (dhi[at] * airmass) / SOLAR_CONSTANT
    const cube = KAPPA * zenithDeg[at] ** 3
    const c = 6 * perezBin(((dni[at] + dhi[at]) / dhi[at] + cube) / (1 + cube))
    const f1 = Math.max(
      0,
      PEREZ_PVWATTS[c] + PEREZ_PVWATTS[c + 1] * brightness + PEREZ_PVWATTS[c + 2] * zenith,
    )
    const f2 = PEREZ_PVWATTS[c + 3] + PEREZ_PVWATTS[c + 4] * brightness + PEREZ_PVWATTS[c + 5] * zenith
    sky[at] =
      isotropic * (1 - f1) + dhi[at] * ((f1 * cosIncidence) / Math.max(COS_85, cosZenith) + f2 * sinTilt)
    ground[at] = (albedo[at] * (dni[at] * cosZenith + dhi[at]) * (1 - cosTilt)) / 2
  }
  return out
}
