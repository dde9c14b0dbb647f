import { expect, test } from 'vitest'
import { periodsOf, samClock } from './calendar.ts'
import { demandCharges, demandRegisters, peakKw, registerDemand } from './demand.ts'
import { flatRate, ONE_PERIOD, type Rate } from './rate.ts'

const rate: Rate = {
  ...flatRate(0.1),
  demandWindowMinutes: 15,
  demand: {
    periods: [
      [
        { maxKw: 2, usdPerKw: 1 },
        { maxKw: null, usdPerKw: 3 },
      ],
      [{ maxKw: null, usdPerKw: 10 }],
    ],
    schedule: ONE_PERIOD,
  },
  flatDemand: Array.from({ length: 12 }, (_, month) => [{ maxKw: null, usdPerKw: month }]),
}

test('demand is the mean of a window, the greatest of the month and of each period', () => {
  const registers = demandRegisters(rate, 300)
  expect(registers.stepsInWindow).toBe(3)
  // Three steps of 5 minutes: 0.1 + 0.5 + 0.3 kWh in a quarter of an hour are 3.6 kW; a single step of 0.5 kWh is none.
  for (const [step, kwh] of [0.1, 0.5, 0.3, 0.2, 0, 0].entries())
    registerDemand(registers, step, 0, kwh * 1e6)
  for (const [step, kwh] of [0.25, 0.25, 0.25].entries()) registerDemand(registers, step + 6, 1, kwh * 1e6)
  expect(peakKw(registers)).toBeCloseTo(3.6, 12)
  // 2 kW at 1 + 1.6 at 3, and 3 kW at 10; flat in March: 3.6 kW at 2.
  expect(demandCharges(rate, registers, 2)).toEqual({ flatMicroUsd: 7_200_000, periodMicroUsd: 36_800_000 })
  expect(demandCharges(rate, registers, 0).flatMicroUsd).toBe(0)
})

test('a step coarser than the window is taken as it is', () => {
  const registers = demandRegisters(rate, 3600)
  registerDemand(registers, 0, 1, 4e6)
  registerDemand(registers, 1, 1, 3e6)
  expect(demandCharges(rate, registers, 1)).toEqual({ flatMicroUsd: 4_000_000, periodMicroUsd: 40_000_000 })
})

test('SAM’s year begins on a Monday and has 365 days', () => {
  const clock = samClock(2)
  expect(clock.month).toHaveLength(17_520)
  expect([clock.weekend[0], clock.weekend[5 * 48 - 1], clock.weekend[5 * 48], clock.weekend[7 * 48]]).toEqual(
    [0, 0, 1, 0],
  )
  expect(clock.month.filter((month) => month === 1)).toHaveLength(28 * 48)
  const weekend = ONE_PERIOD.weekend.map((row) => row.map(() => 1))
  const periods = periodsOf({ weekday: ONE_PERIOD.weekday, weekend }, clock)
  expect(periods.reduce((sum, one) => sum + one, 0)).toBe(104 * 48)
})
