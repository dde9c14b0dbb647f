import { type BurnFleet, PRIOR } from './fleet.ts'

/**
 * What a battery loses, learnt from its anchors: `E' − E + ΔD = η·ΔC − β·Δt`. η is the AC-to-AC
 * conversion, β the standing loss. The two are nearly collinear, so their split is an estimate; what
 * is burned never depends on it. Recursive least squares on past data only, no forgetting.
 */
const LEAST_ETA = 0.5
/** Above 1 by the bias of two class-1 registers. */
const MOST_ETA = 1.02
const MOST_BETA_KW = 0.2
/** What the straight line leaves out: conversion changes with power and season. */
const MODEL_SD = 0.03
/** What is lost by time, but only while the inverter runs, and so may be taken for conversion, kW. */
const RUNNING_SD_KW = 0.017

/**
 * Learns from one pair of anchors; returns the residual before it was learnt from, kWh.
 * @param gainKwh E at the later anchor − E at the earlier + energy discharged between, kWh
 * @param chargedKwh energy charged between, kWh
 * @param hours time between
 */
export function learnLoss(
  fleet: BurnFleet,
  battery: number,
  gainKwh: number,
  chargedKwh: number,
  hours: number,
): number {
  const { eta, betaKw, p11, p12, p22 } = fleet
  const x1 = chargedKwh
  const x2 = -hours
  const px1 = p11[battery] * x1 + p12[battery] * x2
  const px2 = p12[battery] * x1 + p22[battery] * x2
  const weight = 1 + x1 * px1 + x2 * px2
  const residual = gainKwh - (eta[battery] * x1 + betaKw[battery] * x2)
  p11[battery] -= (px1 * px1) / weight
  p12[battery] -= (px1 * px2) / weight
  p22[battery] -= (px2 * px2) / weight
  // What no battery shows is refused. The other parameter follows along the covariance: as they are
  // nearly collinear, it would keep the value that fits the refused one.
  const freeBetaKw = betaKw[battery] + (px2 / weight) * residual
  const kept = clamp(freeBetaKw, 0, MOST_BETA_KW)
  const freeEta =
    eta[battery] + (px1 / weight) * residual + (p12[battery] / p22[battery]) * (kept - freeBetaKw)
  betaKw[battery] = kept
  eta[battery] = clamp(freeEta, LEAST_ETA, MOST_ETA)
  // Its own spread, in which the residual stood: what the battery had charged and waited counts.
  fleet.residualSquares[battery] += (residual * residual) / weight
  fleet.pairs[battery]++
  return residual
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

/** After a change: what was learnt stands as a first guess, and is believed no more than one. */
export function doubtLoss(fleet: BurnFleet, battery: number): void {
  fleet.p11[battery] = (PRIOR.etaSd / PRIOR.noiseKwh) ** 2
  fleet.p12[battery] = 0
  fleet.p22[battery] = (PRIOR.betaSdKw / PRIOR.noiseKwh) ** 2
}

/** Standard deviation of a pair's residual, kWh; the prior's noise counts as four pairs. */
export const residualSdKwh = (fleet: BurnFleet, battery: number): number =>
  Math.sqrt((fleet.residualSquares[battery] + 4 * PRIOR.noiseKwh ** 2) / (fleet.pairs[battery] + 4))

/**
 * Interval of η, 95 %: `[η − below, η + above]`. Below is what the pairs leave open and what a straight line leaves out.
 * Above it is also what collinearity hides: a standing loss that was taken for conversion makes the learnt η too
 * small, the more so the more hours pass for each kWh charged. The constants are empirical quantiles on the tuning
 * seeds of the burn study.
 */
export function etaInterval(fleet: BurnFleet, battery: number): { below: number; above: number } {
  const sd = Math.max(PRIOR.noiseKwh, residualSdKwh(fleet, battery)) * Math.sqrt(fleet.p11[battery])
  const open = Math.hypot(sd, MODEL_SD)
  const chargedKwh = fleet.learntCharge[battery] / 1e6
  const hoursPerKwh = chargedKwh > 0 ? fleet.learntHours[battery] / chargedKwh : 0
  return { below: 1.96 * open, above: 1.96 * Math.hypot(open, RUNNING_SD_KW * hoursPerKwh) }
}

/**
 * Conversion factor to register for mints to come, parts per million: the learnt η and one
 * per cent. It errs high: what is minted too much is verified and burned, what is minted too little
 * is lost to its owner.
 */
export const factorPpmOf = (fleet: BurnFleet, battery: number): number =>
  Math.min(1_000_000, Math.ceil((fleet.eta[battery] + 0.01) * 1_000_000))
