import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addProduct, addProducts, exactSum, rateColumn } from './exact-sum.ts'

const quantity = fc.oneof(
  fc.integer({ min: 0, max: 2_000_000 }),
  fc.integer({ min: 0, max: 2_147_483_647 }),
  fc.constant(0),
)
const rate = fc.oneof(
  fc.integer({ min: -500_000, max: 1_000_000 }),
  fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
)

test('a column’s products are those of its rows, one by one', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(fc.tuple(quantity, rate), { maxLength: 40 }),
        // All at one rate.
        fc
          .tuple(fc.array(quantity, { maxLength: 40 }), rate)
          .map(([energies, one]) => energies.map((energy): [number, number] => [energy, one])),
      ),
      fc.integer({ min: 0, max: 3 }),
      (rows, from) => {
        const milliWh = Int32Array.from(rows, ([energy]) => energy)
        const rates = Int32Array.from({ length: from + rows.length }, (_, at) =>
          at < from ? 7 : rows[at - from][1],
        )
        const [one, all] = [exactSum(), exactSum()]
        addProduct(one, 1_234_567, 89)
        addProduct(all, 1_234_567, 89)
        let energy = 0
        for (const [quantityOf, rateOf] of rows) {
          addProduct(one, quantityOf, rateOf)
          energy += quantityOf
        }
        addProducts(all, milliWh, energy, rateColumn(rates), from, rows.length)
        // Whole micro-dollars beyond 2^53 are outside of what either sum holds.
        if (Math.abs(one.whole) < 2 ** 53) expect(all).toEqual(one)
      },
    ),
    { seed: 5, numRuns: 2000 },
  )
})
