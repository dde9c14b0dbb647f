import { z } from 'zod'
import { mulDivMillionCeil } from '../../data/units.ts'
import { clearInterval } from '../../models/market/clear.ts'
import { cross, newCrossing } from '../../models/market/crossing.ts'
import { clearDoubleAuction } from '../../models/market/double-auction.ts'
import { newBook, newClearing, plainMembers } from '../../models/market/mechanism.ts'
import { filesMatching, readJson } from './files.ts'
import { type Check, checksOf, type ReferenceFamily } from './reference.ts'

const FOLDER = 'golden-market'
const order = z.tuple([z.string(), z.number(), z.number().min(0)])
type Order = z.output<typeof order>
const price = z.number().nullable().default(null)
const shape = z.object({
  tool: z.string().default('unnamed'),
  cases: z
    .array(
      z.object({
        bids: z.array(order),
        asks: z.array(order),
        expected: z.object({
          volume: z.number().optional(),
          volume_max: z.number().optional(),
          welfare: z.number(),
          price_low: price,
          price_high: price,
        }),
      }),
    )
    .min(1),
})
type Case = z.output<typeof shape>['cases'][number]

/** Sums of decimals in doubles, as the reference prints them. */
const EXACT = 1e-9

/** What one book shows, every figure as a deviation that must vanish. */
interface Shown {
  readonly volumeKwh: number
  readonly welfareUsd: number
  readonly outsideUsdPerKwh: number
  readonly irrationalUsd: number
  readonly leftOverUsd: number
}

/** Best first, by price in the direction of the sign. */
const orderOf = (orders: readonly Order[], sign: 1 | -1): number[] =>
  orders.map((_, at) => at).toSorted((a, b) => sign * (orders[a][1] - orders[b][1]) || a - b)

/** In whole milliwatt-hours and micro-dollars, where the book has no finer digits; else as they are. */
const scaled = (value: number): number => {
  const millionths = value * 1e6
  return Math.abs(millionths - Math.round(millionths)) < 1e-6 ? Math.round(millionths) : millionths
}

/** Welfare and volume in merit order, in any digits. */
function merit({ bids, asks }: Case) {
  const crossing = newCrossing()
  const prices = (orders: readonly Order[]) => orders.map(([, value]) => scaled(value))
  const amounts = (orders: readonly Order[]) => orders.map(([, , value]) => scaled(value))
  const [bidOrder, askOrder] = [orderOf(bids, -1), orderOf(asks, 1)]
  cross(prices(bids), amounts(bids), bidOrder, prices(asks), amounts(asks), askOrder, crossing)
  const worth = (orders: readonly Order[], places: readonly number[]) => {
    let left = crossing.volume
    let sum = 0
    for (const at of places) {
      const part = Math.min(left, amounts(orders)[at])
      sum += part * scaled(orders[at][1])
      left -= part
    }
    return sum
  }
  return { crossing, welfareUsd: (worth(bids, bidOrder) - worth(asks, askOrder)) / 1e12 }
}

/** The same book as homes trade it: whole units, a fee of nothing, money settled trade by trade. */
function settle({ bids, asks }: Case) {
  const homes = bids.length + asks.length
  const book = newBook(homes)
  bids.forEach(([, value, kwh], at) => {
    book.bid[at] = Math.round(value * 1e6)
    book.deficit[at] = Math.round(kwh * 1e6)
  })
  asks.forEach(([, value, kwh], at) => {
    book.ask[bids.length + at] = Math.round(value * 1e6)
    book.surplus[bids.length + at] = Math.round(kwh * 1e6)
  })
  const clearing = newClearing(homes)
  clearInterval(clearDoubleAuction, book, plainMembers(homes), 0, clearing)
  const money = new Float64Array(homes)
  let irrational = 0
  let welfare = 0
  const { pairs } = clearing
  for (let at = 0; at < pairs.count; at++) {
    const [seller, buyer, rate] = [pairs.seller[at], pairs.buyer[at], pairs.rateMicroUsdPerKwh[at]]
    const paid = mulDivMillionCeil(pairs.milliWh[at], rate)
    money[buyer] -= paid
    money[seller] += paid
    irrational = Math.max(irrational, rate - book.bid[buyer], book.ask[seller] - rate)
    welfare += (book.bid[buyer] - book.ask[seller]) * pairs.milliWh[at]
  }
  return {
    rate: pairs.count === 0 ? null : pairs.rateMicroUsdPerKwh[0] / 1e6,
    volumeKwh: clearing.tradedMilliWh / 1e6,
    welfareUsd: welfare / 1e12,
    irrationalUsd: irrational / 1e6,
    leftOverUsd: Math.abs(money.reduce((sum, amount) => sum + amount, 0)) / 1e6,
  }
}

function show(one: Case): Shown {
  const { expected } = one
  const { crossing, welfareUsd } = merit(one)
  const settled = settle(one)
  const volume = expected.volume_max ?? expected.volume ?? 0
  const { price_low: low, price_high: high } = expected
  const outside = (value: number) =>
    low === null || high === null ? Number.POSITIVE_INFINITY : Math.max(0, low - value, value - high)
  const middle = (crossing.lowPrice + crossing.highPrice) / 2e6
  // A book with finer digits than a ledger's is settled in its whole units, which are others.
  const units = [...one.bids, ...one.asks].flatMap(([, value, kwh]) => [scaled(value), scaled(kwh)])
  const ours = units.every(Number.isInteger) ? settled : { volumeKwh: crossing.volume / 1e6, welfareUsd }
  return {
    volumeKwh: Math.max(Math.abs(crossing.volume / 1e6 - volume), Math.abs(ours.volumeKwh - volume)),
    welfareUsd: Math.max(
      Math.abs(welfareUsd - expected.welfare),
      Math.abs(ours.welfareUsd - expected.welfare),
    ),
    outsideUsdPerKwh:
      crossing.volume === 0
        ? 0
        : Math.max(outside(middle), settled.rate === null ? 0 : outside(settled.rate)),
    irrationalUsd: settled.irrationalUsd,
    leftOverUsd: settled.leftOverUsd,
  }
}

function check(dir: string, name: string): Check[] {
  const file = `${FOLDER}/${name}`
  const reference = readJson(dir, file, shape)
  const shown = reference.cases.map(show)
  const most = (value: (one: Shown) => number) => Math.max(...shown.map(value))
  const one = checksOf(file, reference.tool)
  const books = `${shown.length} order books`
  return [
    one(
      `traded volume, ${books}`,
      'kWh',
      EXACT,
      most(({ volumeKwh }) => volumeKwh),
    ),
    one(
      `welfare, ${books}`,
      'USD',
      EXACT,
      most(({ welfareUsd }) => welfareUsd),
    ),
    one(
      'price outside the interval',
      'USD/kWh',
      EXACT,
      most(({ outsideUsdPerKwh }) => outsideUsdPerKwh),
    ),
    one(
      'price beyond a bid or an ask',
      'USD/kWh',
      0,
      most(({ irrationalUsd }) => irrationalUsd),
    ),
    one(
      'money left over',
      'USD',
      0,
      most(({ leftOverUsd }) => leftOverUsd),
    ),
  ]
}

/** Order books of the uniform-price double auction: `double_auction*.json`. */
export const orderBooks: ReferenceFamily = {
  id: 'order-books',
  find: (dir) => filesMatching(`${dir}/${FOLDER}`, /^double_auction.*\.json$/),
  check,
}
