import type { LossModel } from './loss-model.ts'

/** Where the last anchor stood, and how wide the bound is since. */
export interface Prediction {
  /** Lower bound and middle of what was deliverable at the anchor, kWh. */
  readonly anchorLowKwh: number
  readonly anchorKwh: number
  /** Registers at the anchor, kWh, and its time, hours. */
  readonly chargeKwh: number
  readonly dischargeKwh: number
  readonly hours: number
  /** Width of the bound in units of its scale, set by adaptive conformal inference. */
  readonly q: number
}

/** An empty battery at the start of the registers; the width that the prototype started from. */
export const newPrediction: Prediction = {
  anchorLowKwh: 0,
  anchorKwh: 0,
  chargeKwh: 0,
  dischargeKwh: 0,
  hours: 0,
  q: 1.5,
}

/** Gain of the conformal update (burn.md). */
const Q_GAIN = 0.15

/** How uncertain a prediction is after this much flow and time, kWh. */
export const scaleKwh = (chargedKwh: number, dischargedKwh: number, hours: number): number =>
  0.02 + 0.01 * (chargedKwh + dischargedKwh) + 0.002 * hours

/**
 * Deliverable energy now, kWh: the lower bound
 * `E_low = E_low,k + η·ΔC − ΔD − β·(Δt + H) − q·scale` and the middle `E_k + η·ΔC − ΔD − β·Δt`.
 * A discharge that is only planned never counts.
 *
 * @param horizonHours H, one settlement interval
 */
export function predict(
  prediction: Prediction,
  model: LossModel,
  chargeKwh: number,
  dischargeKwh: number,
  hours: number,
  horizonHours: number,
): { lowKwh: number; midKwh: number; scale: number } {
  const charged = chargeKwh - prediction.chargeKwh
  const discharged = dischargeKwh - prediction.dischargeKwh
  const elapsed = hours - prediction.hours
  const scale = scaleKwh(charged, discharged, elapsed)
  const flows = model.eta * charged - discharged
  return {
    lowKwh: prediction.anchorLowKwh + flows - model.betaKw * (elapsed + horizonHours) - prediction.q * scale,
    midKwh: prediction.anchorKwh + flows - model.betaKw * elapsed,
    scale,
  }
}

/**
 * The width after an anchor has shown whether the bound held: `q += 0.15·(miss − α)`, never
 * below zero.
 */
export const nextWidth = (q: number, missed: boolean, missRate: number): number =>
  Math.max(0, q + Q_GAIN * ((missed ? 1 : 0) - missRate))
