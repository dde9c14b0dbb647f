import { quantileSorted } from 'simple-statistics'

/**
 * How a figure is spread over homes: percentiles of the homes at hand. Not a confidence interval:
 * one year is one sample of weather and behavior.
 */
export interface Spread {
  readonly p10: number
  readonly p50: number
  readonly p90: number
  readonly count: number
}

export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  return {
    p10: quantileSorted(sorted, 0.1),
    p50: quantileSorted(sorted, 0.5),
    p90: quantileSorted(sorted, 0.9),
    count: sorted.length,
  }
}
