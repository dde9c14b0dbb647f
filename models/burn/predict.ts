import type { BurnFleet } from './fleet.ts'

/** Gain of the conformal update (burn.md). */
const WIDTH_GAIN = 0.15
/** A battery's own width counts once it has seen so many anchors; its class's until then. */
const OWN_RESIDUALS = 20

/** How uncertain a prediction is after this much flow and time, kWh. */
export const scaleKwh = (chargedKwh: number, dischargedKwh: number, hours: number): number =>
  0.02 + 0.01 * (chargedKwh + dischargedKwh) + 0.002 * hours

/** Width of the bound in units of its scale. */
export const widthOf = (fleet: BurnFleet, battery: number): number =>
  fleet.conformal[battery] === 0
    ? 0
    : fleet.residuals[battery] < OWN_RESIDUALS
      ? Math.max(fleet.width[battery], fleet.classWidth[fleet.classOf[battery]])
      : fleet.width[battery]

/** Uncertainty of the prediction since the last anchor, kWh. */
export const scaleNow = (
  fleet: BurnFleet,
  battery: number,
  charge: number,
  discharge: number,
  hours: number,
): number =>
  scaleKwh(
    (charge - fleet.anchorCharge[battery]) / 1e6,
    (discharge - fleet.anchorDischarge[battery]) / 1e6,
    hours - fleet.anchorHours[battery],
  )

/** Middle of what is deliverable now, kWh: `E_k + η·ΔC − ΔD − β·Δt`. */
export const middleNow = (
  fleet: BurnFleet,
  battery: number,
  charge: number,
  discharge: number,
  hours: number,
): number =>
  fleet.anchorKwh[battery] +
  (fleet.eta[battery] * (charge - fleet.anchorCharge[battery]) -
    (discharge - fleet.anchorDischarge[battery])) /
    1e6 -
  fleet.betaKw[battery] * (hours - fleet.anchorHours[battery])

/**
 * Lower bound of what is deliverable over the coming interval, kWh:
 * `E_low = E_low,k + η·ΔC − ΔD − β·(Δt + H) − q·scale`. A discharge that is only planned never counts.
 * @param scale `scaleNow`
 * @param horizonHours H, one settlement interval
 */
export const lowNow = (
  fleet: BurnFleet,
  battery: number,
  middle: number,
  scale: number,
  horizonHours: number,
): number =>
  middle -
  fleet.anchorKwh[battery] +
  fleet.anchorLowKwh[battery] -
  fleet.betaKw[battery] * horizonHours -
  widthOf(fleet, battery) * scale

/**
 * The width after an anchor has shown whether the bound held: `q += 0.15·(miss − α)`, never below zero;
 * the class learns from each of its batteries.
 */
export function learnWidth(fleet: BurnFleet, battery: number, missed: boolean): void {
  const change = WIDTH_GAIN * ((missed ? 1 : 0) - fleet.missRate[battery])
  const group = fleet.classOf[battery]
  fleet.width[battery] = Math.max(0, fleet.width[battery] + change)
  fleet.classWidth[group] = Math.max(0, fleet.classWidth[group] + change)
  fleet.residuals[battery]++
}
