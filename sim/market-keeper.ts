import type { MarketResult } from '../data/run-files.ts'
import { mulDivMillionCeil } from '../data/units.ts'
import { clearInterval } from '../models/market/clear.ts'
import {
  type Book,
  type Clearing,
  clearNothing,
  type Members,
  newBook,
  newClearing,
} from '../models/market/mechanism.ts'
import { MECHANISMS } from '../models/market/registry.ts'
import { type PriceLimits, setPrices } from '../models/market/worth.ts'
import { jointSurplus, whyNoPrice } from '../models/tariff/joint-surplus.ts'
import type { Scenario } from '../scenarios/schema.ts'
import type { HomeBooks } from './bills.ts'
import { Deals } from './deals.ts'
import type { HomeAccounts } from './home-accounts.ts'
import type { IntervalFlows } from './interval-flows.ts'
import type { MarketArea } from './market-area.ts'
import { marketMembers } from './market-members.ts'
import { MarketWorth } from './market-worth.ts'
import type { StorageStock } from './storage-stock.ts'

/** Clears every interval of a community, and remembers what the market did. */
export class MarketKeeper {
  readonly clearing: Clearing
  readonly members: Members & PriceLimits
  readonly worth: MarketWorth
  /** Every home's order of the interval, before anyone's balance limits it. */
  readonly book: Book
  /** The interval's matches by lot and use. */
  readonly deals: Deals
  /** Sums of both sides in the interval at hand, milliwatt-hours. */
  supply = 0
  demand = 0
  /** Mean rate paid to sellers in the interval at hand, µ$ per kWh; −1: nothing was traded. */
  meanRate = -1
  operatorIncomeMicroUsd = 0
  #traded = 0
  #paidMicroUsd = 0
  #trades = 0
  #bothSides = 0
  #withPrice = 0
  #byLimits = 0
  #limited = 0
  /** The best pair of all intervals without a price: avoided, charges, forgone, µ$ per kWh. */
  #closest: [number, number, number] | null = null
  /** Best avoided charge less forgone credit where no price was found, µ$ per kWh, before delivery and fees. */
  #grossMax = Number.NEGATIVE_INFINITY
  readonly #scenario: Scenario
  /** The book as far as balances go. */
  readonly #payable: Book
  /** Most micro-dollars that rounding each deal up can add to what one buyer pays. */
  readonly #roundings: number
  readonly #accounts: HomeAccounts
  /** Null: tokens are off. */
  readonly #stock: StorageStock | null
  /** By home, since the books were last told: paid to neighbors, fees, received from neighbors. */
  readonly #paid: Float64Array
  readonly #fees: Float64Array
  readonly #received: Float64Array

  constructor(scenario: Scenario, area: MarketArea, accounts: HomeAccounts, stock: StorageStock | null) {
    const homes = area.homes.length
    this.#scenario = scenario
    this.#accounts = accounts
    this.#stock = stock
    this.deals = new Deals(homes)
    this.#paid = new Float64Array(homes)
    this.#fees = new Float64Array(homes)
    this.#received = new Float64Array(homes)
    this.clearing = newClearing(homes)
    this.members = marketMembers(area, scenario)
    this.worth = new MarketWorth(scenario, area)
    this.book = newBook(homes)
    this.#payable = { ...this.book, deficit: new Int32Array(homes) }
    // A seller's storage is cut at its lots: a day's worth of them, two uses each.
    const stored = area.homes.some(
      ({ battery }) => battery?.strategy.kind !== 'self-consumption' && battery !== null,
    )
    this.#roundings = 4 * homes * (stored || area.homes.some(({ shared }) => shared) ? 600 : 1)
  }

  /** Who trades how much with whom in interval `at` of the axis; sets `peerBought` and `peerSold` of the flows. */
  clear(flows: IntervalFlows, at: number, turn: number, chargeable: Float64Array): void {
    const { book, clearing } = this
    const { mechanism } = this.#scenario.market
    this.supply = 0
    this.demand = 0
    for (let home = 0; home < flows.offer.length; home++) {
      this.supply += book.surplus[home] = flows.offer[home]
      this.demand += book.deficit[home] = flows.bid[home]
    }
    if (this.worth.at(at)) setPrices(book, this.worth.worth, this.members)
    if (this.supply > 0 && this.demand > 0) {
      this.#bothSides++
      this.#limitCredit()
      clearInterval(MECHANISMS[mechanism], this.#payable, this.members, turn, clearing)
      if (clearing.tradedMilliWh > 0) this.#withPrice++
      else this.#refuse()
    } else if (clearing.tradedMilliWh > 0) clearNothing(clearing)
    flows.peerBought.set(clearing.bought)
    flows.peerSold.set(clearing.sold)
    this.deals.count = 0
    this.meanRate = -1
    if (clearing.tradedMilliWh === 0) return
    this.deals.make(clearing.pairs, flows, this.#stock, chargeable)
    this.#book()
  }

  /** A home that could not pay for its whole deficit does not bid: the contract would refuse it. */
  #limitCredit(): void {
    const { bid, deficit } = this.book
    const { premium } = this.members
    const accounts = this.#accounts
    const fee = this.worth.feeMicroUsdPerKwh
    const payable = this.#payable.deficit
    payable.set(deficit)
    for (let home = 0; home < deficit.length; home++) {
      if (deficit[home] === 0) continue
      const most = Math.max(0, bid[home]) + premium[home] + fee
      // One micro-dollar for rounding up, for each possible deal and for the fee.
      if (mulDivMillionCeil(deficit[home], most) + this.#roundings > accounts.spendable(home)) {
        payable[home] = 0
        this.#limited++
      }
    }
  }

  /** Why nothing was traded: the best pair's saving does not cover the forgone credit and the fees, or only limits kept it. */
  #refuse(): void {
    const { avoided, charges, forgone } = this.worth.worth
    const { surplus, deficit } = this.book
    let buyer = -1
    let seller = -1
    let saved = 0
    for (let home = 0; home < surplus.length; home++) {
      if (deficit[home] > 0 && (buyer < 0 || avoided[home] - charges[home] > avoided[buyer] - charges[buyer]))
        buyer = home
      if (deficit[home] > 0 && avoided[home] > saved) saved = avoided[home]
      if (surplus[home] > 0 && (seller < 0 || forgone[home] < forgone[seller])) seller = home
    }
    const gain = jointSurplus(avoided[buyer], charges[buyer], forgone[seller])
    if (gain < 0) this.#grossMax = Math.max(this.#grossMax, saved - forgone[seller])
    if (gain >= 0) this.#byLimits++
    else if (this.#closest === null || gain > jointSurplus(...this.#closest))
      this.#closest = [avoided[buyer], charges[buyer], forgone[seller]]
  }

  #book(): void {
    const { deals } = this
    const feeRate = this.worth.feeMicroUsdPerKwh
    let value = 0
    for (let at = 0; at < deals.count; at++) {
      const seller = deals.seller[at]
      const buyer = deals.buyer[at]
      const milliWh = deals.milliWh[at]
      const rate = deals.rateMicroUsdPerKwh[at]
      const price = mulDivMillionCeil(milliWh, rate)
      const fee = mulDivMillionCeil(milliWh, feeRate)
      this.#accounts.trade(seller, buyer, price, fee)
      this.#paid[buyer] += price
      this.#fees[buyer] += fee
      this.#received[seller] += price
      this.operatorIncomeMicroUsd += fee
      value += milliWh * rate
      this.#paidMicroUsd += price
      this.#traded += milliWh
    }
    this.meanRate = Math.round(value / this.clearing.tradedMilliWh)
    this.#trades += deals.count
  }

  /** The end of a month: what the homes paid each other in it goes into their books. */
  tellBooks(books: readonly HomeBooks[]): void {
    for (const [home, book] of books.entries()) {
      book.paid(this.#paid[home], this.#fees[home])
      book.received(this.#received[home])
    }
    for (const column of [this.#paid, this.#fees, this.#received]) column.fill(0)
  }

  result(): MarketResult {
    const traded = this.#traded
    const usd = (microUsd: number) => (Number.isFinite(microUsd) ? microUsd / 1e6 : 0)
    return {
      mechanism: this.#scenario.market.mechanism,
      tradedMilliWh: traded,
      trades: this.#trades,
      intervalsWithBothSides: this.#bothSides,
      intervalsWithPrice: this.#withPrice,
      intervalsByLimits: this.#byLimits,
      intervalsCreditLimited: this.#limited,
      meanPriceUsdPerKwh: traded === 0 ? null : this.#paidMicroUsd / traded,
      jointSurplusMinUsdPerKwh: usd(this.worth.surplusMin),
      jointSurplusMaxUsdPerKwh: usd(this.worth.surplusMax),
      countedGrossMaxUsdPerKwh: this.#closest === null ? null : this.#grossMax / 1e6,
      whyNothing: traded > 0 ? '' : this.#whyNothing(),
      whyRefused: traded > 0 && this.#closest !== null ? sentence(this.#closest) : '',
    }
  }

  #whyNothing(): string {
    const { mechanism } = this.#scenario.market
    if (mechanism === 'none') return 'The scenario allows no trading.'
    if (mechanism === 'credit-allocation')
      return 'Hosts assign net-metering credits to neighbors’ bills; no energy is sold between homes.'
    if (this.#bothSides === 0) return 'No interval had both a seller and a buyer.'
    if (this.#byLimits > 0)
      return `In ${this.#byLimits} of ${this.#bothSides} intervals with a seller and a buyer a price would have paid for both, but not within the limits that they, or the community’s keys, have set.`
    // Some pair would have gained, had it known how its month ends.
    if (this.worth.surplusMax >= 0 && this.#closest !== null) return sentence(this.#closest)
    return this.worth.why()
  }
}

const sentence = ([avoided, charges, forgone]: readonly [number, number, number]): string =>
  whyNoPrice(avoided / 1e6, charges / 1e6, forgone / 1e6)
