import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { match, newMatches } from './match.ts'
import { newClearing } from './mechanism.ts'
import { clearMidMarket } from './mid-market.ts'

const worth = { avoidedMicroUsdPerKwh: 220_000, chargesMicroUsdPerKwh: 10_000, forgoneMicroUsdPerKwh: 50_000 }

test('pairs carry what was sold and bought, with fewer pairs than there are parties', () => {
  const nets = fc.array(fc.integer({ min: -900_000, max: 900_000 }), { minLength: 2, maxLength: 30 })
  fc.assert(
    fc.property(nets, fc.nat(200), (values, first) => {
      const homes = values.length
      const clearing = newClearing(homes)
      const matches = newMatches(homes)
      const surplus = Int32Array.from(values, (net) => Math.max(0, net))
      const deficit = Int32Array.from(values, (net) => Math.max(0, -net))
      clearMidMarket(surplus, deficit, worth, clearing)
      match(clearing, first, matches)

      const sold = new Int32Array(homes)
      const bought = new Int32Array(homes)
      for (let at = 0; at < matches.count; at++) {
        expect(matches.milliWh[at]).toBeGreaterThan(0)
        sold[matches.seller[at]] += matches.milliWh[at]
        bought[matches.buyer[at]] += matches.milliWh[at]
      }
      expect([...sold]).toEqual([...clearing.sold])
      expect([...bought]).toEqual([...clearing.bought])
      const parties = sold.filter((part) => part > 0).length + bought.filter((part) => part > 0).length
      expect(matches.count).toBeLessThanOrEqual(Math.max(0, parties - 1))
    }),
  )
})

test('the order turns with `first`: another home comes last', () => {
  const clearing = { ...newClearing(3), sold: Int32Array.of(4, 4, 0), bought: Int32Array.of(0, 0, 8) }
  const matches = newMatches(3)
  match(clearing, 0, matches)
  expect([...matches.seller.subarray(0, matches.count)]).toEqual([0, 1])
  match(clearing, 1, matches)
  expect([...matches.seller.subarray(0, matches.count)]).toEqual([1, 0])
})

test('a clearing whose sides differ is a bug and stops', () => {
  const clearing = { ...newClearing(2), sold: Int32Array.of(5, 0), bought: Int32Array.of(0, 4) }
  expect(() => match(clearing, 0, newMatches(2))).toThrow('more was sold than bought')
})
