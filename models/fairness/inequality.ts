/**
 * Gini coefficient `Σ_i Σ_j |x_i − x_j| / (2 n² x̄)`, 0 (all alike) to 1 − 1/n: computed on sorted values as
 * `Σ_i (2 i − n − 1) x_i / (n Σ x)`. Null where a value is below zero or all are zero: then it means nothing.
 */
export function gini(values: readonly number[]): number | null {
  const sum = values.reduce((all, value) => all + value, 0)
  if (sum === 0 || values.some((value) => value < 0)) return null
  const sorted = values.toSorted((a, b) => a - b)
  const weighted = sorted.reduce((all, value, at) => all + (2 * (at + 1) - values.length - 1) * value, 0)
  return weighted / (values.length * sum)
}

/**
 * Jain's index `(Σ x)² / (n Σ x²)`, 1 (all alike) down to 1/n (Jain, Chiu and Hawe 1984). Null as for `gini`.
 */
export function jain(values: readonly number[]): number | null {
  const sum = values.reduce((all, value) => all + value, 0)
  if (sum === 0 || values.some((value) => value < 0)) return null
  return (sum * sum) / (values.length * values.reduce((all, value) => all + value * value, 0))
}

/** Part of the values that are at most minus `least`: those who lose; null for none. */
export const losersShare = (values: readonly number[], least: number): number | null =>
  values.length === 0 ? null : values.filter((value) => value <= -least).length / values.length
