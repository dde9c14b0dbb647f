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

/** Rates of intervals in a row, whole µ$ per kWh, and what sums over them need to know; the rates do not change any more. */
export interface RateColumn {
  readonly rates: Int32Array
  /** The greatest rate, without its sign. */
  readonly greatest: number
  /** By row: the first row after it that has another rate. */
  readonly until: Uint32Array
}

const columns = new WeakMap<Int32Array, RateColumn>()

/** What sums need to know of a column of rates; looked for once. */
export function rateColumn(rates: Int32Array): RateColumn {
  let column = columns.get(rates)
  if (column === undefined) {
    const greatest = rates.reduce((so, rate) => Math.max(so, Math.abs(rate)), 0)
    const until = new Uint32Array(rates.length)
    for (let at = rates.length - 1; at >= 0; at--)
      until[at] = rates[at] === rates[at + 1] ? until[at + 1] : at + 1
    column = { rates, greatest, until }
    columns.set(rates, column)
  }
  return column
}

/** Have `count` intervals from `from` on all the same rate? */
export const isOneRate = ({ until }: RateColumn, from: number, count: number): boolean =>
  until[from] >= from + count

/**
 * Adds the products of two columns, row by row: as many calls of `addProduct`, but the sum is split once.
 *
 * @param milliWh whole, >= 0, from row 0; not looked at where all have one rate
 * @param energy their sum
 * @param column rates from row `from`
 */
export function addProducts(
  sum: ExactSum,
  milliWh: Int32Array,
  energy: number,
  column: RateColumn,
  from: number,
  count: number,
): void {
  if (energy === 0) return
  const { rates, greatest } = column
  if (isOneRate(column, from, count)) {
    addProduct(sum, energy, rates[from])
    return
  }
  if (energy * greatest >= EXACT) {
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
