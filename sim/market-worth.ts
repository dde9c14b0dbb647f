import { microUsdFromUsd } from '../data/units.ts'
import type { Worth } from '../models/market/worth.ts'
import { jointSurplus, whyNoPrice } from '../models/tariff/joint-surplus.ts'
import type { Scenario } from '../scenarios/schema.ts'
import type { MarketArea } from './market-area.ts'
import type { TariffPlan } from './tariff-plan.ts'

/** What a kWh between neighbors is worth, by home and interval, and what the best and worst pair could gain over the run. */
export class MarketWorth {
  readonly worth: Worth
  readonly feeMicroUsdPerKwh: number
  /** Least and greatest gain of a pair, µ$ per kWh. */
  surplusMin = Number.POSITIVE_INFINITY
  surplusMax = Number.NEGATIVE_INFINITY
  readonly #plan: TariffPlan
  /** Part of the utility's price that each home pays: the low-income discount takes the rest. */
  readonly #part: Float64Array
  readonly #solar: Uint8Array
  #price = Number.NaN
  #export = Number.NaN
  #best: [avoided: number, charges: number, forgone: number] | null = null

  constructor({ market }: Scenario, { homes, plan }: MarketArea) {
    this.#plan = plan
    this.feeMicroUsdPerKwh = microUsdFromUsd(market.platformFeeUsdPerKwh)
    const { lowIncomeDiscountFraction, peerDeliveryUsdPerKwh } = plan.terms
    this.#part = Float64Array.from(homes, ({ role }) =>
      role === 'consumer' ? 1 - lowIncomeDiscountFraction : 1,
    )
    this.#solar = Uint8Array.from(homes, ({ solarKw }) => (solarKw > 0 ? 1 : 0))
    const delivery = microUsdFromUsd(peerDeliveryUsdPerKwh)
    this.worth = {
      avoided: new Int32Array(homes.length),
      // Rounded against the buyer, whose bill rounds its own way.
      charges: Int32Array.from(this.#part, (part) => Math.ceil(delivery * part) + this.feeMicroUsdPerKwh),
      forgone: new Int32Array(homes.length),
    }
  }

  /** Sets the worth of an interval of the axis; true where it is not that of the interval before. */
  at(step: number): boolean {
    const { priceMicroUsdPerKwh, exportMicroUsdPerKwh, exportValue } = this.#plan
    const price = priceMicroUsdPerKwh[step]
    const paid = exportMicroUsdPerKwh?.[step] ?? exportValue.mostMicroUsdPerKwh
    if (price === this.#price && paid === this.#export) return false
    this.#price = price
    this.#export = paid
    const { avoided, charges, forgone } = this.worth
    // Where a month is netted, the seller may give up the full retail price: count on that.
    const most = exportValue.netting ? Math.max(price, paid) : paid
    const excess = Math.min(most, exportMicroUsdPerKwh?.[step] ?? exportValue.leastMicroUsdPerKwh)
    forgone.fill(most)
    // A home with solar may have net excess itself: what it does not import then only adds to that.
    const netted = exportValue.netting ? Math.min(price, excess) : price
    for (let home = 0; home < avoided.length; home++) {
      avoided[home] = Math.floor((this.#solar[home] === 1 ? netted : price) * this.#part[home])
      const least = jointSurplus(avoided[home], charges[home], most)
      // The best that a pair can do: a buyer whose month has imports, a seller whose month has net excess.
      const saved = Math.floor(price * this.#part[home])
      const best = jointSurplus(saved, charges[home], excess)
      if (least < this.surplusMin) this.surplusMin = least
      if (best > this.surplusMax) {
        this.surplusMax = best
        this.#best = [saved, charges[home], excess]
      }
    }
    return true
  }

  /** Why the best pair of the run finds no price, in one sentence. */
  why(): string {
    if (this.#best === null) return ''
    const [avoided, charges, forgone] = this.#best
    return whyNoPrice(avoided / 1e6, charges / 1e6, forgone / 1e6)
  }
}
