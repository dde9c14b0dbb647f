/** One quantity of ours, held against a published or independently computed value. */
export interface Check {
  readonly quantity: string
  /** File of the reference, relative to the data folder. */
  readonly source: string
  /** What computed the reference, in its own words. */
  readonly computedBy: string
  readonly unit: string
  /** Greatest deviation that passes. */
  readonly tolerance: number
  /** Greatest absolute deviation that was measured. */
  readonly deviation: number
}

/** A kind of reference: which files belong to it, and how ours is held against one of them. */
export interface ReferenceFamily {
  readonly id: string
  /** Names of this family's references in the data folder, sorted; empty when there are none. */
  find(dir: string): string[]
  /** Throws a `VppError` when a file is missing or malformed. */
  check(dir: string, name: string): Check[]
}

/** Makes the checks of one file: quantity, unit, tolerance and deviation of each. */
export const checksOf =
  (source: string, computedBy: string) =>
  (quantity: string, unit: string, tolerance: number, deviation: number): Check => ({
    quantity,
    source,
    computedBy,
    unit,
    tolerance,
    deviation,
  })

/** A deviation that is no number never passes. */
export const passes = (check: Check): boolean => check.deviation <= check.tolerance

/** Greatest absolute difference of two columns of one length. */
export function greatestDifference(ours: Float64Array, theirs: Float64Array): number {
  let most = 0
  for (let at = 0; at < ours.length; at++) {
    const difference = Math.abs(ours[at] - theirs[at])
    // Written so that NaN is kept, not skipped.
    if (!(difference <= most)) most = difference
  }
  return most
}
