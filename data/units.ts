/**
 * Units at the borders. Energy on ledgers and in results is counted in whole milliwatt-hours
 * (names end in `MilliWh`, never `Mwh`, which a reader would take for megawatt-hours), money in
 * whole micro-dollars (`MicroUsd`). A JavaScript number holds both exactly up to 2^53.
 */
export const MILLI_WH_PER_KWH = 1_000_000
export const MICRO_USD_PER_USD = 1_000_000

/** Kilowatt-hours as a number for people; exact whenever the double next to it is. */
export const kwhFromMilliWh = (milliWh: number): number => milliWh / MILLI_WH_PER_KWH

/** Nearest whole milliwatt-hour. For a series, round the running sum and difference it instead. */
export const milliWhFromKwh = (kwh: number): number => Math.round(kwh * MILLI_WH_PER_KWH)

export const usdFromMicroUsd = (microUsd: number): number => microUsd / MICRO_USD_PER_USD
export const microUsdFromUsd = (usd: number): number => Math.round(usd * MICRO_USD_PER_USD)

/** Below this, the quotient of a product by a million is never rounded to a wrong whole number. */
const EXACT_QUOTIENT = 2 ** 51

/**
 * Exact `floor(a · b / 1e6)` for non-negative whole a and b, where the product may pass 2^53.
 * Valid while a/1e6 · b and 1e6 · b stay below 2^53: a < 9e15, b < 9e9.
 */
export function mulDivMillionFloor(a: number, b: number): number {
  const product = a * b
  if (product < EXACT_QUOTIENT) return Math.floor(product / 1_000_000)
  const high = Math.floor(a / 1_000_000)
  return high * b + Math.floor(((a - high * 1_000_000) * b) / 1_000_000)
}

/** Exact `ceil(a · b / 1e6)`, same domain as the floor. */
export function mulDivMillionCeil(a: number, b: number): number {
  const product = a * b
  if (product < EXACT_QUOTIENT) return Math.ceil(product / 1_000_000)
  const high = Math.floor(a / 1_000_000)
  return high * b + Math.ceil(((a - high * 1_000_000) * b) / 1_000_000)
}
