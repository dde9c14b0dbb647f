/** What is known of a payback: the years, or that the flows never make up for what was paid. */
export type Payback = { readonly kind: 'years'; readonly years: number } | { readonly kind: 'not reached' }

/**
 * Payback of uneven flows: the first time from which the running sum of discounted flows stays at or above zero to the
 * end, interpolated within its year: `n − 1 + (−S_{n−1}) / (C_n/(1 + r)^n)`. "From which it stays" because a battery that is
 * replaced in year 12 has not paid for itself in year 9 if year 12 takes it back.
 *
 * @param flows currency by year, > 0 received, the first is today's
 * @param rate discount rate per year; 0 gives the simple payback
 */
export function payback(flows: ArrayLike<number>, rate = 0): Payback {
  let sum = 0
  let factor = 1
  let years: number | null = null
  for (let year = 0; year < flows.length; year++) {
    const flow = flows[year] * factor
    const before = sum
    sum += flow
    factor /= 1 + rate
    if (sum < 0) years = null
    else if (years === null) years = year === 0 ? 0 : year - 1 + -before / flow
  }
  return years === null ? { kind: 'not reached' } : { kind: 'years', years }
}
