/**
 * Net present value of yearly (or monthly) cash flows: `NPV = Σ_n C_n / (1 + r)^n`, n = 0, 1, …; the first flow is
 * today's and is not discounted (Brealey, Myers and Allen, Principles of Corporate Finance, ch. 2).
 *
 * @param rate per period, > −1; nominal with nominal flows, real with real ones
 * @param flows currency, > 0 received, < 0 paid, the one of period n at place n
 * @returns currency of today; 0 for no flows
 */
export function netPresentValue(rate: number, flows: ArrayLike<number>): number {
  const factor = 1 / (1 + rate)
  let value = 0
  for (let period = flows.length - 1; period >= 0; period--) value = value * factor + flows[period]
  return value
}

/** A nominal rate that is worth a real one under inflation: `(1 + r_nom) = (1 + r_real)(1 + i)` (Fisher). */
export const nominalRate = (realRate: number, inflation: number): number =>
  realRate + inflation + realRate * inflation
