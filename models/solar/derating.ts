import { DEG } from './angles.ts'
import type { PlaneOfArray } from './transposition.ts'

/**
 * Losses that follow the calendar, the age and the horizon.
 */

/**
 * What each row loses of a loss told by month, such as snow and soiling; fraction.
 *
 * @param lossPercent twelve values, January first, 0 to 100.
 * @param month of each row, 1 to 12, in the place's calendar.
 */
export const monthlyLoss = (lossPercent: readonly number[], month: Uint8Array): Float64Array =>
  Float64Array.from(month, (one) => lossPercent[one - 1] / 100)

/**
 * What is left of a new system's power after a time in the field, 0 to 1.
 *
 * Linear, as warranties and SAM have it: 1 − rate · years; D. C. Jordan, S. R. Kurtz, Progress in Photovoltaics
 * 21, 12 (2013) find a median of 0.5 % a year.
 *
 * @param percentPerYear of the power when new.
 * @param years since commissioning, ≥ 0; may be a fraction.
 */
export const degradation = (percentPerYear: number, years: number): number =>
  Math.max(0, 1 - (percentPerYear / 100) * years)

/** Elevation of what stands around a place, degrees, at equal steps of azimuth from north over east. */
export type Horizon = readonly number[]

/** Elevation of the horizon at an azimuth, linear between its points. */
export function horizonDeg(horizon: Horizon, azimuthDeg: number): number {
  const position = (azimuthDeg / 360) * horizon.length
  const from = Math.floor(position)
  const share = position - from
  return horizon[from % horizon.length] * (1 - share) + horizon[(from + 1) % horizon.length] * share
}

/**
 * Share of the isotropic sky that a plane sees over a horizon and itself, relative to that over a flat horizon.
 *
 * Integrates cos θ over the dome in rings of one degree and sectors of the horizon's points.
 */
export function skyShare(horizon: Horizon, plane: { tiltDeg: number; azimuthDeg: number }): number {
  const sectors = Math.max(72, horizon.length)
  const sinTilt = Math.sin(plane.tiltDeg * DEG)
  const cosTilt = Math.cos(plane.tiltDeg * DEG)
  let seen = 0
  let all = 0
  for (let sector = 0; sector < sectors; sector++) {
    const azimuthDeg = ((sector + 0.5) / sectors) * 360
    const limitDeg = horizonDeg(horizon, azimuthDeg)
    const facing = Math.cos((azimuthDeg - plane.azimuthDeg) * DEG)
    for (let ring = 0; ring < 90; ring++) {
      const elevation = (ring + 0.5) * DEG
      const cosine = sinTilt * Math.cos(elevation) * facing + cosTilt * Math.sin(elevation)
      if (cosine <= 0) continue
      const light = cosine * Math.cos(elevation)
      all += light
      // Of the ring that the horizon cuts, the part above it.
      seen += light * Math.min(1, Math.max(0, ring + 1 - limitDeg))
    }
  }
  return seen / all
}

/**
 * Takes the horizon's shade from irradiance on a plane, in place: no beam, and none of the bright ring counted in
 * `sky`, while the sun stands behind it; the sky is reduced by the share that is hidden.
 *
 * @param zenithDeg apparent.
 * @param azimuthDeg of the sun.
 */
export function shade(
  irradiance: PlaneOfArray,
  horizon: Horizon,
  plane: { tiltDeg: number; azimuthDeg: number },
  zenithDeg: Float64Array,
  azimuthDeg: Float64Array,
): void {
  const share = skyShare(horizon, plane)
  for (let at = 0; at < zenithDeg.length; at++) {
    irradiance.sky[at] *= share
    if (90 - zenithDeg[at] < horizonDeg(horizon, azimuthDeg[at])) irradiance.beam[at] = 0
  }
}
