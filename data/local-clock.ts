import type { TimeAxis } from './axis.ts'

/** Local wall time at the start of every interval of an axis. */
export interface LocalClock {
  /** Hour of the day with its fraction, [0, 24). */
  readonly hour: Float64Array
  /** 1 to 12. */
  readonly month: Uint8Array
  /** Whole days, counted from 1970-01-01. */
  readonly day: Int32Array
  /** Part of the year that has passed, [0, 1). */
  readonly yearFraction: Float64Array
}

const QUARTER = 900

/** The clock of a zone over an axis; its offset is looked up every quarter hour, where it may change. */
export function localClock(axis: TimeAxis, timeZone: string): LocalClock {
  const hour = new Float64Array(axis.count)
  const month = new Uint8Array(axis.count)
  const day = new Int32Array(axis.count)
  const yearFraction = new Float64Array(axis.count)
  let offset = 0
  let looked = Number.NEGATIVE_INFINITY
  for (let step = 0; step < axis.count; step++) {
    const seconds = axis.startSeconds + step * axis.stepSeconds
    const quarter = Math.floor(seconds / QUARTER)
    if (quarter !== looked && (looked < 0 || quarter % 4 === 0 || axis.stepSeconds > QUARTER)) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(timeZone)
      offset = zoned.offsetNanoseconds / 1e9
      looked = quarter
    }
    const local = seconds + offset
    const date = new Date(local * 1000)
    const start = Date.UTC(date.getUTCFullYear(), 0, 1) / 1000
    day[step] = Math.floor(local / 86_400)
    hour[step] = (local - day[step] * 86_400) / 3600
    month[step] = date.getUTCMonth() + 1
    yearFraction[step] = (local - start) / (Date.UTC(date.getUTCFullYear() + 1, 0, 1) / 1000 - start)
  }
  return { hour, month, day, yearFraction }
}
