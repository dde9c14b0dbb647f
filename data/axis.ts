/**
 * The one time axis of a series: equal steps, each named by its START, in UTC. Wall time exists
 * only where tariffs and reports need it.
 */
export interface TimeAxis {
  /** Start of the first interval, whole seconds since 1970-01-01T00:00Z. */
  readonly startSeconds: number
  /** Length of every interval, seconds. */
  readonly stepSeconds: number
  /** Number of intervals. */
  readonly count: number
}

export const axisEndSeconds = (axis: TimeAxis): number => axis.startSeconds + axis.stepSeconds * axis.count

/** ISO 8601 of an instant, whole minutes, UTC: `2016-08-01T07:00Z`. */
export const isoMinute = (epochSeconds: number): string =>
  `${new Date(epochSeconds * 1000).toISOString().slice(0, 16)}Z`
