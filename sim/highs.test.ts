import { expect, test } from 'vitest'
import { newBattery } from '../models/battery/battery.ts'
import { perfectForecast, persistenceForecast } from '../models/dispatch/forecast.ts'
import { type LinearSolver, planProgram, setPlan } from '../models/dispatch/linear-program.ts'
import { optimumBattery, perfectForesight } from '../models/dispatch/optimum.ts'
import { costWithout, runDispatch } from '../models/dispatch/run.ts'
import { modelPredictive } from '../models/dispatch/strategies/model-predictive.ts'
import { selfConsumption } from '../models/dispatch/strategies/self-consumption.ts'
import { madeUpBattery, madeUpSeries } from '../models/dispatch/testing-series.ts'
import { highsSolver } from './highs.ts'

const solver = await highsSolver()
const OPTIONS = { horizonHours: 24, planHours: 1, wearUsdPerKwh: 0 }
const start = newBattery(madeUpBattery, 0)

function controlled(
  series: ReturnType<typeof madeUpSeries>,
  { battery = madeUpBattery, use = solver, forecast = perfectForecast(series), options = OPTIONS } = {},
) {
  const context = { battery, series }
  const strategy = modelPredictive(context, options, forecast, use, selfConsumption(context))
  return runDispatch(series, battery, newBattery(battery, 0), strategy)
}

test('the whole series as one linear program costs what the exact optimum says', () => {
  for (const standing of [0, 4]) {
    const series = madeUpSeries({ days: 10 })
    const limits = {
      stepHours: 1,
      capacityKwh: 10,
      minKwh: 0,
      maxKwh: 10,
      powerKw: 4,
      chargeEfficiency: 0.95,
      dischargeEfficiency: 0.95,
    }
    const count = series.loadKwh.length
    const program = planProgram(count, limits)
    const steps = Array.from({ length: count }, (_, at) => ({
      netLoadKwh: series.loadKwh[at] - series.solarKwh[at],
      importUsdPerKwh: series.importUsdPerKwh[at],
      exportUsdPerKwh: series.exportUsdPerKwh[at],
    }))
    setPlan(program, limits, steps, standing, 0, 0)
    const model = solver(program)
    const answer = model.solve(program)
    model.close()
    expect(answer.status).toBe('optimal')
    const exact = perfectForesight(series, optimumBattery(madeUpBattery, standing)).usd
    expect(answer.status === 'optimal' ? answer.objective : NaN).toBeCloseTo(exact, 7)
  }
})

test('with a perfect forecast it reaches 99 % of what the optimum saves, and never passes it', () => {
  const series = madeUpSeries({ days: 60 })
  const none = costWithout(series)
  const best = perfectForesight(series, optimumBattery(madeUpBattery, 0)).usd
  const { usd, ruledSteps } = controlled(series)
  expect(ruledSteps).toBe(0)
  expect(usd).toBeGreaterThan(best - 1e-7)
  expect((none - usd) / (none - best)).toBeGreaterThan(0.99)
})

test('a forecast of the day before saves less, and still more than nothing', () => {
  const series = madeUpSeries({ days: 30 })
  const perfect = controlled(series).usd
  const { usd } = controlled(series, { forecast: persistenceForecast(series) })
  expect(usd).toBeGreaterThan(perfect)
  expect(usd).toBeLessThan(costWithout(series))
})

test('under one price without solar it does nothing', () => {
  const series = madeUpSeries({ days: 10, flat: true, solarKw: 0 })
  const { usd, chargeKwh } = controlled(series)
  expect(chargeKwh).toBeLessThan(1e-7)
  expect(usd).toBeCloseTo(costWithout(series), 6)
})

test('where a solve fails the rule goes on, and the intervals are counted', () => {
  const series = madeUpSeries({ days: 4 })
  let solves = 0
  const failing: LinearSolver = (program) => {
    const model = solver(program)
    return {
      solve: (now) => (++solves % 3 === 0 ? { status: 'failed', reason: 'by the test' } : model.solve(now)),
      close: () => model.close(),
    }
  }
  const some = controlled(series, { use: failing })
  expect(some.ruledSteps).toBe(series.loadKwh.length / 3)
  const throwing: LinearSolver = () => {
    throw new Error('no solver')
  }
  const none = controlled(series, { use: throwing })
  const context = { battery: madeUpBattery, series }
  expect(none.usd).toBe(runDispatch(series, madeUpBattery, start, selfConsumption(context)).usd)
  expect(none.ruledSteps).toBe(series.loadKwh.length)
})

test.each([
  { capacityKwh: 0 },
  { powerKw: 0 },
  { chargeEfficiency: 1, dischargeEfficiency: 1 },
  { minSocFraction: 0.3, maxSocFraction: 0.8 },
  { minSocFraction: 1, maxSocFraction: 1 },
])('has a plan for a battery with %j', (change) => {
  const series = madeUpSeries({ days: 3 })
  const battery = { ...madeUpBattery, ...change, standbyW: 10 }
  const { usd, ruledSteps, state } = controlled(series, { battery })
  expect(ruledSteps).toBe(0)
  expect(usd).not.toBeNaN()
  expect(state.energyKwh).toBeGreaterThanOrEqual(0)
})

test('an hour of plan over quarter hours of the series', () => {
  const series = madeUpSeries({ days: 5, stepHours: 0.25 })
  const { usd, ruledSteps } = controlled(series)
  expect(ruledSteps).toBe(0)
  expect(usd).toBeLessThan(costWithout(series))
})
