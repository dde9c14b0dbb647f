/**
 * Money of rates without loss: energy in whole milliwatt-hours times rates in whole nano-dollars gives units of
 * 1e-15 USD, which big integers hold; a line is rounded to whole micro-dollars once.
 */
const PER_MICRO_USD = 1_000_000_000n

/** Nearest whole nano-dollar: rates of up to nine decimals are exact. */
export const nanoUsd = (usd: number): bigint => BigInt(Math.round(usd * 1e9))

/** `milliWh × nano-dollars per kWh`, in 1e-15 USD. */
export const product = (milliWh: number, nanoUsdPerKwh: bigint): bigint => BigInt(milliWh) * nanoUsdPerKwh

/** Nearest whole micro-dollar of `numerator / denominator` × 1e-15 USD; a half is rounded up. */
export function microUsdOf(numerator: bigint, denominator = 1n): number {
  const unit = PER_MICRO_USD * denominator
  const doubled = 2n * numerator + unit
  const quotient = doubled / (2n * unit)
  // BigInt division truncates toward zero; the floor is wanted.
  return Number(doubled < 0n && quotient * 2n * unit !== doubled ? quotient - 1n : quotient)
}
