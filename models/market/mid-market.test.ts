import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { mulDivMillionCeil } from '../../data/units.ts'
import { newClearing } from './mechanism.ts'
import { blendedMidMarket } from './mid-market-prices.ts'
import { clearMidMarket } from './mid-market.ts'
import { MECHANISMS } from './registry.ts'

const worth = { avoidedMicroUsdPerKwh: 220_000, chargesMicroUsdPerKwh: 0, forgoneMicroUsdPerKwh: 50_000 }
const nets = fc.array(fc.integer({ min: -900_000, max: 900_000 }), { minLength: 1, maxLength: 30 })
const sides = (values: number[]) => ({
  surplus: Int32Array.from(values, (net) => Math.max(0, net)),
  deficit: Int32Array.from(values, (net) => Math.max(0, -net)),
})

test('by hand: 3 kWh for 5 kWh wanted, at the middle of 22 and 5 cents', () => {
  const clearing = newClearing(3)
  const surplus = Int32Array.of(3_000_000, 0, 0)
  const deficit = Int32Array.of(0, 1_000_000, 4_000_000)
  clearMidMarket(surplus, deficit, worth, clearing)
  expect(clearing.rateMicroUsdPerKwh).toBe(135_000)
  expect(clearing.tradedMilliWh).toBe(3_000_000)
  expect([...clearing.sold]).toEqual([3_000_000, 0, 0])
  expect([...clearing.bought]).toEqual([0, 600_000, 2_400_000])
})

test('the buyer bears delivery and fee, and the pair halves what is left', () => {
  const clearing = newClearing(2)
  const charges = { ...worth, chargesMicroUsdPerKwh: 30_000 }
  clearMidMarket(Int32Array.of(9, 0), Int32Array.of(0, 9), charges, clearing)
  expect(clearing.rateMicroUsdPerKwh).toBe(120_000)
  expect(220_000 - 30_000 - clearing.rateMicroUsdPerKwh).toBe(clearing.rateMicroUsdPerKwh - 50_000)
})

test('where no price leaves both no worse off nothing is traded, and it says so', () => {
  const clearing = newClearing(2)
  const none = { ...worth, chargesMicroUsdPerKwh: 170_001 }
  clearMidMarket(Int32Array.of(9, 0), Int32Array.of(0, 9), none, clearing)
  expect(clearing).toMatchObject({ tradedMilliWh: 0, noPrice: true })
  expect([...clearing.sold, ...clearing.bought]).toEqual([0, 0, 0, 0])
  clearMidMarket(
    Int32Array.of(9, 0),
    Int32Array.of(0, 9),
    { ...none, chargesMicroUsdPerKwh: 170_000 },
    clearing,
  )
  expect(clearing).toMatchObject({ tradedMilliWh: 9, noPrice: false, rateMicroUsdPerKwh: 50_000 })
})

test('one side alone trades nothing, and that is not a missing price', () => {
  const clearing = newClearing(2)
  clearMidMarket(Int32Array.of(9, 4), Int32Array.of(0, 0), worth, clearing)
  expect(clearing).toMatchObject({ tradedMilliWh: 0, noPrice: false })
})

test('every mechanism: sides sum to the mWh, nobody beyond its own, nobody worse off than with the utility', () => {
  const money = fc.integer({ min: 0, max: 600_000 })
  for (const clear of Object.values(MECHANISMS)) {
    fc.assert(
      fc.property(nets, money, money, money, (values, avoided, charges, forgone) => {
        const { surplus, deficit } = sides(values)
        const clearing = newClearing(values.length)
        clear(
          surplus,
          deficit,
          { avoidedMicroUsdPerKwh: avoided, chargesMicroUsdPerKwh: charges, forgoneMicroUsdPerKwh: forgone },
          clearing,
        )
        const sold = clearing.sold.reduce((all, part) => all + part, 0)
        const bought = clearing.bought.reduce((all, part) => all + part, 0)
        expect(sold).toBe(clearing.tradedMilliWh)
        expect(bought).toBe(clearing.tradedMilliWh)
        values.forEach((_, home) => {
          expect(clearing.sold[home]).toBeLessThanOrEqual(surplus[home])
          expect(clearing.bought[home]).toBeLessThanOrEqual(deficit[home])
        })
        if (sold === 0) return
        expect(clearing.rateMicroUsdPerKwh).toBeGreaterThanOrEqual(forgone)
        expect(clearing.rateMicroUsdPerKwh + charges).toBeLessThanOrEqual(avoided)
      }),
    )
  }
})

test('the money of a home is that of the blended prices, but for the rounding of its parts', () => {
  fc.assert(
    fc.property(nets, (values) => {
      const { surplus, deficit } = sides(values)
      const clearing = newClearing(values.length)
      clearMidMarket(surplus, deficit, worth, clearing)
      const supply = surplus.reduce((all, part) => all + part, 0)
      const demand = deficit.reduce((all, part) => all + part, 0)
      const { buyUsdPerKwh, sellUsdPerKwh } = blendedMidMarket(supply, demand, 0.22, 0.05)
      values.forEach((_, home) => {
        // Micro-dollars; mWh × USD/kWh is micro-dollars.
        const blended = deficit[home] * buyUsdPerKwh - surplus[home] * sellUsdPerKwh
        const peer = clearing.bought[home] - clearing.sold[home]
        const utility =
          (deficit[home] - clearing.bought[home]) * 0.22 - (surplus[home] - clearing.sold[home]) * 0.05
        expect(Math.abs(peer * 0.135 + utility - blended)).toBeLessThan(1)
        const settled = Math.sign(peer) * mulDivMillionCeil(Math.abs(peer), clearing.rateMicroUsdPerKwh)
        expect(Math.abs(settled - peer * 0.135)).toBeLessThan(1)
      })
    }),
  )
})

test('a year of five-minute intervals for twelve homes is cleared in a fraction of a second', () => {
  const intervals = 105_120
  const homes = 12
  const surplus = new Int32Array(homes)
  const deficit = new Int32Array(homes)
  const clearing = newClearing(homes)
  let traded = 0
  const start = performance.now()
  for (let interval = 0; interval < intervals; interval++) {
    for (let home = 0; home < homes; home++) {
      const net = Math.imul(interval * homes + home + 1, 2_654_435_761) >> 13
      surplus[home] = net > 0 ? net : 0
      deficit[home] = net > 0 ? 0 : -net
    }
    clearMidMarket(surplus, deficit, worth, clearing)
    traded += clearing.tradedMilliWh
  }
  const elapsed = performance.now() - start
  expect(traded).toBeGreaterThan(0)
  // Measured 60 to 90 ms on two shared cores; the bound only catches another order of growth.
  expect(elapsed).toBeLessThan(1000)
})
