/**
 * Cell temperature from irradiance on the plane, air temperature and wind; columns in W/m², °C, m/s and °C.
 * `array` may be `poa` itself; `out` may be any of them.
 */

/** Heat that leaves a module (Faiman). */
export interface FaimanCooling {
  /** W/m²/K. */
  readonly constant: number
  /** W/m²/K per m/s. */
  readonly perWind: number
}

/** T_air + G / (u₀ + u₁ v): D. Faiman, Progress in Photovoltaics 16, 307 (2008). */
export function faiman(
  poa: Float64Array,
  airC: Float64Array,
  windMps: Float64Array,
  { constant, perWind }: FaimanCooling,
  out = new Float64Array(poa.length),
): Float64Array {
  for (let at = 0; at < out.length; at++) out[at] = airC[at] + poa[at] / (constant + perWind * windMps[at])
  return out
}

/** Mounting of the Sandia model; open rack, glass and polymer: −3.56, −0.075, 3. */
export interface SandiaMount {
  readonly a: number
  /** s/m. */
  readonly b: number
  /** Cell above back of the module at 1,000 W/m², K. */
  readonly deltaTC: number
}

/**
 * T_air + G exp(a + b v) + G / 1000 · ΔT: D. L. King, W. E. Boyson, J. A. Kratochvil, "Photovoltaic Array
 * Performance Model", SAND2004-3535, eq. 11 and 12.
 */
export function sandia(
  poa: Float64Array,
  airC: Float64Array,
  windMps: Float64Array,
  { a, b, deltaTC }: SandiaMount,
  out = new Float64Array(poa.length),
): Float64Array {
  for (let at = 0; at < out.length; at++) {
    out[at] = airC[at] + poa[at] * (Math.exp(a + b * windMps[at]) + deltaTC / 1000)
  }
  return out
}

/** A module as SAM's nominal-temperature model describes it. */
export interface NoctModule {
  /** Nominal operating cell temperature, °C. */
  readonly noctC: number
  /** At 1,000 W/m² and 25 °C. */
  readonly efficiencyFraction: number
  /** τα, 0.9. */
  readonly absorbedFraction: number
  /** Height of the array above ground, storeys. */
  readonly storeys: 1 | 2
  /** Gap between module and roof, inches; more than 3.5 is as open as a rack. */
  readonly standoffInch: number
}

/** What a narrow gap adds to the nominal temperature, K. */
function standoffC(inch: number): number {
  if (inch <= 0) return 0
  if (inch < 0.5) return 18
  if (inch < 1.5) return 11
  if (inch < 2.5) return 6
  return inch <= 3.5 ? 2 : 0
}

/**
 * T_air + G / 800 (T_noct − 20) (1 − η / τα) 9.5 / (5.7 + 3.8 v), v = 0.51 or 0.61 of the measured wind.
 *
 * P. Gilman et al., "SAM Photovoltaic Model Technical Reference Update", NREL/TP-6A20-67399 (2018), section
 * 10.2, without its correction of τα by reflection and air mass.
 */
export function noct(
  poa: Float64Array,
  airC: Float64Array,
  windMps: Float64Array,
  module: NoctModule,
  out = new Float64Array(poa.length),
): Float64Array {
  const rise =
    ((module.noctC + standoffC(module.standoffInch) - 20) / 800) *
    (1 - module.efficiencyFraction / module.absorbedFraction)
  const windFactor = 3.8 * (module.storeys === 1 ? 0.51 : 0.61)
  for (let at = 0; at < out.length; at++) {
    out[at] = airC[at] + (poa[at] * rise * 9.5) / (5.7 + windFactor * windMps[at])
  }
  return out
}
