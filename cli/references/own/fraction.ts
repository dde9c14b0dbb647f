/** Exact fractions of big integers, for references that share no arithmetic with the models. */

/** Numerator and denominator; the denominator is positive. */
export type Fraction = readonly [bigint, bigint]

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))
export function fraction(n: bigint, d: bigint): Fraction {
  const common = gcd(n < 0n ? -n : n, d)
  return common === 0n ? [0n, 1n] : [n / common, d / common]
}
export const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * d + c * b, b * d)
export const minus = (a: Fraction, [c, d]: Fraction): Fraction => plus(a, [-c, d])
export const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * c, b * d)
export const over = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * d, b * c)
export const below = ([a, b]: Fraction, [c, d]: Fraction): boolean => a * d < c * b
export const least = (first: Fraction, ...others: Fraction[]): Fraction =>
  others.reduce((low, other) => (below(other, low) ? other : low), first)
export const ZERO: Fraction = [0n, 1n]
export const atLeastZero = (value: Fraction): Fraction => (below(value, ZERO) ? ZERO : value)
export const sum = (values: readonly Fraction[]): Fraction => values.reduce(plus, ZERO)

/** Cut after 12 decimals, as a number. */
export const double = ([n, d]: Fraction): number => Number((n * 10n ** 12n) / d) / 1e12
/** Six decimals, a half up; the value is >= 0. */
export function decimals([n, d]: Fraction): string {
  const scaled = (2n * n * 1_000_000n + d) / (2n * d)
  return `${scaled / 1_000_000n}.${String(scaled % 1_000_000n).padStart(6, '0')}`
}

/** As the formatter writes it: lists of numbers stay on one line. */
export const asJson = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(/\[(?:\s*"\w+",)?[\s\d.,]+\]/g, (list) => JSON.stringify(JSON.parse(list)).replaceAll(',', ', '))}\n`
