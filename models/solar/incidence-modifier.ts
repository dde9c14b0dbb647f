import { DEG } from './angles.ts'

/** Glass of a module's cover. */
export interface Cover {
  /** Refractive index. */
  readonly index: number
  /** Extinction, 1/m. */
  readonly extinctionPerM: number
  /** Thickness, m. */
  readonly thicknessM: number
}

export const GLASS: Cover = { index: 1.526, extinctionPerM: 4, thicknessM: 0.002 }

/**
 * Fraction of light that enters a medium and, absorption considered, comes out of it below.
 *
 * Snell, Fresnel for unpolarised light, Bouguer: J. A. Duffie, W. A. Beckman, "Solar Engineering of Thermal
 * Processes", sections 5.1 and 5.2.
 *
 * @param sine of the angle in the medium that the light comes from, 0 to 1.
 * @param from refractive index there; air is 1.
 * @returns the fraction, and the sine of the angle inside.
 */
export function transmit(sine: number, from: number, into: Cover): { fraction: number; sine: number } {
  const inside = (from / into.index) * sine
  const cosOut = Math.sqrt(1 - sine * sine)
  const cosIn = Math.sqrt(1 - inside * inside)
  const parallel = ((from * cosIn - into.index * cosOut) / (from * cosIn + into.index * cosOut)) ** 2
  const normal = ((from * cosOut - into.index * cosIn) / (from * cosOut + into.index * cosIn)) ** 2
  return {
    fraction: (1 - (parallel + normal) / 2) * Math.exp((-into.extinctionPerM * into.thicknessM) / cosIn),
    sine: inside,
  }
}

/**
 * Transmittance at an angle over that at normal incidence; 0 from 90° on.
 *
 * W. De Soto, S. A. Klein, W. A. Beckman, Solar Energy 80, 78 (2006), eq. 4 to 7.
 */
export function physicalModifier(
  incidenceDeg: Float64Array,
  cover: Cover = GLASS,
  out = new Float64Array(incidenceDeg.length),
): Float64Array {
  const normal = transmit(0, 1, cover).fraction
  for (let at = 0; at < out.length; at++) {
    out[at] =
      incidenceDeg[at] < 90 ? transmit(Math.sin(incidenceDeg[at] * DEG), 1, cover).fraction / normal : 0
  }
  return out
}

/**
 * max(0, 1 − b (1 / cos θ − 1)); 0 from 90° on: A. F. Souka, H. H. Safwat, Solar Energy 10, 170 (1966);
 * ASHRAE standard 93-77.
 *
 * @param b 0.05 for glass.
 */
export function ashraeModifier(
  incidenceDeg: Float64Array,
  b: number,
  out = new Float64Array(incidenceDeg.length),
): Float64Array {
  for (let at = 0; at < out.length; at++) {
    out[at] = incidenceDeg[at] < 90 ? Math.max(0, 1 - b * (1 / Math.cos(incidenceDeg[at] * DEG) - 1)) : 0
  }
  return out
}

/**
 * (1 − exp(−cos θ / a)) / (1 − exp(−1 / a)); 0 from 90° on: N. Martin, J. M. Ruiz, Solar Energy Materials &
 * Solar Cells 70, 25 (2001).
 *
 * @param a angular losses coefficient, > 0; 0.16 for clean glass.
 */
export function martinRuizModifier(
  incidenceDeg: Float64Array,
  a: number,
  out = new Float64Array(incidenceDeg.length),
): Float64Array {
  const normal = 1 - Math.exp(-1 / a)
  for (let at = 0; at < out.length; at++) {
    out[at] = incidenceDeg[at] < 90 ? (1 - Math.exp(-Math.cos(incidenceDeg[at] * DEG) / a)) / normal : 0
  }
  return out
}

/**
 * The same for diffuse light of the sky and from the ground: the corrected equations 5 of the same paper, second
 * coefficient c₂ = 0.5 a − 0.154 (N. Martin, J. M. Ruiz, Progress in Photovoltaics 13, 75 (2005)), c₁ = 4 / 3π.
 */
export function martinRuizDiffuse(tiltDeg: number, a: number): { sky: number; ground: number } {
  // A flat plane sees no ground: the limit is taken from just beside it.
  const tilt = Math.max(1e-6, Math.min(180 - 1e-6, tiltDeg)) * DEG
  const c1 = 0.4244
  const c2 = 0.5 * a - 0.154
  const modifier = (view: number) => 1 - Math.exp((-(c1 + c2 * view) * view) / a)
  return {
    sky: modifier(Math.sin(tilt) + (Math.PI - tilt - Math.sin(tilt)) / (1 + Math.cos(tilt))),
    ground: modifier(Math.sin(tilt) + (tilt - Math.sin(tilt)) / (1 - Math.cos(tilt))),
  }
}

/** Polynomial of PVWatts version 5's cover, powers of θ in degrees from 0 to 5. */
const PVWATTS_STANDARD = [1, -2.438e-3, 3.103e-4, -1.246e-5, 2.112e-7, -1.359e-9]
const PVWATTS_ANTIREFLECTIVE = [1.0002, -2.13e-4, 3.63416e-5, -2.175e-6, 5.2796e-8, -4.4351e-10]

/**
 * Share of the beam that passes the cover of PVWatts up to version 5; 1 up to 50°, and 0 from 90° on.
 *
 * D. L. King, 2nd World Conference on Photovoltaic Energy Conversion (1998), as in A. P. Dobos, "PVWatts Version 5
 * Manual", NREL/TP-6A20-62641 (2014), section 7. Diffuse light is not reduced there.
 */
export function pvwattsCover(
  incidenceDeg: Float64Array,
  antireflective: boolean,
  out = new Float64Array(incidenceDeg.length),
): Float64Array {
  const [b0, b1, b2, b3, b4, b5] = antireflective ? PVWATTS_ANTIREFLECTIVE : PVWATTS_STANDARD
  for (let at = 0; at < out.length; at++) {
    const x = incidenceDeg[at]
    out[at] = x <= 50 ? 1 : x < 90 ? b0 + x * (b1 + x * (b2 + x * (b3 + x * (b4 + x * b5)))) : 0
  }
  return out
}
