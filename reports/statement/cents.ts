/** Amounts in whole cents whose sum is exact: lines + rounding = net. */
export interface ExactCents {
  readonly lines: readonly { readonly label: string; readonly cents: number }[]
  /** What the rounded lines miss of the rounded sum. */
  readonly roundingCents: number
  readonly netCents: number
}

/** Half a cent goes away from zero, as bills print it; never minus zero. */
const rounded = (microUsd: number): number =>
  Math.sign(microUsd) * Math.round(Math.abs(microUsd) / 10_000) + 0

/** Each amount and their sum rounded by itself, so that every figure is that of the bill it comes from. */
export function inCents(amounts: readonly (readonly [label: string, microUsd: number])[]): ExactCents {
  const lines = amounts.map(([label, microUsd]) => ({ label, cents: rounded(microUsd) }))
  const netCents = rounded(amounts.reduce((sum, [, microUsd]) => sum + microUsd, 0))
  return { lines, roundingCents: netCents - lines.reduce((sum, { cents }) => sum + cents, 0), netCents }
}
