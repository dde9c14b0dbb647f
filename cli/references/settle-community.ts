import { microUsdFromUsd, milliWhFromKwh, mulDivMillionCeil } from '../../data/units.ts'
import { match, newMatches } from '../../models/market/match.ts'
import { newClearing } from '../../models/market/mechanism.ts'
import { blendedMidMarket } from '../../models/market/mid-market-prices.ts'
import { clearMidMarket } from '../../models/market/mid-market.ts'
import {
  type BillRules,
  meterInterval,
  monthBill,
  type MonthMeter,
  monthMeter,
} from '../../models/tariff/bill.ts'
import { jointSurplus } from '../../models/tariff/joint-surplus.ts'
import type { ReferenceHome } from './homes.ts'

/** What our bill, clearing and matching models say of the community, USD and kWh. */
export interface Settlement {
  readonly tradedKwh: number
  readonly pooledUsd: number
  /** Of all homes, each dealing with the utility alone. */
  readonly sumIndividualUsd: number
  /** Joint surplus of everything traded. */
  readonly gainUsd: number
  readonly individualUsd: readonly number[]
  /** By blended prices, in doubles. */
  readonly midMarketUsd: Float64Array
  /** As a ledger settles: whole micro-dollars, each trade rounded up. */
  readonly settledUsd: readonly number[]
  /** Trades that each home took part in. */
  readonly settlements: Int32Array
}

/** A community without batteries under a flat export price, row by row; `price` in USD/kWh. */
export function settleCommunity(
  homes: readonly ReferenceHome[],
  price: Float64Array,
  exportPrice: number,
): Settlement {
  const count = homes.length
  const clearing = newClearing(count)
  const matches = newMatches(count)
  const surplus = new Int32Array(count)
  const deficit = new Int32Array(count)
  const alone = homes.map(() => monthMeter())
  const shared = homes.map(() => monthMeter())
  const pool = monthMeter()
  const everyone = monthMeter()
  const midMarketUsd = new Float64Array(count)
  const settlements = new Int32Array(count)
  let traded = 0
  let gainUsd = 0
  for (let row = 0; row < price.length; row++) {
    const retail = microUsdFromUsd(price[row])
    let supply = 0
    let demand = 0
    for (let home = 0; home < count; home++) {
      const net = milliWhFromKwh(homes[home].loadKwh[row]) - milliWhFromKwh(homes[home].solarKwh[row])
      surplus[home] = Math.max(0, -net)
      deficit[home] = Math.max(0, net)
      supply += surplus[home]
      demand += deficit[home]
    }
    const worth = {
      avoidedMicroUsdPerKwh: retail,
      chargesMicroUsdPerKwh: 0,
      forgoneMicroUsdPerKwh: microUsdFromUsd(exportPrice),
    }
    clearMidMarket(surplus, deficit, worth, clearing)
    match(clearing, row, matches)
    traded += clearing.tradedMilliWh
    gainUsd += (clearing.tradedMilliWh / 1e6) * jointSurplus(price[row], 0, exportPrice)
    meterInterval(everyone, demand, supply, retail)
    meterInterval(pool, Math.max(0, demand - supply), Math.max(0, supply - demand), retail)
    for (let pair = 0; pair < matches.count; pair++) {
      const paid = mulDivMillionCeil(matches.milliWh[pair], clearing.rateMicroUsdPerKwh)
      shared[matches.buyer[pair]].peerPaidMicroUsd += paid
      shared[matches.seller[pair]].peerReceivedMicroUsd += paid
      settlements[matches.buyer[pair]]++
      settlements[matches.seller[pair]]++
    }
    const blended = blendedMidMarket(supply, demand, price[row], exportPrice)
    for (let home = 0; home < count; home++) {
      meterInterval(alone[home], deficit[home], surplus[home], retail)
      meterInterval(
        shared[home],
        deficit[home] - clearing.bought[home],
        surplus[home] - clearing.sold[home],
        retail,
      )
      midMarketUsd[home] +=
        (deficit[home] * blended.buyUsdPerKwh - surplus[home] * blended.sellUsdPerKwh) / 1e6
    }
  }
  const rules: BillRules = {
    exportKind: 'flat',
    exportMicroUsdPerKwh: microUsdFromUsd(exportPrice),
    peerDeliveryMicroUsdPerKwh: 0,
    fixedMicroUsdPerMonth: 0,
    discountFraction: 0,
  }
  const usd = (meter: MonthMeter) => monthBill(meter, rules, 1).netMicroUsd / 1e6
  return {
    tradedKwh: traded / 1e6,
    pooledUsd: usd(pool),
    sumIndividualUsd: usd(everyone),
    gainUsd,
    individualUsd: alone.map(usd),
    midMarketUsd,
    settledUsd: shared.map(usd),
    settlements,
  }
}
