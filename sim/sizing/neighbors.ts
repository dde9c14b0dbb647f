import type { SizingNeighbors } from '../../data/sizing-result.ts'
import { microUsdFromUsd } from '../../data/units.ts'
import { jointSurplus, whyNoPrice } from '../../models/tariff/joint-surplus.ts'
import type { SizingHome } from './home.ts'
import { billYear, sumUsd } from './year.ts'

/** A neighbor's panels, and what its electricity costs on the way. */
export interface NeighborTerms {
  readonly sellerPanelsKw: number
  readonly deliveryUsdPerKwh: number
  readonly feeUsdPerKwh: number
  readonly legal: string
}

export interface NeighborYear {
  readonly billUsd: number
  readonly facts: SizingNeighbors
}

/**
 * A year without a plant, next to a neighbor with the same use and panels: in every hour the home may buy what the neighbor
 * exports, at the middle of the two limits — what the seller would get from the utility, and what the buyer avoids
 * after delivery and fee. Below zero nothing is bought. The seller's limit is the least that an export may bring it, so
 * that the estimate favors trading.
 */
export function neighborYear(home: SizingHome, terms: NeighborTerms): NeighborYear {
  const { loadKwh, sunKwhPerKw, sunLimitKwhPerKw, plan, axis, months } = home
  const { sellerPanelsKw, deliveryUsdPerKwh, feeUsdPerKwh, legal } = terms
  const forgoneUsd = plan.exportValue.leastMicroUsdPerKwh / 1e6
  const bought = new Float64Array(axis.count)
  const importMilliWh = new Float64Array(axis.count)
  const paid = new Float64Array(months.names.length)
  const fees = new Float64Array(months.names.length)
  const kwhOfMonth = new Float64Array(months.names.length)
  const range = { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY, usd: 0, kwh: 0 }
  let best = { avoided: 0, surplus: Number.NEGATIVE_INFINITY }
  for (let step = 0; step < axis.count; step++) {
    const avoided = plan.priceMicroUsdPerKwh[step] / 1e6
    const sold = plan.exportMicroUsdPerKwh === null ? forgoneUsd : plan.exportMicroUsdPerKwh[step] / 1e6
    const surplus = jointSurplus(avoided, deliveryUsdPerKwh + feeUsdPerKwh, sold)
    range.least = Math.min(range.least, surplus)
    range.most = Math.max(range.most, surplus)
    if (surplus > best.surplus) best = { avoided, surplus }
    const solar = Math.min(sunKwhPerKw[step], sunLimitKwhPerKw) * sellerPanelsKw
    const kwh = surplus > 0 ? Math.min(loadKwh[step], Math.max(0, solar - loadKwh[step])) : 0
    bought[step] = Math.round(kwh * 1e6)
    importMilliWh[step] = Math.round(loadKwh[step] * 1e6) - bought[step]
    if (bought[step] === 0) continue
    const month = months.ofStep[step]
    const price = sold + surplus / 2
    kwhOfMonth[month] += bought[step]
    paid[month] += (bought[step] / 1e6) * price
    fees[month] += (bought[step] / 1e6) * feeUsdPerKwh
    range.usd += (bought[step] / 1e6) * price
    range.kwh += bought[step] / 1e6
  }
  // Delivery of a neighbor's energy is a line of the bill: the tariff's own rules have it.
  const withDelivery = { ...plan, terms: { ...plan.terms, peerDeliveryUsdPerKwh: deliveryUsdPerKwh } }
  const bills = billYear(
    home,
    withDelivery,
    { importMilliWh, exportMilliWh: new Float64Array(axis.count) },
    0,
    ({ trades }, month) => {
      trades.peerBoughtMilliWh += kwhOfMonth[month]
      trades.peerPaidMicroUsd += microUsdFromUsd(paid[month])
      trades.platformFeeMicroUsd += microUsdFromUsd(fees[month])
    },
  )
  return {
    billUsd: sumUsd(bills),
    facts: {
      surplusMinUsdPerKwh: range.least,
      surplusMaxUsdPerKwh: range.most,
      boughtKwhPerYear: range.kwh,
      meanPriceUsdPerKwh: range.kwh > 0 ? range.usd / range.kwh : null,
      deliveryUsdPerKwh,
      feeUsdPerKwh,
      sellerPanelsKw,
      netting: plan.exportValue.netting,
      whyNothing:
        range.most > 0
          ? ''
          : whyNoPrice(
              best.avoided,
              deliveryUsdPerKwh + feeUsdPerKwh,
              best.avoided - deliveryUsdPerKwh - feeUsdPerKwh - best.surplus,
            ),
      legal,
    },
  }
}
