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

/** Nearest whole micro-dollar; a half rounds up. */
export const roundedMicroUsd = (sum: ExactSum): number => sum.whole + (sum.millionths >= 500_000 ? 1 : 0)
