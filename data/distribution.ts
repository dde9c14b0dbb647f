/** A range of an uncertain value: uniform from `low` to `high`, or triangular with its peak at `mode`. */
export interface Range {
  readonly low: number
  readonly mode: number | null
  readonly high: number
}

/**
 * The value below which a share `u` of draws lies. Triangular: `low + √(u (high − low)(mode − low))` up to the peak and
 * `high − √((1 − u)(high − low)(high − mode))` beyond it (Johnson, The Statistician 46, 1997).
 *
 * @param u in [0, 1]
 */
export function quantileOf({ low, mode, high }: Range, u: number): number {
  const span = high - low
  if (span === 0) return low
  if (mode === null) return low + u * span
  const peak = (mode - low) / span
  return u < peak
    ? low + Math.sqrt(u * span * (mode - low))
    : high - Math.sqrt((1 - u) * span * (high - mode))
}
