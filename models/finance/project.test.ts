import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { INCENTIVES, type Incentive, incentivePays } from './incentives.ts'
import { netPresentValue } from './present-value.ts'
import { projectFlows, type Project } from './project.ts'

const plain: Project = {
  years: 20,
  investmentUsd: 15_000,
  yearly: [
    { label: 'savings', firstYearUsd: 1400, growthFraction: (1 - 0.005) * 1.0166 - 1 },
    { label: 'upkeep', firstYearUsd: -160, growthFraction: 0.025 },
  ],
  single: [
    { label: 'new battery', year: 12, usd: -4000 },
    { label: 'never', year: 30, usd: 999 },
  ],
  loan: null,
}

test('every year’s total is the sum of its lines, and nothing flows after the end', () => {
  const { lines, totalUsd } = projectFlows(plain)
  expect(totalUsd).toHaveLength(21)
  totalUsd.forEach((total, year) =>
    expect(lines.reduce((sum, { usd }) => sum + usd[year], 0)).toBeCloseTo(total, 9),
  )
  expect(lines.map(({ label }) => label)).toEqual(['investment', 'savings', 'upkeep', 'new battery'])
  expect(totalUsd[1]).toBeCloseTo(1240, 9)
})

test('a loan at the discount rate changes no present value, whatever its length', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 0.15, noNaN: true }),
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rate, years, fraction) => {
        const without = netPresentValue(rate, projectFlows(plain).totalUsd)
        const loan = { fraction, ratePerYear: rate, years }
        const borrowed = netPresentValue(rate, projectFlows({ ...plain, loan }).totalUsd)
        expect(borrowed).toBeCloseTo(without, 5)
      },
    ),
    { seed: 1 },
  )
})

const named = (id: string): Incentive => {
  const found = INCENTIVES.find((incentive) => incentive.id === id)
  if (found === undefined) throw new Error(id)
  return found
}
const claim = {
  day: '2026-06-01',
  costUsd: 20_000,
  solarKwhPerYear: 5500,
  solarKw: 5,
  batteryCalledKw: 4.05,
  lowIncome: false,
}

test('the federal credit is gone after 2025, and was 30 % before', () => {
  expect(incentivePays(named('federal-25d'), claim).onceUsd).toBe(0)
  expect(incentivePays(named('federal-25d'), { ...claim, day: '2025-12-31' }).onceUsd).toBe(6000)
})

test('state credit is capped, production pays low-income homes double, and large plants nothing', () => {
  expect(incentivePays(named('ma-state-credit'), claim).onceUsd).toBe(1000)
  expect(incentivePays(named('ma-state-credit'), { ...claim, costUsd: 2000 }).onceUsd).toBe(300)
  expect(incentivePays(named('smart-3'), claim)).toEqual({ onceUsd: 0, yearlyUsd: 165, years: 20 })
  expect(incentivePays(named('smart-3'), { ...claim, lowIncome: true }).yearlyUsd).toBe(330)
  expect(incentivePays(named('smart-3'), { ...claim, solarKw: 30 }).yearlyUsd).toBe(0)
  expect(incentivePays(named('smart-3'), { ...claim, day: '2025-10-14' }).yearlyUsd).toBe(0)
})

test('13.5 kWh over three hours earn 1,114 dollars a summer; five kilowatts are the most', () => {
  expect(incentivePays(named('connected-solutions'), claim).yearlyUsd).toBeCloseTo(1113.75, 9)
  expect(incentivePays(named('connected-solutions'), { ...claim, batteryCalledKw: 9 }).yearlyUsd).toBe(1375)
})
