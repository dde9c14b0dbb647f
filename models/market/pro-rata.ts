import { assert } from '../../data/errors.ts'

/**
 * Shares a whole total among whole claims in proportion, by largest remainder: each gets the floor of
 * its part, and what is left goes one by one to the largest remainders, on a tie to the first. No share
 * exceeds its claim, and the shares sum to the total; when the total covers the claims, everyone gets
 * the claim itself. Remainders are exact while claim × total is below 2^53 (100 kWh × 90 kWh), to the
 * double's last bit above.
 *
 * @param claims whole, >= 0
 * @param total whole, >= 0
 * @param shares is overwritten
 */
export function shareProRata(claims: Int32Array, total: number, shares: Int32Array): void {
  let sum = 0
  for (let at = 0; at < claims.length; at++) sum += claims[at]
  if (total >= sum) {
    shares.set(claims)
    return
  }
  let left = total
  for (let at = 0; at < claims.length; at++) {
    const product = claims[at] * total
    let share = Math.floor(product / sum)
    // A quotient just below a whole number may have been rounded up to it.
    if (share * sum > product) share--
    shares[at] = share
    left -= share
  }
  assert(left >= 0, 'more was shared than there was')
  if (left > FEW) giveToLargest(claims, total, sum, shares, left)
  else for (; left > 0; left--) shares[largestRemainder(claims, total, sum, shares)]++
}

/** Up to so many units are handed out one by one, faster than by sorting. */
const FEW = 8

function largestRemainder(claims: Int32Array, total: number, sum: number, shares: Int32Array): number {
  let best = -1
  let most = Number.NEGATIVE_INFINITY
  for (let at = 0; at < claims.length; at++) {
    const remainder = claims[at] * total - shares[at] * sum
    if (remainder > most && shares[at] < claims[at]) {
      best = at
      most = remainder
    }
  }
  return best
}

/** Scratch: the remainders, and the same in some order. */
let remainders = new Float64Array(0)
let ranked = new Float64Array(0)

/** One unit to each of the `count` largest remainders, of the equal ones at the edge to the first. */
function giveToLargest(
  claims: Int32Array,
  total: number,
  sum: number,
  shares: Int32Array,
  count: number,
): void {
  const { length } = claims
  if (remainders.length !== length) {
    remainders = new Float64Array(length)
    ranked = new Float64Array(length)
  }
  for (let at = 0; at < length; at++)
    remainders[at] =
      shares[at] < claims[at] ? claims[at] * total - shares[at] * sum : Number.NEGATIVE_INFINITY
  ranked.set(remainders)
  const edge = nthSmallest(ranked, length - count)
  let left = count
  for (let at = 0; at < length; at++) {
    if (remainders[at] <= edge) continue
    shares[at]++
    left--
  }
  for (let at = 0; left > 0; at++) {
    if (remainders[at] !== edge) continue
    shares[at]++
    left--
  }
}

/** The value that would stand at a place if the column were sorted (Hoare's FIND); the column is put in another order. */
export function nthSmallest(values: Float64Array, place: number): number {
  let from = 0
  let to = values.length - 1
  while (from < to) {
    const pivot = values[place]
    let low = from
    let high = to
    while (low <= high) {
      while (values[low] < pivot) low++
      while (values[high] > pivot) high--
      if (low > high) break
      const kept = values[low]
      values[low++] = values[high]
      values[high--] = kept
    }
    if (high < place) from = low
    if (low > place) to = high
  }
  return values[place]
}
