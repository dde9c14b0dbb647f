import { clearNothing, type Clearing, type Worth } from './mechanism.ts'
import { shareProRata } from './pro-rata.ts'

/**
 * Mid-market rate: what can be traded is the smaller of the two sides, shared in proportion on the
 * longer one, at the middle between what the buyer saves after charges and what the seller forgoes:
 * `p = ⌊(λ_b − charges + λ_s) / 2⌋`. Per home and interval this is the same money as the usual form,
 * in which the longer side is paid a blended price. Where `λ_b − charges < λ_s` nothing is traded.
 */
export function clearMidMarket(
  surplus: Int32Array,
  deficit: Int32Array,
  worth: Worth,
  clearing: Clearing,
): void {
  clearNothing(clearing)
  let supply = 0
  let demand = 0
  for (let home = 0; home < surplus.length; home++) {
    supply += surplus[home]
    demand += deficit[home]
  }
  const traded = Math.min(supply, demand)
  if (traded === 0) return
  const most = worth.avoidedMicroUsdPerKwh - worth.chargesMicroUsdPerKwh
  if (most < worth.forgoneMicroUsdPerKwh) {
    clearing.noPrice = true
    return
  }
  shareProRata(surplus, traded, clearing.sold)
  shareProRata(deficit, traded, clearing.bought)
  clearing.tradedMilliWh = traded
  clearing.rateMicroUsdPerKwh = Math.floor((most + worth.forgoneMicroUsdPerKwh) / 2)
}
