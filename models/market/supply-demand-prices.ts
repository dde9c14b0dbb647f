import type { BlendedPrices } from './mid-market-prices.ts'

/**
 * Price between neighbors by the ratio `R = S / D` (Liu et al., IEEE Transactions on Power Systems 32, 2017):
 * `p = λ_b λ_s / ((λ_b − λ_s) R + λ_s)` for R ≤ 1, λ_s beyond. λ_b at R → 0, λ_s at 1.
 *
 * @param supply S, in any unit of energy, >= 0
 * @param demand D, in the same unit, >= 0; not both zero
 * @param buyPrice λ_b, in any unit of money for energy
 * @param sellPrice λ_s, in the same; at most λ_b
 */
export function ratioPrice(supply: number, demand: number, buyPrice: number, sellPrice: number): number {
  if (supply >= demand) return sellPrice
  if (supply === 0) return buyPrice
  const ratio = supply / demand
  return (buyPrice * sellPrice) / ((buyPrice - sellPrice) * ratio + sellPrice)
}

/**
 * The same as the literature writes it, everybody dealing at two prices: sellers get p; buyers pay `p R + λ_b (1 − R)`
 * while R ≤ 1, and p beyond. Equal, but for rounding, to what `clearSupplyDemandRatio` and the utility settle
 * together: with R > 1 the surplus that no neighbor takes earns λ_s from the utility as well.
 */
export function blendedSupplyDemand(
  supply: number,
  demand: number,
  buyUsdPerKwh: number,
  sellUsdPerKwh: number,
): BlendedPrices {
  if (supply >= demand) return { buyUsdPerKwh: sellUsdPerKwh, sellUsdPerKwh }
  const price = ratioPrice(supply, demand, buyUsdPerKwh, sellUsdPerKwh)
  const ratio = supply / demand
  return { buyUsdPerKwh: price * ratio + buyUsdPerKwh * (1 - ratio), sellUsdPerKwh: price }
}
