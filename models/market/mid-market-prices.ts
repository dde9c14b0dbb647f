/**
 * The mid-market rate as the literature writes it: everybody on the longer side trades with neighbors
 * and with the utility at one blended price. All prices in USD per kWh.
 */
export interface BlendedPrices {
  /** Paid by every buyer for all of its deficit. */
  readonly buyUsdPerKwh: number
  /** Paid to every seller for all of its surplus. */
  readonly sellUsdPerKwh: number
}

/**
 * With `mid = (λ_b + λ_s) / 2`: D <= S: buyers pay mid, sellers get `(mid·D + λ_s·(S − D)) / S`; D > S:
 * sellers get mid, buyers pay `(mid·S + λ_b·(D − S)) / D` (Tushar et al., IEEE Access 2018, and the
 * `rule` of the sharing references). Equal, but for rounding, to what `clearMidMarket` and the utility
 * settle together; reports print it, references are checked with it.
 *
 * @param surplus S, sum of the sellers' surplus in any unit of energy, >= 0
 * @param deficit D, sum of the buyers' deficit in the same unit, >= 0
 * @param avoidedUsdPerKwh λ_b, what the buyer avoids, charges taken off; at least λ_s
 * @param forgoneUsdPerKwh λ_s, what the seller forgoes
 */
export function blendedMidMarket(
  surplus: number,
  deficit: number,
  avoidedUsdPerKwh: number,
  forgoneUsdPerKwh: number,
): BlendedPrices {
  const mid = (avoidedUsdPerKwh + forgoneUsdPerKwh) / 2
  if (deficit <= surplus) {
    const beyond = surplus - deficit
    const sellUsdPerKwh =
      surplus === 0 ? forgoneUsdPerKwh : (mid * deficit + forgoneUsdPerKwh * beyond) / surplus
    return { buyUsdPerKwh: mid, sellUsdPerKwh }
  }
  const beyond = deficit - surplus
  return { buyUsdPerKwh: (mid * surplus + avoidedUsdPerKwh * beyond) / deficit, sellUsdPerKwh: mid }
}
