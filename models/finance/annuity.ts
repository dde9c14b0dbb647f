/**
 * The five quantities of an annuity, tied by `FV + PV(1 + r)^n + PMT(1 + r·d)((1 + r)^n − 1)/r = 0`, at r = 0 by
 * `FV + PV + PMT·n = 0` (OpenFormula 1.2, section 6.12). d is 0 when payments fall at the end of each period,
 * 1 at its beginning. Signs are the payer's: received > 0, paid < 0, so a loan has PV > 0 and PMT < 0.
 */
export type Due = 'end' | 'begin'

const dueFraction = (due: Due): number => (due === 'begin' ? 1 : 0)

/** `(1 + r)^n − 1` and that over r, without cancellation at small rates. */
function growth(rate: number, count: number): { gain: number; perPayment: number } {
  const gain = Math.expm1(count * Math.log1p(rate))
  return { gain, perPayment: rate === 0 ? count : gain / rate }
}

/** The payment of each period. */
export function payment(rate: number, count: number, present: number, future = 0, due: Due = 'end'): number {
  const { gain, perPayment } = growth(rate, count)
  return -(future + present * (1 + gain)) / ((1 + rate * dueFraction(due)) * perPayment)
}

/** What stands at the end. */
export function futureValue(
  rate: number,
  count: number,
  pay: number,
  present: number,
  due: Due = 'end',
): number {
  const { gain, perPayment } = growth(rate, count)
  return -(present * (1 + gain) + pay * (1 + rate * dueFraction(due)) * perPayment)
}

/** What it is worth today. */
export function presentValue(rate: number, count: number, pay: number, future = 0, due: Due = 'end'): number {
  const { gain, perPayment } = growth(rate, count)
  return -(future + pay * (1 + rate * dueFraction(due)) * perPayment) / (1 + gain)
}

/** How many payments it takes; null when these payments never do. */
export function paymentCount(
  rate: number,
  pay: number,
  present: number,
  future = 0,
  due: Due = 'end',
): number | null {
  if (pay === 0) return null
  if (rate === 0) return -(future + present) / pay
  const perRate = (pay * (1 + rate * dueFraction(due))) / rate
  const ratio = (perRate - future) / (perRate + present)
  return ratio > 0 && Number.isFinite(ratio) ? Math.log(ratio) / Math.log1p(rate) : null
}

/**
 * Interest and principal of each period of a loan that is paid at the end of each. What is owed after k of n payments is
 * what the rest of them is worth then, `PMT (1 − (1 + r)^−(n−k)) / r`: unlike the running account it gathers no rounding.
 * The interest of a period is that on what was owed before it.
 *
 * @param principal borrowed, > 0
 * @returns amounts paid, all >= 0, and what is owed after each period (the last is zero)
 */
export function loanSchedule(
  rate: number,
  count: number,
  principal: number,
): { interest: Float64Array; principal: Float64Array; owed: Float64Array } {
  const pay = payment(rate, count, principal)
  const owed = Float64Array.from({ length: count }, (_, paid) =>
    paid === count - 1 ? 0 : presentValue(rate, count - paid - 1, pay),
  )
  const interest = owed.map((_, period) => (period === 0 ? principal : owed[period - 1]) * rate)
  return { interest, principal: interest.map((part) => -pay - part), owed }
}
