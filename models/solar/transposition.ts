import { kastenYoung } from './airmass.ts'
import { DEG } from './angles.ts'
import type { Plane } from './incidence.ts'
import { PEREZ_1990, perezBin } from './perez-coefficients.ts'

export type TranspositionModel = 'isotropic' | 'hay-davies' | 'perez'

/** Irradiance on the horizontal and of the beam, columns, W/m². */
export interface Irradiance {
  readonly ghi: Float64Array
  readonly dni: Float64Array
  readonly dhi: Float64Array
}

/** Columns, W/m². */
export interface PlaneOfArray {
  readonly beam: Float64Array
  /** All diffuse light of the sky, the bright ring around the sun with it. */
  readonly sky: Float64Array
  readonly ground: Float64Array
}

export const newPlaneOfArray = (count: number): PlaneOfArray => ({
  beam: new Float64Array(count),
  sky: new Float64Array(count),
  ground: new Float64Array(count),
})

/** Least cos z in the ratio of beam on the plane to beam on the horizontal (Hay-Davies). */
const MIN_COS_HAY_DAVIES = 0.01745
const COS_85 = Math.cos(85 * DEG)
/** Of the Perez sky's clearness, for a zenith in radians. */
const KAPPA = 1.041

/**
 * Irradiance on a plane from horizontal irradiance and beam.
 *
 * Beam = dni cos θ; ground = ghi · albedo · (1 − cos β) / 2; sky by one of
 * - isotropic: dhi (1 + cos β) / 2 (H. C. Hottel, B. B. Woertz 1942);
 * - Hay-Davies: dhi ((1 − A) (1 + cos β) / 2 + A cos θ / cos z), A = dni / extra, cos z at least 0.01745
 *   (J. E. Hay, J. A. Davies, Proc. First Canadian Solar Radiation Data Workshop, 1980);
 * - Perez: dhi ((1 − F₁) (1 + cos β) / 2 + F₁ cos θ / cos z + F₂ sin β), cos z at least cos 85°, with the
 *   coefficients of all sites (R. Perez, P. Ineichen, R. Seals, J. Michalsky, R. Stewart, Solar Energy 44, 271
 *   (1990)); air mass by Kasten and Young; nothing where the sun is below the horizon, where the model has no
 *   meaning.
 *
 * @param zenithDeg apparent.
 * @param cosIncidence cosine of the angle of incidence.
 * @param extra beam above the atmosphere, W/m².
 * @param albedo fraction of light that the ground reflects.
 */
export function transpose(
  model: TranspositionModel,
  irradiance: Irradiance,
  zenithDeg: Float64Array,
  incidenceDeg: Float64Array,
  extra: Float64Array,
  plane: Plane,
  albedo: number,
  out: PlaneOfArray = newPlaneOfArray(zenithDeg.length),
): PlaneOfArray {
  const { ghi, dni, dhi } = irradiance
  const skyView = (1 + Math.cos(plane.tiltDeg * DEG)) / 2
  const groundView = (albedo * (1 - Math.cos(plane.tiltDeg * DEG))) / 2
  const sinTilt = Math.sin(plane.tiltDeg * DEG)
  const { beam, sky, ground } = out
  for (let at = 0; at < zenithDeg.length; at++) {
    beam[at] = dni[at] * Math.max(0, Math.cos(incidenceDeg[at] * DEG))
    ground[at] = ghi[at] * groundView
  }
  if (model === 'isotropic') {
    for (let at = 0; at < zenithDeg.length; at++) sky[at] = dhi[at] * skyView
    return out
  }
  if (model === 'hay-davies') {
    for (let at = 0; at < zenithDeg.length; at++) {
      const anisotropy = dni[at] / extra[at]
      const ratio =
        Math.max(0, Math.cos(incidenceDeg[at] * DEG)) /
        Math.max(MIN_COS_HAY_DAVIES, Math.cos(zenithDeg[at] * DEG))
      sky[at] = Math.max(0, dhi[at] * (1 - anisotropy) * skyView) + Math.max(0, dhi[at] * anisotropy * ratio)
    }
    return out
  }
  for (let at = 0; at < zenithDeg.length; at++) {
    if (!(dhi[at] > 0 && zenithDeg[at] <= 90)) {
      sky[at] = 0
      continue
    }
    const zenith = zenithDeg[at] * DEG
    const brightness = (dhi[at] * kastenYoung(zenithDeg[at])) / extra[at]
    const cube = KAPPA * zenith * zenith * zenith
    const c = 6 * perezBin(((dhi[at] + dni[at]) / dhi[at] + cube) / (1 + cube))
    const f1 = Math.max(0, PEREZ_1990[c] + PEREZ_1990[c + 1] * brightness + PEREZ_1990[c + 2] * zenith)
    const f2 = PEREZ_1990[c + 3] + PEREZ_1990[c + 4] * brightness + PEREZ_1990[c + 5] * zenith
    const ratio = Math.max(0, Math.cos(incidenceDeg[at] * DEG)) / Math.max(COS_85, Math.cos(zenith))
    sky[at] = Math.max(0, dhi[at] * ((1 - f1) * skyView + f1 * ratio + f2 * sinTilt))
  }
  return out
}
