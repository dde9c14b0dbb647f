/** PVWatts version 5: A. P. Dobos, "PVWatts Version 5 Manual", NREL/TP-6A20-62641 (2014). */

/** A module or an array by its rating. */
export interface DcRating {
  /** At 1,000 W/m² and the reference temperature, W. */
  readonly powerW: number
  /** Relative change of power, 1/K; < 0 loses when hot. */
  readonly perC: number
  readonly referenceC: number
}

/** P = P₀ · G / 1000 · (1 + γ (T − T₀)), W; section 9. `out` may be `irradiance`. */
export function dcPower(
  irradiance: Float64Array,
  cellC: Float64Array,
  { powerW, perC, referenceC }: DcRating,
  out = new Float64Array(irradiance.length),
): Float64Array {
  for (let at = 0; at < out.length; at++) {
    out[at] = irradiance[at] * 1e-3 * powerW * (1 + perC * (cellC[at] - referenceC))
  }
  return out
}

/** An inverter by its rating. */
export interface InverterRating {
  /** DC power at which it gives its rated AC power, W. */
  readonly dcPowerW: number
  readonly efficiencyFraction: number
  /** Efficiency at rated power of the inverter that the curve was measured on, 0.9637. */
  readonly referenceFraction: number
}

/**
 * AC power, W: η P_dc up to the rating, never below 0; section 10.
 *
 * η = η_nom / η_ref (−0.0162 ζ − 0.0059 / ζ + 0.9858), ζ = P_dc / P_dc0.
 */
export function acPower(
  dcW: Float64Array,
  { dcPowerW, efficiencyFraction, referenceFraction }: InverterRating,
  out = new Float64Array(dcW.length),
): Float64Array {
  const scale = efficiencyFraction / referenceFraction
  const limit = efficiencyFraction * dcPowerW
  for (let at = 0; at < out.length; at++) {
    const load = dcW[at] / dcPowerW
    // Multiplied out, so that no load needs no case of its own.
    const ac = scale * dcPowerW * (load * (0.9858 - 0.0162 * load) - 0.0059)
    out[at] = dcW[at] > 0 ? Math.min(limit, Math.max(0, ac)) : 0
  }
  return out
}

/** Losses of a system, per cent each; the values of PVWatts. */
export const PVWATTS_LOSSES_PERCENT = {
  soiling: 2,
  shading: 3,
  snow: 0,
  mismatch: 2,
  wiring: 2,
  connections: 0.5,
  lightInduced: 1.5,
  nameplate: 1,
  age: 0,
  availability: 3,
} as const

/** What remains after losses in a row, 0 to 1: Π (1 − loss / 100); 0.859243 of those above. */
export const remaining = (lossesPercent: readonly number[]): number =>
  lossesPercent.reduce((rest, loss) => rest * (1 - loss / 100), 1)
