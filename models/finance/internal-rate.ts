import { netPresentValue } from './present-value.ts'
import { rootsInUnitInterval } from './positive-roots.ts'

/**
 * What is known of an internal rate of return. `multiple`: more than one rate makes the present value zero, and none of
 * them alone is an answer; `none`: no rate above −100 % does.
 */
export type InternalRate =
  | { readonly kind: 'one'; readonly rate: number }
  | { readonly kind: 'multiple'; readonly rates: readonly number[] }
  | { readonly kind: 'none' }

/**
 * Internal rate of return: every r > −1 with `Σ_n C_n / (1 + r)^n = 0`.
 *
 * With `x = 1/(1 + r)` the condition is a polynomial in x > 0. Roots up to 1 (rates from zero up) are sought in x, those above
 * (rates below zero) in `1/x` with the coefficients turned round, so that neither side overflows. How many there
 * are is found, not assumed: a battery that is replaced changes the sign of its flows more than once.
 *
 * @param flows currency per period, > 0 received, the first is today's
 */
export function internalRate(flows: ArrayLike<number>): InternalRate {
  const coefficients = Array.from(flows)
  while (coefficients.length > 0 && coefficients.at(-1) === 0) coefficients.pop()
  while (coefficients.length > 0 && coefficients[0] === 0) coefficients.shift()
  if (coefficients.length < 2) return { kind: 'none' }
  const gains = rootsInUnitInterval(coefficients).map((x) => 1 / x - 1)
  const losses = rootsInUnitInterval(coefficients.toReversed())
    .filter((y) => y < 1)
    .map((y) => y - 1)
  const rates = [...losses, ...gains].toSorted((one, other) => one - other)
  if (rates.length === 0) return { kind: 'none' }
  return rates.length === 1 ? { kind: 'one', rate: rates[0] } : { kind: 'multiple', rates }
}

/**
 * Modified internal rate of return: what is paid is financed at one rate, what is received reinvested at another:
 * `MIRR = (FV⁺(r_reinvest) / −PV⁻(r_finance))^(1/N) − 1`, N periods after the first flow (Lin, 1976).
 *
 * @returns null unless something is paid and something received
 */
export function modifiedInternalRate(
  flows: ArrayLike<number>,
  financeRate: number,
  reinvestRate: number,
): number | null {
  const all = Array.from(flows)
  const received = netPresentValue(
    reinvestRate,
    all.map((flow) => Math.max(flow, 0)),
  )
  const paid = netPresentValue(
    financeRate,
    all.map((flow) => Math.max(-flow, 0)),
  )
  if (!(received > 0 && paid > 0)) return null
  return (received / paid) ** (1 / (all.length - 1)) * (1 + reinvestRate) - 1
}
