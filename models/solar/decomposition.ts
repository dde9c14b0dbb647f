import { kasten1966, STANDARD_PRESSURE_PA } from './airmass.ts'
import { DEG } from './angles.ts'

/** Above this zenith no beam is derived, degrees. */
const MAX_ZENITH_DEG = 87
/** cos z is not taken lower in a clearness index. */
const MIN_COS_ZENITH = 0.065
/** W/m², with which `disc` was fitted. */
export const DISC_SOLAR_CONSTANT = 1370
const DISC_MAX_AIRMASS = 12

/** Columns; dni and dhi in W/m². */
export interface Decomposition {
  readonly dni: Float64Array
  readonly dhi: Float64Array
  /** Global over extraterrestrial horizontal irradiance, 0 to 1. */
  readonly clearness: Float64Array
}

export const newDecomposition = (count: number): Decomposition => ({
  dni: new Float64Array(count),
  dhi: new Float64Array(count),
  clearness: new Float64Array(count),
})

const clearnessIndex = (ghi: number, cosZenith: number, extra: number): number =>
  Math.min(1, Math.max(0, ghi / (extra * Math.max(cosZenith, MIN_COS_ZENITH))))

/**
 * Diffuse and beam from global horizontal irradiance.
 *
 * Diffuse fraction of D. G. Erbs, S. A. Klein, J. A. Duffie, Solar Energy 28, 293 (1982):
 * 1 − 0.09 k for k ≤ 0.22; 0.9511 − 0.1604 k + 4.388 k² − 16.638 k³ + 12.336 k⁴ to 0.8; 0.165 above.
 * Beyond a zenith of 87°, or where no beam comes out, all is diffuse.
 *
 * @param ghi W/m².
 * @param zenithDeg without refraction.
 * @param extra beam above the atmosphere, W/m².
 */
export function erbs(
  ghi: Float64Array,
  zenithDeg: Float64Array,
  extra: Float64Array,
  out: Decomposition = newDecomposition(ghi.length),
): Decomposition {
  for (let at = 0; at < ghi.length; at++) {
    const cosZenith = Math.cos(zenithDeg[at] * DEG)
    const k = clearnessIndex(ghi[at], cosZenith, extra[at])
    const fraction =
      k <= 0.22
        ? 1 - 0.09 * k
        : k <= 0.8
          ? 0.9511 + k * (-0.1604 + k * (4.388 + k * (-16.638 + k * 12.336)))
          : 0.165
    const dni = (ghi[at] * (1 - fraction)) / cosZenith
    const beam = zenithDeg[at] <= MAX_ZENITH_DEG && ghi[at] >= 0 && dni >= 0
    out.clearness[at] = k
    out.dni[at] = beam ? dni : 0
    out.dhi[at] = beam ? fraction * ghi[at] : ghi[at]
  }
  return out
}

/** Σ cᵢ xⁱ, the highest power first. */
const cubic = (x: number, c3: number, c2: number, c1: number, c0: number): number =>
  ((c3 * x + c2) * x + c1) * x + c0

/**
 * Beam from global horizontal irradiance: the DISC model, with the rest as diffuse.
 *
 * E. L. Maxwell, "A Quasi-Physical Model for Converting Hourly Global Horizontal to Direct Normal Insolation",
 * SERI/TR-215-3087 (1987): dni = I₀ (Knc − (a + b exp(c AM))), air mass at most 12, zenith at most 87°.
 *
 * @param ghi W/m².
 * @param zenithDeg without refraction.
 * @param extra beam above the atmosphere by a solar constant of 1,370 W/m² (`DISC_SOLAR_CONSTANT`).
 * @param pressurePa of the place; the standard one leaves the air mass relative.
 */
export function disc(
  ghi: Float64Array,
  zenithDeg: Float64Array,
  extra: Float64Array,
  pressurePa = STANDARD_PRESSURE_PA,
  out: Decomposition = newDecomposition(ghi.length),
): Decomposition {
  const absolute = pressurePa / STANDARD_PRESSURE_PA
  for (let at = 0; at < ghi.length; at++) {
    const cosZenith = Math.cos(zenithDeg[at] * DEG)
    const k = clearnessIndex(ghi[at], cosZenith, extra[at])
    let dni = 0
    if (zenithDeg[at] <= MAX_ZENITH_DEG && ghi[at] >= 0) {
      const am = Math.min(DISC_MAX_AIRMASS, kasten1966(zenithDeg[at]) * absolute)
      const cloudy = k <= 0.6
      const a = cloudy ? cubic(k, -2.222, 2.286, -1.56, 0.512) : cubic(k, 11.56, -27.49, 21.77, -5.743)
      const b = cloudy ? 0.37 + 0.962 * k : cubic(k, 31.9, 66.05, -118.5, 41.4)
      const c = cloudy ? cubic(k, 0, -2.048, 0.932, -0.28) : cubic(k, 73.81, -222, 184.2, -47.01)
      const clear = 0.866 + am * (-0.122 + am * (0.0121 + am * (-0.000653 + am * 1.4e-5)))
      dni = Math.max(0, extra[at] * (clear - (a + b * Math.exp(c * am))))
    }
    out.clearness[at] = k
    out.dni[at] = dni
    out.dhi[at] = Math.max(0, ghi[at] - dni * Math.max(0, cosZenith))
  }
  return out
}
