import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { internalRate, modifiedInternalRate } from './internal-rate.ts'
import { netPresentValue } from './present-value.ts'

test('one investment that pays back has one rate, at which its present value is zero', () => {
  const flows = [-40_000, 5000, 8000, 12_000, 30_000]
  const found = internalRate(flows)
  expect(found.kind).toBe('one')
  if (found.kind === 'one') expect(netPresentValue(found.rate, flows)).toBeCloseTo(0, 8)
})

test('a loss has a rate below zero', () => {
  const found = internalRate([-100, 0, 0, 74])
  expect(found).toMatchObject({ kind: 'one' })
  if (found.kind === 'one') expect(found.rate).toBeCloseTo(Math.cbrt(0.74) - 1, 14)
})

test('money that only flows one way has none, nor has a project that no rate makes even', () => {
  expect(internalRate([])).toEqual({ kind: 'none' })
  expect(internalRate([0, 0])).toEqual({ kind: 'none' })
  expect(internalRate([-5])).toEqual({ kind: 'none' })
  expect(internalRate([100, 20, 30])).toEqual({ kind: 'none' })
  // (x − 1)² + 1 > 0 everywhere.
  expect(internalRate([2, -2, 1])).toEqual({ kind: 'none' })
})

test('a strip mine, dear to close, has two rates and says so', () => {
  // -100 + 230 x − 132 x² = 0 at x = 1/1.1 and 1/1.2.
  const found = internalRate([-100, 230, -132])
  expect(found.kind).toBe('multiple')
  if (found.kind === 'multiple') {
    expect(found.rates).toHaveLength(2)
    expect(found.rates[0]).toBeCloseTo(0.1, 12)
    expect(found.rates[1]).toBeCloseTo(0.2, 12)
  }
})

test('a rate at which the value only touches zero is found, once', () => {
  // 100 (1 − 1.25 x)² = 0 at r = 0.25.
  const found = internalRate([100, -250, 156.25])
  expect(found).toMatchObject({ kind: 'one' })
  if (found.kind === 'one') expect(found.rate).toBeCloseTo(0.25, 6)
})

test('rates that are put into a polynomial come out again, whatever their number', () => {
  const rates = fc.uniqueArray(fc.integer({ min: -12, max: 12 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(rates, (tenths) => {
      // Π (x·(1 + r) − 1): zero at each x = 1/(1 + r).
      const chosen = tenths.map((tenth) => tenth / 20).toSorted((one, other) => one - other)
      const flows = chosen.reduce<number[]>(
        (product, rate) =>
          Array.from(
            { length: product.length + 1 },
            (_, at) => (at === 0 ? 0 : product[at - 1] * (1 + rate)) - (product[at] ?? 0),
          ),
        [1],
      )
      const found = internalRate(flows)
      const all = found.kind === 'one' ? [found.rate] : found.kind === 'multiple' ? found.rates : []
      expect(all).toHaveLength(chosen.length)
      all.forEach((rate, at) => expect(rate).toBeCloseTo(chosen[at], 8))
    }),
    { seed: 1 },
  )
})

test('thirty years of months neither overflow nor lose digits', () => {
  const flows = [-20_000, ...Array.from({ length: 360 }, () => 150)]
  const found = internalRate(flows)
  expect(found).toMatchObject({ kind: 'one' })
  if (found.kind === 'one') expect(Math.abs(netPresentValue(found.rate, flows))).toBeLessThan(1e-8)
})

test('the modified rate needs something paid and something received', () => {
  expect(modifiedInternalRate([-100, -5], 0.1, 0.1)).toBeNull()
  expect(modifiedInternalRate([100, 5], 0.1, 0.1)).toBeNull()
  expect(modifiedInternalRate([-100, 121], 0.03, 0.2)).toBeCloseTo(0.21, 12)
})
