import { microUsdFromUsd, milliWhFromKwh, mulDivMillionCeil } from '../../data/units.ts'
import { clearInterval } from '../../models/market/clear.ts'
import { type Mechanism, newBook, newClearing, plainMembers } from '../../models/market/mechanism.ts'
import { type BlendedPrices, blendedMidMarket } from '../../models/market/mid-market-prices.ts'
import { clearMidMarket } from '../../models/market/mid-market.ts'
import { blendedSupplyDemand } from '../../models/market/supply-demand-prices.ts'
import { clearSupplyDemandRatio } from '../../models/market/supply-demand-ratio.ts'
import {
  type BillRules,
  meterInterval,
  monthBill,
  type MonthMeter,
  monthMeter,
} from '../../models/tariff/bill.ts'
import { jointSurplus } from '../../models/tariff/joint-surplus.ts'
import type { ReferenceHome } from './homes.ts'

/** One way of sharing, by home, USD. */
export interface Shared {
  /** By blended prices, in doubles. */
  readonly blendedUsd: Float64Array
  /** As a ledger settles: whole micro-dollars, each trade rounded up. */
  readonly settledUsd: readonly number[]
  /** Trades that each home took part in. */
  readonly settlements: Int32Array
  /** What buyers paid neighbors less what sellers received, µ$: must be 0. */
  readonly leftOverMicroUsd: number
}

/** What our bill, clearing and matching models say of the community, USD and kWh. */
export interface Settlement {
  readonly tradedKwh: number
  readonly pooledUsd: number
  /** Of all homes, each dealing with the utility alone. */
  readonly sumIndividualUsd: number
  /** Joint surplus of everything traded. */
  readonly gainUsd: number
  readonly individualUsd: readonly number[]
  readonly midMarket: Shared
  readonly supplyDemandRatio: Shared
}

type Blend = (supply: number, demand: number, buy: number, sell: number) => BlendedPrices

/** A community without batteries under a flat export price, row by row; `price` in USD/kWh. */
export function settleCommunity(
  homes: readonly ReferenceHome[],
  price: Float64Array,
  exportPrice: number,
): Settlement {
  const nets = homes.map(({ loadKwh, solarKwh }) =>
    Int32Array.from(loadKwh, (load, row) => milliWhFromKwh(load) - milliWhFromKwh(solarKwh[row])),
  )
  const rules: BillRules = {
    exportKind: 'flat',
    exportMicroUsdPerKwh: microUsdFromUsd(exportPrice),
    peerDeliveryMicroUsdPerKwh: 0,
    fixedMicroUsdPerMonth: 0,
    discountFraction: 0,
  }
  const usd = (meter: MonthMeter) => monthBill(meter, rules, 1).netMicroUsd / 1e6
  const alone = homes.map(() => monthMeter())
  const pool = monthMeter()
  const everyone = monthMeter()
  let traded = 0
  let gainUsd = 0
  for (let row = 0; row < price.length; row++) {
    const retail = microUsdFromUsd(price[row])
    let supply = 0
    let demand = 0
    for (let home = 0; home < homes.length; home++) {
      const net = nets[home][row]
      supply += Math.max(0, -net)
      demand += Math.max(0, net)
      meterInterval(alone[home], Math.max(0, net), Math.max(0, -net), retail)
    }
    meterInterval(everyone, demand, supply, retail)
    meterInterval(pool, Math.max(0, demand - supply), Math.max(0, supply - demand), retail)
    traded += Math.min(supply, demand)
    gainUsd += (Math.min(supply, demand) / 1e6) * jointSurplus(price[row], 0, exportPrice)
  }
  return {
    tradedKwh: traded / 1e6,
    pooledUsd: usd(pool),
    sumIndividualUsd: usd(everyone),
    gainUsd,
    individualUsd: alone.map(usd),
    midMarket: share(nets, price, exportPrice, clearMidMarket, blendedMidMarket, usd),
    supplyDemandRatio: share(nets, price, exportPrice, clearSupplyDemandRatio, blendedSupplyDemand, usd),
  }
}

function share(
  nets: readonly Int32Array[],
  price: Float64Array,
  exportPrice: number,
  mechanism: Mechanism,
  blend: Blend,
  usd: (meter: MonthMeter) => number,
): Shared {
  const count = nets.length
  const book = newBook(count)
  const clearing = newClearing(count)
  const { pairs } = clearing
  const members = plainMembers(count)
  const meters = nets.map(() => monthMeter())
  const blendedUsd = new Float64Array(count)
  const settlements = new Int32Array(count)
  book.ask.fill(microUsdFromUsd(exportPrice))
  for (let row = 0; row < price.length; row++) {
    const retail = microUsdFromUsd(price[row])
    book.bid.fill(retail)
    let supply = 0
    let demand = 0
    for (let home = 0; home < count; home++) {
      supply += book.surplus[home] = Math.max(0, -nets[home][row])
      demand += book.deficit[home] = Math.max(0, nets[home][row])
    }
    clearInterval(mechanism, book, members, row, clearing)
    for (let pair = 0; pair < pairs.count; pair++) {
      const paid = mulDivMillionCeil(pairs.milliWh[pair], pairs.rateMicroUsdPerKwh[pair])
      meters[pairs.buyer[pair]].peerPaidMicroUsd += paid
      meters[pairs.seller[pair]].peerReceivedMicroUsd += paid
      settlements[pairs.buyer[pair]]++
      settlements[pairs.seller[pair]]++
    }
    const blended = blend(supply, demand, price[row], exportPrice)
    for (let home = 0; home < count; home++) {
      const surplus = book.surplus[home]
      const deficit = book.deficit[home]
      meterInterval(meters[home], deficit - clearing.bought[home], surplus - clearing.sold[home], retail)
      blendedUsd[home] += (deficit * blended.buyUsdPerKwh - surplus * blended.sellUsdPerKwh) / 1e6
    }
  }
  return {
    blendedUsd,
    settledUsd: meters.map(usd),
    settlements,
    leftOverMicroUsd: meters.reduce(
      (sum, { peerPaidMicroUsd, peerReceivedMicroUsd }) => sum + peerPaidMicroUsd - peerReceivedMicroUsd,
      0,
    ),
  }
}
