import {
  asJson,
  atLeastZero,
  below,
  double,
  type Fraction,
  fraction,
  least,
  minus,
  over,
  plus,
  sum,
  times,
  ZERO,
} from './fraction.ts'

interface Order {
  readonly price: Fraction
  readonly kwh: Fraction
}

/** Books from a counter, prices on a coarse grid so that ties occur; the first ones have one side too dear or missing. */
const BOOKS = Array.from({ length: 24 }, (_, book) => {
  const orders = (count: number, salt: number, low: number): Order[] =>
    Array.from({ length: count }, (_one, at) => ({
      price: fraction(BigInt(low + ((book * 7919 + at * 104_729 + salt) % (book % 3 === 0 ? 4 : 23))), 100n),
      kwh: fraction(BigInt(200 + ((book * 131 + at * 977 + salt) % 2800)), 1000n),
    }))
  if (book === 0) return { bids: orders(2, 5, 1), asks: orders(2, 9, 30) }
  if (book === 1) return { bids: [], asks: orders(3, 9, 10) }
  return { bids: orders(2 + (book % 6), 17, 8), asks: orders(2 + (book % 4), 61, 4) }
})

/**
 * The most that an order book can give, by duality: `min over p of Σ (bid − p)⁺ q + Σ (p − ask)⁺ q`. The function is
 * convex and bends at the orders' prices alone, so its minimum stands between two of them: the prices that support it.
 */
function expected({ bids, asks }: (typeof BOOKS)[number]) {
  const prices = [...bids, ...asks].map(({ price }) => price).toSorted((a, b) => (below(a, b) ? -1 : 1))
  const value = (p: Fraction) =>
    plus(
      sum(bids.map(({ price, kwh }) => times(atLeastZero(minus(price, p)), kwh))),
      sum(asks.map(({ price, kwh }) => times(atLeastZero(minus(p, price)), kwh))),
    )
  const welfare = least(value(prices[0]), ...prices.slice(1).map(value))
  const supporting = prices.filter((p) => !below(welfare, value(p)))
  const [low, high] = [supporting[0], supporting[supporting.length - 1]]
  const wanted = sum(bids.filter(({ price }) => !below(price, low)).map(({ kwh }) => kwh))
  const offered = sum(asks.filter(({ price }) => !below(low, price)).map(({ kwh }) => kwh))
  const volume = least(wanted, offered)
  const none = volume[0] === 0n
  return {
    volume_max: double(volume),
    welfare: double(welfare),
    price_low: none ? null : double(low),
    price_high: none ? null : double(high),
  }
}

export function orderBookFile(): [string, string] {
  const rows = (orders: readonly Order[], letter: string) =>
    orders.map(({ price, kwh }, at) => [`${letter}${at}`, double(price), double(kwh)])
  const json = {
    tool: 'own/market.ts, exact fractions, by duality',
    cases: BOOKS.map((book) => ({
      bids: rows(book.bids, 'b'),
      asks: rows(book.asks, 's'),
      expected: expected(book),
    })),
  }
  return ['golden-market/double_auction_own.json', asJson(json)]
}

/** Every order of some things. */
const ordersOf = (things: readonly number[]): number[][] =>
  things.length === 0
    ? [[]]
    : things.flatMap((first) =>
        ordersOf(things.filter((other) => other !== first)).map((rest) => [first, ...rest]),
      )

/** Shapley values as they are defined: the mean over all orders of what each adds to the cost of those before it. */
export function shapleyFile(
  homes: readonly number[],
  nets: readonly (readonly Fraction[])[],
  buy: readonly Fraction[],
  sell: Fraction,
): [string, string] {
  const cost = (members: readonly number[]): Fraction =>
    sum(
      buy.map((price, row) => {
        const net = sum(members.map((home) => nets[home][row]))
        return times(net, below(ZERO, net) ? price : sell)
      }),
    )
  const places = homes.map((_, at) => at)
  const orders = ordersOf(places)
  const share = (home: number) =>
    over(
      sum(
        orders.map((order) => {
          const before = order.slice(0, order.indexOf(home))
          return minus(cost([...before, home]), cost(before))
        }),
      ),
      [BigInt(orders.length), 1n],
    )
  const byHome = (value: (home: number) => Fraction) =>
    Object.fromEntries(homes.map((home, at) => [String(home), double(value(at))]))
  const json = {
    tool: 'own/market.ts, exact fractions, over all orders',
    game: `cost(S)=sum_t max(net,0)*buy - max(-net,0)*${double(sell)} with net = pooled load-pv of S (home_XX.csv rows), buy from common.csv`,
    homes,
    rows: [0, buy.length],
    shapley_cost: byHome(share),
    stand_alone_cost: byHome((home) => cost([home])),
    grand_coalition_cost: double(cost(places)),
  }
  return ['golden-market/shapley_own3.json', asJson(json)]
}
