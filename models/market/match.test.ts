import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { match } from './match.ts'
import { newClearing } from './mechanism.ts'
import { clearMidMarket } from './mid-market.ts'
import { cleared, plainBook, rowsOf } from './testing-book.ts'

test('pairs carry what was sold and bought, with fewer pairs than there are parties', () => {
  const nets = fc.array(fc.integer({ min: -900_000, max: 900_000 }), { minLength: 2, maxLength: 30 })
  fc.assert(
    fc.property(nets, fc.nat(200), (values, turn) => {
      const clearing = cleared(clearMidMarket, plainBook(values, 210_000, 50_000), undefined, turn)
      const sold = new Int32Array(values.length)
      const bought = new Int32Array(values.length)
      for (const [seller, buyer, milliWh, rate] of rowsOf(clearing)) {
        expect(milliWh).toBeGreaterThan(0)
        expect(rate).toBe(130_000)
        sold[seller] += milliWh
        bought[buyer] += milliWh
      }
      expect([...sold]).toEqual([...clearing.sold])
      expect([...bought]).toEqual([...clearing.bought])
      const parties = sold.filter((part) => part > 0).length + bought.filter((part) => part > 0).length
      expect(clearing.pairs.count).toBeLessThanOrEqual(Math.max(0, parties - 1))
    }),
  )
})

const shared = (sold: number[], bought: number[], turn: number) => {
  const clearing = newClearing(sold.length)
  clearing.scratch.sold.set(sold)
  clearing.scratch.bought.set(bought)
  match(clearing, turn)
  return rowsOf(clearing).map(([seller]) => seller)
}

test('the order turns with `turn`: another home comes last', () => {
  expect(shared([4, 4, 0], [0, 0, 8], 0)).toEqual([0, 1])
  expect(shared([4, 4, 0], [0, 0, 8], 1)).toEqual([1, 0])
})

test('a round whose sides differ is a bug and stops', () => {
  expect(() => shared([5, 0], [0, 4], 0)).toThrow('more was sold than bought')
})
