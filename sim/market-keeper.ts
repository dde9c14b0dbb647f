import { ACCOUNT_BALANCE, ACCOUNT_LIMIT } from '../ledger/contract/columns.ts'
import type { MarketResult } from '../data/run-files.ts'
import { microUsdFromUsd, mulDivMillionCeil } from '../data/units.ts'
import { match, type Matches, newMatches } from '../models/market/match.ts'
import { type Clearing, newClearing, type Worth } from '../models/market/mechanism.ts'
import { MECHANISMS } from '../models/market/registry.ts'
import { jointSurplus, whyNoPrice } from '../models/tariff/joint-surplus.ts'
import type { Scenario } from '../scenarios/schema.ts'
import { accountOf } from './accounts.ts'
import { type Deal, dealsOf } from './deals.ts'
import type { HomeBooks } from './bills.ts'
import type { IntervalFlows } from './interval-flows.ts'
import type { LocalLedger } from '../ledger/local/ledger.ts'
import type { MarketArea } from './market-area.ts'
import type { ExportValue } from './tariff-plan.ts'

/** Clears every interval of a community, and remembers what the market did. */
export class MarketKeeper {
  readonly clearing: Clearing
  readonly matches: Matches
  /** The interval's matches by lot and use. */
  deals: readonly Deal[] = []
  /** Sums of both sides in the interval at hand, milliwatt-hours. */
  supply = 0
  demand = 0
  operatorIncomeMicroUsd = 0
  #traded = 0
  #paidMicroUsd = 0
  #trades = 0
  #bothSides = 0
  #withPrice = 0
  #limited = 0
  #surplusMin = Number.POSITIVE_INFINITY
  #surplusMax = Number.NEGATIVE_INFINITY
  readonly #scenario: Scenario
  readonly #fee: number
  readonly #delivery: number
  readonly #export: ExportValue
  /** Part of the retail price that the worst-placed buyer pays: the low-income discount takes the rest. */
  readonly #buyerPart: number
  readonly #deficit: Int32Array
  /** Most micro-dollars that rounding each deal up can add to what one buyer pays. */
  readonly #roundings: number
  #why: [number, number, number] | null = null

  constructor(scenario: Scenario, area: MarketArea) {
    const homes = area.homes.length
    const { tariff, market } = scenario
    this.#scenario = scenario
    this.clearing = newClearing(homes)
    this.matches = newMatches(homes)
    this.#deficit = new Int32Array(homes)
    // A seller's storage is cut at its lots: a day's worth of them, two uses each.
    const stored = area.homes.some(
      ({ battery }) => battery?.strategy.kind !== 'self-consumption' && battery !== null,
    )
    this.#roundings = 2 * homes * (stored || area.homes.some(({ shared }) => shared) ? 600 : 1)
    this.#fee = microUsdFromUsd(market.platformFeeUsdPerKwh)
    this.#delivery = microUsdFromUsd(tariff.peerDeliveryUsdPerKwh)
    this.#export = area.plan.exportValue
    const discounted = area.homes.some(({ role }) => role === 'consumer')
    this.#buyerPart = discounted ? 1 - tariff.lowIncomeDiscountFraction : 1
  }

  /** Who trades how much with whom; sets `peerBought` and `peerSold` of the flows. */
  clear(
    flows: IntervalFlows,
    price: number,
    turn: number,
    ledger: LocalLedger,
    books: readonly HomeBooks[],
    chargeable: Float64Array,
  ): void {
    const homes = this.#deficit.length
    this.supply = 0
    this.demand = 0
    for (let home = 0; home < homes; home++) {
      this.supply += flows.offer[home]
      this.demand += flows.bid[home]
      this.#deficit[home] = flows.bid[home]
    }
    const worth = this.#worth(price)
    this.#rememberWorth(price, worth)
    if (this.supply > 0 && this.demand > 0) {
      this.#bothSides++
      this.#limitCredit(ledger, worth.avoidedMicroUsdPerKwh + this.#fee)
      MECHANISMS[this.#scenario.market.mechanism](flows.offer, this.#deficit, worth, this.clearing)
      if (this.clearing.tradedMilliWh > 0) this.#withPrice++
    } else if (this.clearing.tradedMilliWh > 0) {
      this.clearing.bought.fill(0)
      this.clearing.sold.fill(0)
      this.clearing.tradedMilliWh = 0
    }
    flows.peerBought.set(this.clearing.bought)
    flows.peerSold.set(this.clearing.sold)
    this.matches.count = 0
    this.deals = []
    if (this.clearing.tradedMilliWh === 0) return
    match(this.clearing, turn, this.matches)
    this.deals = dealsOf(this.matches, flows, ledger.view, chargeable)
    this.#book(books)
  }

  /** µ$ per kWh. Under net metering the seller may give up the full retail price: count on that. */
  #worth(price: number): Worth {
    return {
      avoidedMicroUsdPerKwh: Math.floor(price * this.#buyerPart),
      chargesMicroUsdPerKwh: this.#delivery + this.#fee,
      forgoneMicroUsdPerKwh: this.#export.netting
        ? Math.max(price, this.#export.mostMicroUsdPerKwh)
        : this.#export.mostMicroUsdPerKwh,
    }
  }

  #rememberWorth(price: number, worth: Worth): void {
    const {
      avoidedMicroUsdPerKwh: avoided,
      chargesMicroUsdPerKwh: charges,
      forgoneMicroUsdPerKwh: forgone,
    } = worth
    const least = jointSurplus(avoided, charges, forgone)
    // The best that a pair can do: a buyer without discount, a seller whose month has net excess.
    const excess = Math.min(forgone, this.#export.leastMicroUsdPerKwh)
    const most = jointSurplus(price, charges, excess)
    if (least < this.#surplusMin) this.#surplusMin = least
    if (most > this.#surplusMax) {
      this.#surplusMax = most
      this.#why = [price, charges, excess]
    }
  }

  /** A home that could not pay for its whole deficit does not bid: the contract would refuse it. */
  #limitCredit(ledger: LocalLedger, most: number): void {
    const { view } = ledger
    for (let home = 0; home < this.#deficit.length; home++) {
      const account = accountOf(home)
      const spendable = view.account(account, ACCOUNT_BALANCE) + view.account(account, ACCOUNT_LIMIT)
      // One micro-dollar for rounding up, for each possible deal and for the fee.
      if (mulDivMillionCeil(this.#deficit[home], most) + this.#roundings > spendable) {
        this.#deficit[home] = 0
        this.#limited++
      }
    }
  }

  #book(books: readonly HomeBooks[]): void {
    const rate = this.clearing.rateMicroUsdPerKwh
    for (const { seller, buyer, milliWh } of this.deals) {
      const price = mulDivMillionCeil(milliWh, rate)
      const fee = mulDivMillionCeil(milliWh, this.#fee)
      books[buyer].paid(price, fee)
      books[seller].received(price)
      this.operatorIncomeMicroUsd += fee
      this.#paidMicroUsd += price
      this.#traded += milliWh
    }
    this.#trades += this.deals.length
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
      intervalsCreditLimited: this.#limited,
      meanPriceUsdPerKwh: traded === 0 ? null : this.#paidMicroUsd / traded,
      jointSurplusMinUsdPerKwh: usd(this.#surplusMin),
      jointSurplusMaxUsdPerKwh: usd(this.#surplusMax),
      whyNothing: traded > 0 ? '' : this.#whyNothing(),
    }
  }

  #whyNothing(): string {
    if (this.#scenario.market.mechanism === 'none') return 'The scenario allows no trading.'
    if (this.#bothSides === 0) return 'No interval had both a seller and a buyer.'
    if (this.#why === null) return ''
    const [avoided, charges, forgone] = this.#why
    return whyNoPrice(avoided / 1e6, charges / 1e6, forgone / 1e6)
  }
}
