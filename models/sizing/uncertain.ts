/** Something that is not known: least, most likely and greatest value, as a triangle. */
export interface Triangle {
  readonly low: number
  readonly mode: number
  readonly high: number
}

/**
 * Value of a triangular distribution at a probability in [0, 1): the inverse of its distribution function (Evans, Hastings
 * and Peacock, Statistical Distributions, ch. 40).
 */
export function triangular({ low, mode, high }: Triangle, probability: number): number {
  const width = high - low
  if (width === 0) return low
  const bend = (mode - low) / width
  return probability < bend
    ? low + Math.sqrt(probability * width * (mode - low))
    : high - Math.sqrt((1 - probability) * width * (high - mode))
}

/** A quantile of values, between neighbors in order (Hyndman and Fan, 1996, type 7). */
export function quantile(values: ArrayLike<number>, probability: number): number {
  const sorted = Float64Array.from(values).toSorted()
  const at = (sorted.length - 1) * probability
  const below = Math.floor(at)
  const above = Math.min(sorted.length - 1, below + 1)
  // Endless ones (a payback that is not reached) must not become NaN by their difference.
  return sorted[below] === sorted[above]
    ? sorted[below]
    : sorted[below] + (at === below ? 0 : (at - below) * (sorted[above] - sorted[below]))
}

/** Tenth, middle and ninetieth part of what was drawn. */
export interface Interval {
  readonly p10: number
  readonly p50: number
  readonly p90: number
}

export const intervalOf = (values: ArrayLike<number>): Interval => ({
  p10: quantile(values, 0.1),
  p50: quantile(values, 0.5),
  p90: quantile(values, 0.9),
})
