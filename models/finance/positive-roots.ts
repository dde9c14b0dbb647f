/**
 * Every simple root in (0, 1] of a polynomial `Σ c_k x^k`, ascending; exact to a rounding of the evaluation.
 *
 * Written as `P(x) − N(x)` with the positive and the negative coefficients apart, both parts grow with x on x ≥ 0, so
 * `[P(a) − N(b), P(b) − N(a)]` encloses the polynomial on [a, b]; the same encloses its derivative. An interval whose
 * enclosure leaves zero out has no root; one on which the derivative's does is monotone and has one exactly if its
 * ends differ in sign; any other is halved (Moore, Interval Analysis, 1966). A root that two halves of an interval
 * too short to split still may hold is a double one, or a pair that doubles cannot tell apart: it is listed once where
 * the polynomial touches zero within rounding.
 *
 * @param coefficients of x^0, x^1, …
 */
export function rootsInUnitInterval(coefficients: readonly number[]): number[] {
  const roots: number[] = []
  const slope = coefficients.slice(1).map((value, at) => value * (at + 1))
  const pending: [number, number][] = [[0, 1]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [low, high] = next
    if (!mayVanish(coefficients, low, high)) continue
    if (!mayVanish(slope, low, high)) {
      const root = rootBetween(coefficients, low, high)
      if (root !== null) roots.push(root)
      continue
    }
    const middle = (low + high) / 2
    if (high - low <= SHORTEST * high) {
      if (touchesZero(coefficients, middle)) roots.push(middle)
      continue
    }
    pending.push([middle, high], [low, middle])
  }
  return roots
    .toSorted((one, other) => one - other)
    .filter((root, at, all) => at === 0 || apart(root, all[at - 1]))
}

/** Intervals shorter than this part of their end are not halved again. */
const SHORTEST = 2 ** -26

/** Neighbors closer than that are one root, found from both sides of a seam. */
const apart = (root: number, before: number): boolean => root - before > 4 * SHORTEST * root

/** Values of the parts with positive and with negative coefficients, at x >= 0; both >= 0. */
function parts(coefficients: readonly number[], x: number): [positive: number, negative: number] {
  let positive = 0
  let negative = 0
  for (let power = coefficients.length - 1; power >= 0; power--) {
    const value = coefficients[power]
    positive = positive * x + Math.max(value, 0)
    negative = negative * x + Math.max(-value, 0)
  }
  return [positive, negative]
}

function mayVanish(coefficients: readonly number[], low: number, high: number): boolean {
  const [positiveLow, negativeLow] = parts(coefficients, low)
  const [positiveHigh, negativeHigh] = parts(coefficients, high)
  return positiveLow <= negativeHigh && negativeLow <= positiveHigh
}

const valueAt = (coefficients: readonly number[], x: number): number => {
  const [positive, negative] = parts(coefficients, x)
  return positive - negative
}

/** Zero within the rounding of its own terms. */
function touchesZero(coefficients: readonly number[], x: number): boolean {
  const [positive, negative] = parts(coefficients, x)
  return Math.abs(positive - negative) <= 2 ** -48 * (positive + negative)
}

/** The root of a monotone polynomial in [low, high], by halving to the last bit; null when the ends agree in sign. */
function rootBetween(coefficients: readonly number[], low: number, high: number): number | null {
  const signLow = Math.sign(valueAt(coefficients, low))
  if (signLow === 0) return low === 0 ? null : low
  const signHigh = Math.sign(valueAt(coefficients, high))
  if (signHigh === 0) return high
  if (signLow === signHigh) return null
  let [from, to] = [low, high]
  for (;;) {
    const middle = from + (to - from) / 2
    if (middle <= from || middle >= to) return middle
    const sign = Math.sign(valueAt(coefficients, middle))
    if (sign === 0) return middle
    if (sign === signLow) from = middle
    else to = middle
  }
}
