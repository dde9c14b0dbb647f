import type { RandomStream } from '../../data/random.ts'

/** Cost of every coalition of `homes`, by bit mask; `[0]` is 0. */
export type CoalitionCosts = Float64Array

/**
 * Shapley values: what each adds to the cost of those before it, averaged over all orders,
 * `φ_i = Σ_{S ∌ i} |S|! (n − |S| − 1)! / n! · (c(S ∪ i) − c(S))` (Shapley 1953), by subsets.
 *
 * @param costs of 2^n coalitions, any unit
 */
export function shapleyValues(homes: number, costs: CoalitionCosts): Float64Array {
  const weight = new Float64Array(homes)
  // |S|! (n − |S| − 1)! / n! by the step from one size to the next, so that no factorial is formed.
  for (let size = 0, value = 1 / homes; size < homes; size++) {
    weight[size] = value
    value *= (size + 1) / Math.max(1, homes - size - 1)
  }
  const shares = new Float64Array(homes)
  for (let mask = 0; mask < 1 << homes; mask++) {
    const part = weight[bits(mask)]
    const cost = costs[mask]
    for (let home = 0; home < homes; home++) {
      if ((mask & (1 << home)) === 0) shares[home] += part * (costs[mask | (1 << home)] - cost)
    }
  }
  return shares
}

const bits = (mask: number): number => {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++
  return count
}

/**
 * Costs of all coalitions that pool their meters: in every interval a coalition pays `buy` for its net import and
 * gets `sell` for its net export.
 *
 * @param nets load − solar by home, any unit of energy, one length
 * @param buy price of each interval, money for that unit
 * @param costs what earlier intervals cost; they are added to and returned
 */
export function poolingCosts(
  nets: readonly Float64Array[],
  buy: Float64Array,
  sell: Float64Array,
  costs: CoalitionCosts = new Float64Array(1 << nets.length),
): CoalitionCosts {
  const homes = nets.length
  const net = new Float64Array(1 << homes)
  for (let row = 0; row < buy.length; row++) {
    for (let mask = 1; mask < net.length; mask++) {
      const last = 31 - Math.clz32(mask)
      const sum = net[mask ^ (1 << last)] + nets[last][row]
      net[mask] = sum
      costs[mask] += sum > 0 ? sum * buy[row] : sum * sell[row]
    }
  }
  return costs
}

/** A sampled Shapley value with what is known of its error. */
export interface SampledShapley {
  readonly value: Float64Array
  /** Half-width of the 95 % interval for each home, by the normal distribution. */
  readonly halfWidth: Float64Array
  readonly orders: number
}

/**
 * Shapley values of pooling by sampled orders (Castro, Gómez and Tejada 2009), each order with its reverse, which shares
 * no draw with it and makes large swings cancel; the interval is over the pairs. The values sum to the grand coalition's
 * cost in every order, so they do on average, but for rounding. Costs add up over intervals, so these may come in parts.
 */
export class SampledOrders {
  /** By pair: one of its two orders. */
  readonly #orders: readonly Uint32Array[]
  /** By pair: what each home added in both, so far. */
  readonly #drawn: readonly Float64Array[]

  /** @param pairs orders and their reverses to draw, >= 2 */
  constructor(homes: number, pairs: number, stream: RandomStream) {
    const order = Uint32Array.from({ length: homes }, (_, home) => home)
    this.#orders = Array.from({ length: pairs }, () => {
      for (let at = homes - 1; at > 0; at--) {
        const other = Math.floor(stream.uniform() * (at + 1))
        ;[order[at], order[other]] = [order[other], order[at]]
      }
      return order.slice()
    })
    this.#drawn = this.#orders.map(() => new Float64Array(homes))
  }

  /** More intervals; units as of `poolingCosts`. */
  add(nets: readonly Float64Array[], buy: Float64Array, sell: Float64Array): void {
    const pool = new Float64Array(buy.length)
    for (const [pair, order] of this.#orders.entries()) {
      addMarginals(nets, buy, sell, order, pool, this.#drawn[pair])
      addMarginals(nets, buy, sell, order.toReversed(), pool, this.#drawn[pair])
    }
  }

  result(): SampledShapley {
    const pairs = this.#drawn.length
    const sum = new Float64Array(this.#drawn[0].length)
    const squares = new Float64Array(sum.length)
    for (const drawn of this.#drawn) {
      for (let home = 0; home < sum.length; home++) {
        const value = drawn[home] / 2
        sum[home] += value
        squares[home] += value * value
      }
    }
    const value = sum.map((total) => total / pairs)
    const halfWidth = squares.map((total, home) => {
      const variance = Math.max(0, total / pairs - value[home] ** 2) * (pairs / (pairs - 1))
      return 1.96 * Math.sqrt(variance / pairs)
    })
    return { value, halfWidth, orders: 2 * pairs }
  }
}

function addMarginals(
  nets: readonly Float64Array[],
  buy: Float64Array,
  sell: Float64Array,
  order: Uint32Array,
  pool: Float64Array,
  drawn: Float64Array,
): void {
  pool.fill(0)
  let before = 0
  for (const home of order) {
    let cost = 0
    for (let row = 0; row < buy.length; row++) {
      const net = (pool[row] += nets[home][row])
      cost += net > 0 ? net * buy[row] : net * sell[row]
    }
    drawn[home] += cost - before
    before = cost
  }
}
