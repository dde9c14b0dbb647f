import type { PoolingShares } from '../data/run-files.ts'
import { streamFor } from '../data/random.ts'
import { poolingCosts, SampledOrders, shapleyValues } from '../models/fairness/shapley.ts'
import type { Scenario } from '../scenarios/schema.ts'
import type { FlowBlock } from './flow-block.ts'
import type { MarketArea } from './market-area.ts'
import { MarketWorth } from './market-worth.ts'
import { keptSteps } from './series.ts'

/** Most net sums that are made for exact values, and for sampled ones: each takes a few nanoseconds. */
const EXACT_SUMS = 4e7
const SAMPLED_SUMS = 5e7
/** Hours whose net energy is kept before it is counted: those of a week. */
const HOURS = 168

/**
 * Each home's fair share of what pooling all meters would save, by Shapley: hour by hour at the retail price and at what
 * a seller forgoes, over the first run through the series, delivery and fees left out. Exact while all coalitions can be
 * counted in a fraction of a second, else sampled in a seeded order with a 95 % interval. Costs add up over hours, so
 * they are counted week by week.
 */
export class PoolingKeeper {
  readonly #area: MarketArea
  readonly #worth: MarketWorth
  readonly #perHour: number
  readonly #keptSteps: number
  /** Net import of the hour at hand by home, milliwatt-hours. */
  readonly #hour: Float64Array
  /** Of the week at hand: net import by home and hour, and prices, µ$ per milliwatt-hour. */
  readonly #nets: readonly Float64Array[]
  readonly #buy = new Float64Array(HOURS)
  readonly #sell = new Float64Array(HOURS)
  #filled = 0
  /** What each home pays by itself: costs of no coalition and of its own. */
  readonly #alone: readonly Float64Array[]
  /** Of all coalitions; null: sampled. */
  readonly #costs: Float64Array | null
  readonly #sampled: SampledOrders | null

  constructor(area: MarketArea, scenario: Scenario) {
    const { homes, axis } = area
    const members = homes.length
    this.#area = area
    this.#worth = new MarketWorth(scenario, area)
    this.#perHour = Math.max(1, Math.round(3600 / axis.stepSeconds))
    this.#keptSteps = keptSteps(axis)
    this.#hour = new Float64Array(members)
    this.#nets = homes.map(() => new Float64Array(HOURS))
    this.#alone = homes.map(() => new Float64Array(2))
    const hours = Math.floor(this.#keptSteps / this.#perHour)
    const exact = members < 16 && hours * 2 ** members <= EXACT_SUMS
    const pairs = Math.min(500, Math.max(8, Math.floor(SAMPLED_SUMS / (2 * members * Math.max(1, hours)))))
    this.#costs = exact ? new Float64Array(1 << members) : null
    this.#sampled = exact
      ? null
      : new SampledOrders(members, pairs, streamFor(scenario.seed, 'shapley', area.id))
  }

  /** The meters of `count` intervals from `at` on the axis, `step` of the run on. */
  block({ energy, homes }: FlowBlock, at: number, step: number, count: number): void {
    const hour = this.#hour
    const end = Math.min(count, this.#keptSteps - step)
    for (let row = 0; row < end; row++) {
      for (let home = 0, place = row * homes; home < homes; home++, place++)
        hour[home] += energy.import[place] - energy.export[place]
      if ((step + row + 1) % this.#perHour === 0) this.#closeHour(at + row + 1 - this.#perHour)
    }
  }

  /** @param first its first interval on the axis: a price holds for its hour at least */
  #closeHour(first: number): void {
    const at = this.#filled++
    // µ$ per kWh over a million is µ$ per milliwatt-hour.
    this.#buy[at] = this.#area.priceMicroUsdPerKwh[first] / 1e6
    this.#worth.at(first)
    this.#sell[at] = this.#worth.worth.forgone[0] / 1e6
    for (let home = 0; home < this.#hour.length; home++) this.#nets[home][at] = this.#hour[home]
    this.#hour.fill(0)
    if (this.#filled === HOURS) this.#count()
  }

  #count(): void {
    const hours = this.#filled
    const nets = this.#nets.map((net) => net.subarray(0, hours))
    const [buy, sell] = [this.#buy.subarray(0, hours), this.#sell.subarray(0, hours)]
    for (const [home, net] of nets.entries()) poolingCosts([net], buy, sell, this.#alone[home])
    if (this.#costs !== null) poolingCosts(nets, buy, sell, this.#costs)
    this.#sampled?.add(nets, buy, sell)
    this.#filled = 0
  }

  /** Asked once, at the end. */
  result(): PoolingShares {
    this.#count()
    const aloneMicroUsd = this.#alone.map(([, own]) => Math.round(own))
    if (this.#sampled === null) {
      const values = shapleyValues(aloneMicroUsd.length, this.#costs ?? new Float64Array(1))
      const shapleyMicroUsd = whole(values)
      return { method: 'exact', orders: 0, aloneMicroUsd, shapleyMicroUsd, halfWidthMicroUsd: [] }
    }
    const { value, halfWidth, orders } = this.#sampled.result()
    return {
      method: 'sampled',
      orders,
      aloneMicroUsd,
      shapleyMicroUsd: whole(value),
      halfWidthMicroUsd: whole(halfWidth),
    }
  }
}

const whole = (values: Float64Array): number[] => Array.from(values, Math.round)
