import * as fc from 'fast-check'
import { clearInterval } from './clear.ts'
import {
  type Book,
  type Clearing,
  type Mechanism,
  type Members,
  newBook,
  newClearing,
  plainMembers,
} from './mechanism.ts'

/** A book of one price for all bids and one for all asks; `nets` in milliwatt-hours, positive is surplus. */
export function plainBook(nets: readonly number[], bid: number, ask: number): Book {
  const book = newBook(nets.length)
  nets.forEach((net, home) => {
    book.surplus[home] = Math.max(0, net)
    book.deficit[home] = Math.max(0, -net)
  })
  book.bid.fill(bid)
  book.ask.fill(ask)
  return book
}

export function cleared(mechanism: Mechanism, book: Book, members?: Members, turn = 0): Clearing {
  const homes = book.bid.length
  const clearing = newClearing(homes)
  clearInterval(mechanism, book, members ?? plainMembers(homes), turn, clearing)
  return clearing
}

/** Pairs as rows: seller, buyer, milliwatt-hours, rate. */
export const rowsOf = ({ pairs }: Clearing): number[][] =>
  Array.from({ length: pairs.count }, (_, at) => [
    pairs.seller[at],
    pairs.buyer[at],
    pairs.milliWh[at],
    pairs.rateMicroUsdPerKwh[at],
  ])

export const sum = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((all, value) => all + value, 0)

interface AnyCommunity {
  readonly book: Book
  readonly members: Members
}

/** Communities of any size with any orders and preferences. */
export const anyCommunity = (most = 12): fc.Arbitrary<AnyCommunity> =>
  fc
    .array(
      fc.record({
        net: fc.oneof(fc.integer({ min: -900_000, max: 900_000 }), fc.integer({ min: -9, max: 9 })),
        bid: fc.oneof(fc.integer({ min: -50_000, max: 600_000 }), fc.constantFrom(100_000, 200_000)),
        ask: fc.oneof(fc.integer({ min: 0, max: 600_000 }), fc.constantFrom(50_000, 100_000)),
        lowIncome: fc.boolean(),
        sharesFirst: fc.boolean(),
        premium: fc.constantFrom(0, 0, 5000, 70_000),
        limit: fc.constantFrom(2_000_000_000, 150_000, 90_000),
        key: fc.nat({ max: 5 }),
        partner: fc.nat({ max: most }),
      }),
      { minLength: 1, maxLength: most },
    )
    .chain((homes) => fc.tuple(fc.constant(homes), fc.constantFrom(-1, -1, 0, 120_000)))
    .map(([homes, agreedRate]) => {
      const book = plainBook(
        homes.map(({ net }) => net),
        0,
        0,
      )
      homes.forEach(({ bid, ask, limit }, home) => {
        book.bid[home] = Math.min(bid, limit)
        book.ask[home] = ask
      })
      return {
        book,
        members: {
          lowIncome: Uint8Array.from(homes, ({ lowIncome }) => Number(lowIncome)),
          sharesFirst: Uint8Array.from(homes, ({ sharesFirst }) => Number(sharesFirst)),
          premium: Int32Array.from(homes, ({ premium }) => premium),
          mostPaid: Int32Array.from(homes, ({ limit }) => limit),
          partners: homes.map(({ partner }, home) =>
            partner < homes.length && partner !== home ? [partner] : [],
          ),
          key: Float64Array.from(homes, ({ key }) => key),
          contribution: Float64Array.from(homes, ({ key }) => 5 - key),
          agreedRate,
        },
      }
    })
