/**
 * Shares a whole total among whole claims in proportion, without a remainder: each gets the floor of
 * its part, and what is left goes to the largest fractions (on a tie, to the first). No share exceeds
 * its claim. With `total = Σ claims` everyone gets the claim itself.
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
    // Exact below 2^53: claims are under 2^31 and sums of a community under 2^21 of them.
    shares[at] = Math.floor((claims[at] / sum) * total)
    while (shares[at] > claims[at]) shares[at]--
    left -= shares[at]
  }
  while (left > 0) {
    let best = -1
    let bestFraction = -1
    for (let at = 0; at < claims.length; at++) {
      if (shares[at] >= claims[at]) continue
      const fraction = (claims[at] / sum) * total - shares[at]
      if (fraction > bestFraction) {
        best = at
        bestFraction = fraction
      }
    }
    shares[best]++
    left--
  }
}
