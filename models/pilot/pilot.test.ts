import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pilotBudget, runway } from './budget.ts'
import { cashByMonth } from './cash.ts'
import { PACKAGES, packageCost } from './packages.ts'
import { homesEnrolled, type PilotPlan } from './plan.ts'
import { schedule } from './schedule.ts'
import { breakEvenHomes, unitEconomics } from './unit-economics.ts'

const plan: PilotPlan = {
  grantUsd: 100_000,
  grantInstalments: 2,
  months: 12,
  homes: 10,
  enrolFromMonth: 4,
  enrolMonths: 5,
  staff: [{ role: 'engineer', fullTimeFraction: 0.5, usdPerYear: 120_000 }],
  services: [{ label: 'counsel', usd: 6000, fromMonth: 11, months: 4 }],
  hardware: {
    meterUsd: 200,
    gatewayUsd: 100,
    partsUsd: 50,
    installUsd: 300,
    replacedFractionPerYear: 0.12,
    lifeYears: 10,
  },
  hostingUsdPerMonth: 500,
  acquisitionUsdPerHome: 100,
  supportUsdPerHomeMonth: 2,
  contingencyFraction: 0.1,
}

const plans = fc.record({
  grantUsd: fc.integer({ min: 0, max: 2_000_000 }),
  grantInstalments: fc.integer({ min: 1, max: 30 }),
  months: fc.integer({ min: 1, max: 48 }),
  homes: fc.integer({ min: 1, max: 500 }),
  enrolFromMonth: fc.integer({ min: 1, max: 60 }),
  enrolMonths: fc.integer({ min: 1, max: 24 }),
  hostingUsdPerMonth: fc.integer({ min: 0, max: 5000 }),
  contingencyFraction: fc.double({ min: 0, max: 1, noNaN: true }),
})

describe('the budget', () => {
  test('by hand', () => {
    const budget = pilotBudget(plan)
    expect(budget.homesByMonth).toEqual([0, 0, 0, 2, 4, 6, 8, 10, 10, 10, 10, 10])
    const of = (label: string) => budget.lines.find((line) => line.label === label)?.totalUsd
    expect(of('engineer')).toBeCloseTo(60_000, 6)
    // Two of its four months lie after the pilot.
    expect(of('counsel')).toBeCloseTo(3000, 6)
    expect(of('Devices')).toBeCloseTo(3500, 6)
    expect(of('Installation')).toBeCloseTo(3000, 6)
    expect(of('Replaced devices')).toBeCloseTo(70 * 3.5, 6)
    expect(of('Support of homes')).toBeCloseTo(140, 6)
    const direct = 60_000 + 3000 + 3500 + 3000 + 245 + 1000 + 140 + 6000
    expect(budget.totalUsd).toBeCloseTo(direct * 1.1, 6)
    expect(budget.usdPerHome).toBeCloseTo(direct * 0.11, 6)
    expect(budget.marginalUsdPerHome).toBeCloseTo(750 * 1.1, 6)
    expect(budget.runwayMonths).toBeNull()
  })

  test('lines, months and total are one sum; every home is paid for once', () => {
    fc.assert(
      fc.property(plans, (given) => {
        const budget = pilotBudget({ ...plan, ...given })
        const byLine = budget.lines.reduce((sum, { totalUsd }) => sum + totalUsd, 0)
        const byMonth = budget.usdByMonth.reduce((sum, usd) => sum + usd, 0)
        expect(byLine).toBeCloseTo(budget.totalUsd, 3)
        expect(byMonth).toBeCloseTo(budget.totalUsd, 3)
        expect(budget.leftUsd + budget.totalUsd).toBeCloseTo(given.grantUsd, 3)
        const homes = budget.homesByMonth.at(-1) ?? 0
        expect(homes).toBe(homesEnrolled({ ...plan, ...given }, given.months))
        const won = budget.lines.find(({ label }) => label === 'Winning homes')?.totalUsd
        expect(won).toBeCloseTo(homes * plan.acquisitionUsdPerHome, 6)
        expect(budget.homesByMonth.every((count, at) => count >= (budget.homesByMonth[at - 1] ?? 0))).toBe(
          true,
        )
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  test('the runway ends with the last month that is paid in full', () => {
    expect(runway([10, 10, 10], 25)).toBe(2)
    expect(runway([10, 10, 10], 30)).toBeNull()
    expect(runway([10], 0)).toBe(0)
  })
})

describe('cash', () => {
  test('the balance is the sum of flows, and an unspent grant is not kept', () => {
    fc.assert(
      fc.property(plans, (given) => {
        const budget = pilotBudget({ ...plan, ...given })
        const cash = cashByMonth({
          budget,
          grantUsd: given.grantUsd,
          grantInstalments: given.grantInstalments,
          production: {
            months: 24,
            homes: 1000,
            fixedUsdPerMonth: 1000,
            contributionUsdPerHomeMonth: 4,
            onceUsdPerHome: 50,
          },
        })
        const paid = cash.grantUsdByMonth.reduce((sum, usd) => sum + usd, 0)
        expect(paid).toBeCloseTo(Math.min(given.grantUsd, budget.totalUsd), 3)
        const atEnd = cash.balanceUsdByMonth[given.months - 1]
        expect(atEnd).toBeCloseTo(paid - budget.totalUsd, 3)
        expect(cash.homesByMonth.at(-1)).toBe(1000)
        const deepest = Math.min(...cash.balanceUsdByMonth.slice(given.months))
        expect(cash.neededUsd).toBeCloseTo(Math.max(0, -deepest), 6)
      }),
      { seed: 2, numRuns: 60 },
    )
  })
})

describe('economics of a home', () => {
  const home = {
    revenue: [
      { label: 'price', usdPerMonth: 3 },
      { label: 'fee', usdPerMonth: 2 },
    ],
    variableUsdPerMonth: 1,
    equipmentUsd: 200,
    acquisitionUsd: 40,
    lifeYears: 10,
    discountFraction: 0,
  }

  test('by hand, without interest', () => {
    const unit = unitEconomics(home)
    expect(unit.contributionUsdPerMonth).toBe(4)
    expect(unit.capitalUsdPerMonth).toBeCloseTo(2, 12)
    expect(unit.paybackMonths).toBe(60)
    expect(breakEvenHomes(1000, unit.marginUsdPerMonth)).toBe(500)
  })

  test('interest only makes it worse, and what never pays says so', () => {
    expect(unitEconomics({ ...home, discountFraction: 0.06 }).marginUsdPerMonth).toBeLessThan(2)
    expect(breakEvenHomes(1000, 0)).toBeNull()
    expect(breakEvenHomes(1000, -1)).toBeNull()
    expect(breakEvenHomes(0, -1)).toBe(0)
    expect(unitEconomics({ ...home, variableUsdPerMonth: 9 }).paybackMonths).toBeNull()
  })

  test('at the break-even number the margins pay the fixed cost, one home less does not', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (fixed, margin) => {
          const homes = breakEvenHomes(fixed, margin) ?? Number.NaN
          expect(homes * margin).toBeGreaterThanOrEqual(fixed - 1e-6)
          expect((homes - 1) * margin).toBeLessThan(fixed)
        },
      ),
      { seed: 3 },
    )
  })
})

test('a package costs what its devices do, and the utility’s own meter nothing', () => {
  const [metered, gateway, utility] = PACKAGES.map((name) => packageCost(plan.hardware, name))
  expect(metered.totalUsd).toBe(650)
  expect(metered.replacementUsdPerMonth).toBeCloseTo(3.5, 12)
  expect(gateway.totalUsd).toBe(250)
  expect(utility.totalUsd).toBe(0)
})

test('every task lies within the pilot, and gates come in order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 80 }),
      fc.integer({ min: 1, max: 40 }),
      (months, enrolFromMonth, enrolMonths) => {
        const { tasks, gates } = schedule({ months, enrolFromMonth, enrolMonths })
        for (const { from, to } of tasks) {
          expect(from).toBeGreaterThanOrEqual(1)
          expect(to).toBeGreaterThanOrEqual(from)
          expect(to).toBeLessThanOrEqual(months)
        }
        for (const [at, { month }] of gates.entries())
          expect(month).toBeGreaterThanOrEqual(gates[at - 1]?.month ?? 1)
      },
    ),
    { seed: 4 },
  )
  const usual = schedule({ months: 24, enrolFromMonth: 7, enrolMonths: 6 })
  expect(usual.gates.map(({ month }) => month)).toEqual([6, 12, 16, 24])
})
