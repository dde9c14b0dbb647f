import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clearBillSharing } from './bill-sharing.ts'
import { clearContributionKeys, clearDynamicKeys, clearStaticKeys } from './community-allocation.ts'
import { clearDoubleAuction } from './double-auction.ts'
import { plainMembers } from './mechanism.ts'
import { clearMidMarket } from './mid-market.ts'
import { clearPayAsBid } from './pay-as-bid.ts'
import { clearPreferredPartners } from './preferred-partners.ts'
import { type MechanismName, MECHANISMS } from './registry.ts'
import { anyCommunity, cleared, plainBook, rowsOf, sum } from './testing-book.ts'

describe.each(Object.entries(MECHANISMS) as [MechanismName, (typeof MECHANISMS)[MechanismName]][])(
  '%s',
  (_, mechanism) => {
    test('sells what is bought, from and to those who asked, at a price that both accept', () => {
      fc.assert(
        fc.property(anyCommunity(), fc.nat(50), ({ book, members }, turn) => {
          const clearing = cleared(mechanism, book, members, turn)
          expect(sum(clearing.sold)).toBe(clearing.tradedMilliWh)
          expect(sum(clearing.bought)).toBe(clearing.tradedMilliWh)
          clearing.sold.forEach((sold, home) => expect(sold).toBeLessThanOrEqual(book.surplus[home]))
          clearing.bought.forEach((bought, home) => expect(bought).toBeLessThanOrEqual(book.deficit[home]))
          for (const [seller, buyer, milliWh, rate] of rowsOf(clearing)) {
            expect(milliWh).toBeGreaterThan(0)
            expect(book.bid[buyer]).toBeGreaterThanOrEqual(book.ask[seller])
            expect(rate).toBeGreaterThanOrEqual(book.ask[seller])
            const premium = members.premium[buyer]
            expect(rate).toBeLessThanOrEqual(book.bid[buyer] + premium)
            expect(rate).toBeLessThanOrEqual(members.mostPaid[buyer])
          }
        }),
        { numRuns: 300 },
      )
    })

    test('where every bid is below every ask nothing is traded, and it says so', () => {
      expect(cleared(mechanism, plainBook([5, -5, -7], 99_999, 100_000))).toMatchObject({
        tradedMilliWh: 0,
        noPrice: true,
      })
    })
  },
)

test('the auction has the greatest welfare of all mechanisms, and pay-as-bid the same', () => {
  fc.assert(
    fc.property(anyCommunity(), ({ book }) => {
      const members = plainMembers(book.bid.length)
      const welfare = (mechanism: typeof clearMidMarket) =>
        rowsOf(cleared(mechanism, book, members)).reduce(
          (all, [seller, buyer, milliWh]) => all + (book.bid[buyer] - book.ask[seller]) * milliWh,
          0,
        )
      const most = welfare(clearDoubleAuction)
      expect(welfare(clearPayAsBid)).toBe(most)
      for (const mechanism of Object.values(MECHANISMS)) expect(welfare(mechanism)).toBeLessThanOrEqual(most)
    }),
  )
})

test('auction by hand: tied asks at the margin share what is left, the price is the middle', () => {
  const book = plainBook([10, 10, 20, -30], 300_000, 100_000)
  book.ask.set([50_000, 100_000, 100_000, 0])
  expect(rowsOf(cleared(clearDoubleAuction, book))).toEqual([
    [0, 3, 10, 100_000],
    [1, 3, 7, 100_000],
    [2, 3, 13, 100_000],
  ])
})

test('pay as bid: two buyers pay their own bids', () => {
  const book = plainBook([10, -4, -6], 0, 50_000)
  book.bid.set([0, 120_000, 90_000])
  expect(rowsOf(cleared(clearPayAsBid, book))).toEqual([
    [0, 1, 4, 120_000],
    [0, 2, 6, 90_000],
  ])
})

test('bill sharing: the saving is divided by energy', () => {
  // S = 30, D = 10: buyers get 10/40 of 10 · (200 − 40), so p = 160.
  const [row] = rowsOf(cleared(clearBillSharing, plainBook([30, -10], 200_000, 40_000)))
  expect(row).toEqual([0, 1, 10, 160_000])
})

test('preferred partners come first, at the middle of the two; the rest at the mid-market rate', () => {
  const book = plainBook([10, -8, -8], 200_000, 100_000)
  book.bid[2] = 120_000
  const members = { ...plainMembers(3), partners: [[], [], [0]] }
  expect(rowsOf(cleared(clearPreferredPartners, book, members))).toEqual([
    [0, 2, 8, 110_000],
    [0, 1, 2, 150_000],
  ])
})

test('sharing first: the low-income neighbor is served before the others', () => {
  const book = plainBook([10, -10, -10], 200_000, 100_000)
  const members = {
    ...plainMembers(3),
    lowIncome: Uint8Array.of(0, 0, 1),
    sharesFirst: Uint8Array.of(1, 0, 0),
  }
  expect([...cleared(clearMidMarket, book).bought]).toEqual([0, 5, 5])
  expect([...cleared(clearMidMarket, book, members).bought]).toEqual([0, 0, 10])
})

test('a premium comes on top of the price, up to the limit that the buyer has set', () => {
  const book = plainBook([10, -5, -5], 200_000, 100_000)
  const members = {
    ...plainMembers(3),
    premium: Int32Array.of(0, 20_000, 20_000),
    mostPaid: Int32Array.of(0, 300_000, 160_000),
  }
  expect(rowsOf(cleared(clearMidMarket, book, members)).map(([, , , rate]) => rate)).toEqual([
    170_000, 160_000,
  ])
})

describe('community allocation', () => {
  const book = plainBook([100, -80, -10, -60], 200_000, 100_000)
  const members = {
    ...plainMembers(4),
    key: Float64Array.of(0, 1, 1, 2),
    contribution: Float64Array.of(0, 1, 1, 2),
  }
  test('dynamic: by consumption', () => {
    expect([...cleared(clearDynamicKeys, book, members).bought]).toEqual([0, 53, 7, 40])
  })
  test('static: a part that is not consumed is not given on', () => {
    expect([...cleared(clearStaticKeys, book, members).bought]).toEqual([0, 25, 10, 50])
  })
  test('by contribution: it is, by the same keys', () => {
    expect([...cleared(clearContributionKeys, book, members).bought]).toEqual([0, 30, 10, 60])
  })
  test('at an agreed price only those whom it suits take part', () => {
    const at = (agreedRate: number) => cleared(clearDynamicKeys, book, { ...members, agreedRate })
    expect(rowsOf(at(120_000)).map(([, , , rate]) => rate)).toEqual([120_000, 120_000, 120_000])
    expect(at(99_999).tradedMilliWh).toBe(0)
  })
})
