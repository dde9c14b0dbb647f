import { STANDARD_PRESSURE_PA } from './airmass.ts'
import { DEG } from './angles.ts'

/** Columns, W/m²; all zero where the sun is down. */
export interface ClearSky {
  readonly ghi: Float64Array
  readonly dni: Float64Array
  readonly dhi: Float64Array
}

export const newClearSky = (count: number): ClearSky => ({
  ghi: new Float64Array(count),
  dni: new Float64Array(count),
  dhi: new Float64Array(count),
})

/** What the clear sky of a place depends on. */
export interface ClearSkySite {
  readonly altitudeM: number
  /** Linke turbidity at air mass 2, from 2 (very clear) to 7 (polluted). */
  readonly linkeTurbidity: number
  /** Pressure that makes a relative air mass absolute, Pa. */
  readonly pressurePa: number
  /** The factor exp(0.01 AM^1.8) of Perez's note on the model; off in the published model. */
  readonly perezEnhancement: boolean
}

/**
 * Clear-sky irradiance with the Linke turbidity.
 *
 * P. Ineichen, R. Perez, "A new airmass independent formulation for the Linke turbidity coefficient", Solar
 * Energy 73, 151 (2002); beam limited as in P. Ineichen, Solar Energy 82 and as pvlib has it:
 * ghi = cg1 I₀ cos z exp(−cg2 AM (fh1 + fh2 (TL − 1))), fh1 = exp(−h/8000), fh2 = exp(−h/1250),
 * cg1 = 5.09e-5 h + 0.868, cg2 = 3.92e-5 h + 0.0387; dni = the lesser of I₀ b exp(−0.09 AM (TL − 1)),
 * b = 0.664 + 0.163/fh1, and ghi (1 − (0.1 − 0.2 exp(−TL)) / (0.1 + 0.882/fh1)) / cos z; dhi closes the sum.
 *
 * @param apparentZenithDeg degrees.
 * @param airmass relative; NaN where the sun is down.
 * @param extra beam above the atmosphere, W/m².
 */
export function ineichen(
  apparentZenithDeg: Float64Array,
  airmass: Float64Array,
  extra: Float64Array,
  site: ClearSkySite,
  out: ClearSky = newClearSky(apparentZenithDeg.length),
): ClearSky {
  const { altitudeM, linkeTurbidity: tl } = site
  const fh1 = Math.exp(-altitudeM / 8000)
  const fh2 = Math.exp(-altitudeM / 1250)
  const cg1 = 5.09e-5 * altitudeM + 0.868
  const cg2 = 3.92e-5 * altitudeM + 0.0387
  const b = 0.664 + 0.163 / fh1
  const shade = Math.max(0, 1 - (0.1 - 0.2 * Math.exp(-tl)) / (0.1 + 0.882 / fh1))
  const absolute = site.pressurePa / STANDARD_PRESSURE_PA
  for (let at = 0; at < apparentZenithDeg.length; at++) {
    const cosZenith = Math.cos(apparentZenithDeg[at] * DEG)
    const am = airmass[at] * absolute
    if (!(cosZenith > 0 && am > 0)) {
      out.ghi[at] = 0
      out.dni[at] = 0
      out.dhi[at] = 0
      continue
    }
    const enhancement = site.perezEnhancement ? Math.exp(0.01 * am ** 1.8) : 1
    const ghi = cg1 * extra[at] * cosZenith * Math.exp(-cg2 * am * (fh1 + fh2 * (tl - 1))) * enhancement
    const dni = Math.min(extra[at] * b * Math.exp(-0.09 * am * (tl - 1)), (ghi * shade) / cosZenith)
    out.ghi[at] = ghi
    out.dni[at] = dni
    out.dhi[at] = ghi - dni * cosZenith
  }
  return out
}

/**
 * Clear-sky global horizontal irradiance of nothing but the sun's height, W/m².
 *
 * 1098 cos z exp(−0.059 / cos z): B. Haurwitz, J. Meteorology 2, 154 (1945) and 3, 123 (1946).
 */
export function haurwitz(
  apparentZenithDeg: Float64Array,
  out = new Float64Array(apparentZenithDeg.length),
): Float64Array {
  for (let at = 0; at < out.length; at++) {
    const cosZenith = Math.cos(apparentZenithDeg[at] * DEG)
    out[at] = cosZenith > 0 ? 1098 * cosZenith * Math.exp(-0.059 / cosZenith) : 0
  }
  return out
}
