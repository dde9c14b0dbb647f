import { DEG } from './angles.ts'

/** A fixed plane. */
export interface Plane {
  /** 0 is flat, 90 upright. */
  readonly tiltDeg: number
  /** Where it faces: 0 north, 90 east, 180 south, 270 west. */
  readonly azimuthDeg: number
}

/**
 * Angle between the sun and the normal of a plane, degrees, 0 to 180; above 90 the sun is behind it.
 *
 * cos θ = cos β cos z + sin β sin z cos(γ_sun − γ).
 */
export function incidenceAngle(
  zenithDeg: Float64Array,
  azimuthDeg: Float64Array,
  plane: Plane,
  out = new Float64Array(zenithDeg.length),
): Float64Array {
  const cosTilt = Math.cos(plane.tiltDeg * DEG)
  const sinTilt = Math.sin(plane.tiltDeg * DEG)
  for (let at = 0; at < out.length; at++) {
    const zenith = zenithDeg[at] * DEG
    const cosine =
      cosTilt * Math.cos(zenith) +
      sinTilt * Math.sin(zenith) * Math.cos((azimuthDeg[at] - plane.azimuthDeg) * DEG)
    out[at] = Math.acos(Math.min(1, Math.max(-1, cosine))) / DEG
  }
  return out
}
