/**
 * A sum of quantity × rate that never loses a fraction of a micro-dollar: milliwatt-hours times
 * µ$/kWh, kept as whole micro-dollars and millionths. Rounding happens once, when it is read.
 */
export interface ExactSum {
  /** Whole micro-dollars. */
  whole: number
  /** Millionths of a micro-dollar, 0 to 999,999. */
  millionths: number
}

export const exactSum = (): ExactSum => ({ whole: 0, millionths: 0 })

/** Adds `milliWh × rate`, both whole, energy >= 0, the result within 2^53 µ$; wholesale prices may be negative. */
export function addProduct(sum: ExactSum, milliWh: number, rateMicroUsdPerKwh: number): void {
  const kwh = Math.floor(milliWh / 1_000_000)
  const product = (milliWh - kwh * 1_000_000) * rateMicroUsdPerKwh + sum.millionths
  const whole = Math.floor(product / 1_000_000)
  sum.whole += kwh * rateMicroUsdPerKwh + whole
  sum.millionths = product - whole * 1_000_000
}

/** Below this a sum of products is exact, and its quotient by a million never rounded to a wrong whole number. */
const EXACT = 2 ** 50

/** The greatest rate of a column, without its sign; looked for once. */
const greatest = new WeakMap<Int32Array, number>()
function greatestOf(rates: Int32Array): number {
  let most = greatest.get(rates)
  if (most === undefined) {
    most = rates.reduce((so, rate) => Math.max(so, Math.abs(rate)), 0)
    greatest.set(rates, most)
  }
  return most
}

/**
 * Adds the products of two columns, row by row: as many calls of `addProduct`, but the sum is split once.
 *
 * @param milliWh whole, >= 0, from row 0
 * @param energy their sum
 * @param rates µ$ per kWh, whole, from row `from`; they do not change any more
 */
export function addProducts(
  sum: ExactSum,
  milliWh: Int32Array,
  energy: number,
  rates: Int32Array,
  from: number,
  count: number,
): void {
  if (energy === 0) return
  if (energy * greatestOf(rates) >= EXACT) {
    for (let at = 0; at < count; at++) addProduct(sum, milliWh[at], rates[from + at])
    return
  }
  // Two sums that do not wait for each other.
  let even = sum.millionths
  let odd = 0
  const pairs = count & ~1
  for (let at = 0; at < pairs; at += 2) {
    even += milliWh[at] * rates[from + at]
    odd += milliWh[at + 1] * rates[from + at + 1]
  }
  if (pairs < count) even += milliWh[pairs] * rates[from + pairs]
  const parts = even + odd
  const whole = Math.floor(parts / 1_000_000)
  sum.whole += whole
  sum.millionths = parts - whole * 1_000_000
}

/** Nearest whole micro-dollar; a half rounds up. */
export const roundedMicroUsd = (sum: ExactSum): number => sum.whole + (sum.millionths >= 500_000 ? 1 : 0)
