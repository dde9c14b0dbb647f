import { halfTurnDeg } from '../../models/solar/angles.ts'

/**
 * Root of the mean square difference of two columns, each row by its weight (≥ 0); NaN, which never passes, when no
 * row has any.
 */
export function weightedRmse(ours: Float64Array, theirs: Float64Array, weight: Float64Array): number {
  let squares = 0
  let weights = 0
  for (let at = 0; at < ours.length; at++) {
    if (weight[at] === 0) continue
    squares += weight[at] * (ours[at] - theirs[at]) ** 2
    weights += weight[at]
  }
  return Math.sqrt(squares / weights)
}

/** Rows of the columns that are chosen. */
export const onlyRows = (column: Float64Array, chosen: (row: number) => boolean): Float64Array =>
  column.filter((_, row) => chosen(row))

export const difference = (ours: Float64Array, theirs: Float64Array): Float64Array =>
  ours.map((value, row) => value - theirs[row])

/** Greatest absolute value; NaN when one is, or when there is none. */
export const greatestAbsolute = (column: Float64Array): number =>
  column.length === 0 ? Number.NaN : column.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/**
 * How far azimuths that differ move the sun, degrees: at the zenith an azimuth means nothing.
 *
 * @param zenithDeg of the sun.
 */
export const turned = (ours: Float64Array, theirs: Float64Array, zenithDeg: Float64Array): Float64Array =>
  ours.map((azimuth, row) => halfTurnDeg(azimuth - theirs[row]) * Math.sin((zenithDeg[row] * Math.PI) / 180))
