/**
 * One interval's orders, by home, reused from interval to interval: energy in whole milliwatt-hours, rates in
 * whole micro-dollars per kWh. An order is already made from what the home has and wants; see `orders.ts`.
 */
export interface Book {
  /** Put up to neighbors and asked of them, >= 0. */
  readonly surplus: Int32Array
  readonly deficit: Int32Array
  /** Least that the home takes for a kWh: what it forgoes, or more if it wants more. */
  readonly ask: Int32Array
  /** Most that the home pays a neighbor for a kWh: what it saves after charges, or less. May be below 0. */
  readonly bid: Int32Array
}

/** What does not change from interval to interval, by home. */
export interface Members {
  readonly lowIncome: Uint8Array
  /** Sells to low-income neighbors first. */
  readonly sharesFirst: Uint8Array
  /** Paid on top of the price, by choice, µ$ per kWh; and the most that price and premium may come to. */
  readonly premium: Int32Array
  readonly mostPaid: Int32Array
  /** Neighbors that a home would rather deal with, the dearest first. */
  readonly partners: readonly (readonly number[])[]
  /** Weight of each home in what a community shares out by fixed keys, >= 0. */
  readonly key: Float64Array
  /** What each has put into the community's plant, any unit, >= 0. */
  readonly contribution: Float64Array
  /** Price that the community has agreed on, µ$ per kWh; −1: the middle of what it is worth to both sides. */
  readonly agreedRate: number
}

/** Who buys how much from whom at what rate; `count` rows are in use. */
export interface Pairs {
  count: number
  readonly seller: Uint32Array
  readonly buyer: Uint32Array
  readonly milliWh: Int32Array
  readonly rateMicroUsdPerKwh: Int32Array
}

/** One interval's result; reused from interval to interval. */
export interface Clearing {
  /** Bought and sold by each home, whole milliwatt-hours; the two sums are equal. */
  readonly bought: Int32Array
  readonly sold: Int32Array
  /** Sum of either side. */
  tradedMilliWh: number
  readonly pairs: Pairs
  /** Both sides were there, but no price leaves neither worse off. */
  noPrice: boolean
  /** Working columns of the mechanisms. */
  readonly scratch: Scratch
}

/** What one round shares out before it is paired. */
export interface Scratch {
  readonly surplus: Int32Array
  readonly deficit: Int32Array
  readonly sold: Int32Array
  readonly bought: Int32Array
  /** Rate that each buyer pays, µ$ per kWh. */
  readonly rate: Int32Array
  readonly claims: Int32Array
  readonly order: Float64Array
  readonly orderOther: Float64Array
}

/**
 * A market mechanism: adds the pairs of one round to the clearing. It never pairs a bid with a higher ask, takes no
 * more of a home than it put up or asked for, and pays sellers exactly what buyers pay them.
 *
 * @param turn turns the order of homes that are alike, so that none is always the last
 */
export type Mechanism = (book: Book, members: Members, turn: number, clearing: Clearing) => void

export function newBook(homes: number): Book {
  const column = () => new Int32Array(homes)
  return { surplus: column(), deficit: column(), ask: column(), bid: column() }
}

/** Members without preferences: nobody shares first, pays more or prefers anyone. */
export const plainMembers = (homes: number): Members => ({
  lowIncome: new Uint8Array(homes),
  sharesFirst: new Uint8Array(homes),
  premium: new Int32Array(homes),
  mostPaid: new Int32Array(homes).fill(0x7fff_ffff),
  partners: Array.from({ length: homes }, () => []),
  key: new Float64Array(homes).fill(1),
  contribution: new Float64Array(homes).fill(1),
  agreedRate: -1,
})

export function newClearing(homes: number): Clearing {
  const column = () => new Int32Array(homes)
  // Each pair uses up a seller or a buyer; two rounds, each with partners before the rest.
  const most = homes * 8
  return {
    bought: column(),
    sold: column(),
    tradedMilliWh: 0,
    pairs: {
      count: 0,
      seller: new Uint32Array(most),
      buyer: new Uint32Array(most),
      milliWh: new Int32Array(most),
      rateMicroUsdPerKwh: new Int32Array(most),
    },
    noPrice: false,
    scratch: {
      surplus: column(),
      deficit: column(),
      sold: column(),
      bought: column(),
      rate: column(),
      claims: column(),
      order: new Float64Array(homes),
      orderOther: new Float64Array(homes),
    },
  }
}

/** Forgets the interval before. */
export function clearNothing(clearing: Clearing): void {
  clearing.bought.fill(0)
  clearing.sold.fill(0)
  clearing.tradedMilliWh = 0
  clearing.pairs.count = 0
  clearing.noPrice = false
}

/** Adds one sale. */
export function addPair(
  { pairs, sold, bought }: Clearing,
  seller: number,
  buyer: number,
  milliWh: number,
  rateMicroUsdPerKwh: number,
): void {
  const at = pairs.count++
  pairs.seller[at] = seller
  pairs.buyer[at] = buyer
  pairs.milliWh[at] = milliWh
  pairs.rateMicroUsdPerKwh[at] = rateMicroUsdPerKwh
  sold[seller] += milliWh
  bought[buyer] += milliWh
}
