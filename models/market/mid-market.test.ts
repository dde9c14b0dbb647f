import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { mulDivMillionCeil } from '../../data/units.ts'
import { clearInterval } from './clear.ts'
import { newClearing, plainMembers } from './mechanism.ts'
import { blendedMidMarket, type BlendedPrices } from './mid-market-prices.ts'
import { clearMidMarket } from './mid-market.ts'
import { blendedSupplyDemand } from './supply-demand-prices.ts'
import { clearSupplyDemandRatio } from './supply-demand-ratio.ts'
import { cleared, plainBook, rowsOf, sum } from './testing-book.ts'

const nets = fc.array(fc.integer({ min: -900_000, max: 900_000 }), { minLength: 1, maxLength: 30 })

test('by hand: 3 kWh for 5 kWh wanted, at the middle of 22 and 5 cents', () => {
  const clearing = cleared(clearMidMarket, plainBook([3_000_000, -1_000_000, -4_000_000], 220_000, 50_000))
  expect(rowsOf(clearing)).toEqual([
    [0, 1, 600_000, 135_000],
    [0, 2, 2_400_000, 135_000],
  ])
})

test('where no price leaves both no worse off nothing is traded, and it says so', () => {
  const clearing = cleared(clearMidMarket, plainBook([9, -9], 49_999, 50_000))
  expect(clearing).toMatchObject({ tradedMilliWh: 0, noPrice: true })
  expect(cleared(clearMidMarket, plainBook([9, -9], 50_000, 50_000))).toMatchObject({
    tradedMilliWh: 9,
    noPrice: false,
  })
})

test('one side alone trades nothing, and that is not a missing price', () => {
  expect(cleared(clearMidMarket, plainBook([9, 4], 1, 0))).toMatchObject({ tradedMilliWh: 0, noPrice: false })
})

test('everybody takes part where one price suits all, at the middle of the lowest bid and the highest ask', () => {
  const book = plainBook([10, -4, -4], 210_000, 50_000)
  book.bid[2] = 90_000
  expect(rowsOf(cleared(clearMidMarket, book))).toEqual([
    [0, 1, 4, 70_000],
    [0, 2, 4, 70_000],
  ])
})

test('where none does, those whose price is too far away are left out', () => {
  const book = plainBook([10, 10, -4, -40], 210_000, 50_000)
  book.bid[3] = 90_000
  book.ask[1] = 100_000
  // Merit order: 4 at 210, 6 at 90 against 10 at 50; the ask of 100 finds only the bid of 90.
  expect(rowsOf(cleared(clearMidMarket, book))).toEqual([
    [0, 2, 1, 70_000],
    [0, 3, 9, 70_000],
  ])
})

test.each<[string, typeof clearMidMarket, (s: number, d: number, b: number, a: number) => BlendedPrices]>([
  ['mid-market', clearMidMarket, blendedMidMarket],
  ['supply-demand ratio', clearSupplyDemandRatio, blendedSupplyDemand],
])('%s: the money of a home is that of the blended prices, but for rounding', (_, mechanism, blend) => {
  fc.assert(
    fc.property(nets, (values) => {
      const book = plainBook(values, 220_000, 50_000)
      const clearing = cleared(mechanism, book)
      const { buyUsdPerKwh, sellUsdPerKwh } = blend(sum(book.surplus), sum(book.deficit), 0.22, 0.05)
      const settled = new Float64Array(values.length)
      for (const [seller, buyer, milliWh, rate] of rowsOf(clearing)) {
        settled[buyer] += mulDivMillionCeil(milliWh, rate)
        settled[seller] -= mulDivMillionCeil(milliWh, rate)
      }
      values.forEach((_net, home) => {
        // Micro-dollars; mWh × USD/kWh is micro-dollars.
        const blended = book.deficit[home] * buyUsdPerKwh - book.surplus[home] * sellUsdPerKwh
        const utility =
          (book.deficit[home] - clearing.bought[home]) * 0.22 -
          (book.surplus[home] - clearing.sold[home]) * 0.05
        // Whole milliwatt-hours and a whole rate, each half a unit, and a trade rounded up for each partner.
        expect(Math.abs(settled[home] + utility - blended)).toBeLessThan(2 + values.length)
      })
    }),
  )
})

test('the ratio price falls from the bid to the ask as supply nears demand', () => {
  const at = (supply: number, demand: number) => blendedSupplyDemand(supply, demand, 0.3, 0.1)
  expect(at(0, 5)).toEqual({ buyUsdPerKwh: 0.3, sellUsdPerKwh: 0.3 })
  expect(at(5, 5)).toEqual({ buyUsdPerKwh: 0.1, sellUsdPerKwh: 0.1 })
  expect(at(5, 0)).toEqual({ buyUsdPerKwh: 0.1, sellUsdPerKwh: 0.1 })
  // R = 1/2: 0.03 / (0.2 · 0.5 + 0.1) = 0.15; buyers 0.15 · 0.5 + 0.3 · 0.5.
  expect(at(1, 2).sellUsdPerKwh).toBeCloseTo(0.15, 12)
  expect(at(1, 2).buyUsdPerKwh).toBeCloseTo(0.225, 12)
})

test('a year of five-minute intervals for twelve homes is cleared in a fraction of a second', () => {
  const intervals = 105_120
  const homes = 12
  const book = plainBook(
    Array.from({ length: homes }, () => 0),
    220_000,
    50_000,
  )
  const clearing = newClearing(homes)
  const members = plainMembers(homes)
  let traded = 0
  const start = performance.now()
  for (let interval = 0; interval < intervals; interval++) {
    for (let home = 0; home < homes; home++) {
      const net = Math.imul(interval * homes + home + 1, 2_654_435_761) >> 13
      book.surplus[home] = net > 0 ? net : 0
      book.deficit[home] = net > 0 ? 0 : -net
    }
    clearInterval(clearMidMarket, book, members, interval, clearing)
    traded += clearing.tradedMilliWh
  }
  const elapsed = performance.now() - start
  expect(traded).toBeGreaterThan(0)
  // Measured 60 to 150 ms on two shared cores; the bound only catches another order of growth.
  expect(elapsed).toBeLessThan(1500)
})
