import type { SeriesFile } from '../../formats/series.ts'
import type { AuditFinding } from '../../run-files.ts'

/** A file that is looked at as a whole: its series, and what else is known of its place. */
export interface AuditedFile {
  readonly name: string
  readonly file: SeriesFile
  /** Zone of the place, for checks of the local day; null: not known. */
  readonly place: string | null
  /** Weather of the place and time, for loads that follow it; null: not known. */
  readonly weather: SeriesFile | null
}

export type FileFinding = Omit<AuditFinding, 'homeId' | 'check'>
/** Finds one kind of defect by the numbers alone. */
export type FileCheck = (audited: AuditedFile) => FileFinding[]

export const LEFT = 'Left as given.'

export const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0
  for (let at = 0; at < values.length; at++) sum += values[at]
  return sum / values.length
}

/** Correlation of each value with the next, −1 to 1: a quantity that changes slowly is near 1. */
export function neighborCorrelation(values: Float64Array): number {
  const mean = meanOf(values)
  let both = 0
  let square = 0
  for (let at = 0; at < values.length; at++) {
    square += (values[at] - mean) ** 2
    if (at + 1 < values.length) both += (values[at] - mean) * (values[at + 1] - mean)
  }
  return square === 0 ? 1 : both / square
}
