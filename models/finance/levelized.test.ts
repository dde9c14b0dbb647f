import { expect, test } from 'vitest'
import { levelizedCost, levelizedStorageCost } from './levelized.ts'
import { payback } from './payback.ts'
import { netPresentValue, nominalRate } from './present-value.ts'

test('selling at the levelized cost makes the present value zero', () => {
  const costs = [9000, 96, 96, 96, 2000, 96]
  const energy = [0, 3600, 3582, 3564, 3546, 3528]
  const lcoe = levelizedCost(costs, energy, 0.06)
  expect(lcoe).not.toBeNull()
  const flows = costs.map((cost, year) => (lcoe ?? 0) * energy[year] - cost)
  expect(netPresentValue(0.06, flows)).toBeCloseTo(0, 8)
})

test('without energy there is no cost of energy', () => {
  expect(levelizedCost([100], [0], 0.05)).toBeNull()
})

test('storage costs more with its charging energy than without, by its cost over what comes out', () => {
  const { withCharging, withoutCharging } = levelizedStorageCost(
    { ownCosts: [1000, 0, 0], chargingCosts: [0, 10, 10], dischargedKwh: [0, 90, 90] },
    0,
  )
  expect(withoutCharging).toBeCloseTo(1000 / 180, 12)
  expect(withCharging).toBeCloseTo(1020 / 180, 12)
})

test('payback is interpolated in its year, and a replacement that takes it back moves it', () => {
  expect(payback([-100, 40, 40, 40])).toEqual({ kind: 'years', years: 2.5 })
  expect(payback([-100, 60, 60, -50, 60])).toEqual({ kind: 'years', years: 3.5 })
  expect(payback([-100, 40, 40])).toEqual({ kind: 'not reached' })
  expect(payback([0])).toEqual({ kind: 'years', years: 0 })
})

test('discounting never shortens a payback', () => {
  const flows = [-1000, 300, 300, 300, 300, 300]
  const simple = payback(flows)
  const discounted = payback(flows, 0.08)
  if (simple.kind !== 'years' || discounted.kind !== 'years') throw new Error('both are reached')
  expect(discounted.years).toBeGreaterThan(simple.years)
})

test('a real rate of 3 % under 2 % inflation is a nominal one of 5.06 %', () => {
  expect(nominalRate(0.03, 0.02)).toBeCloseTo(0.0506, 12)
})
