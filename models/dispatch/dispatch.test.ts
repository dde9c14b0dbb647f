import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { newBattery } from '../battery/battery.ts'
import { callEvents, type DemandResponseProgram, programPayment } from './demand-response.ts'
import { optimumBattery, perfectForesight } from './optimum.ts'
import { costWithout, type OnStep, runDispatch } from './run.ts'
import type { DispatchSeries } from './series.ts'
import type { Strategy, StrategyContext } from './strategy.ts'
import { backupReserve } from './strategies/backup-reserve.ts'
import { demandResponse } from './strategies/demand-response.ts'
import { marketAware, wearUsdPerKwh } from './strategies/market-aware.ts'
import { peakShaving } from './strategies/peak-shaving.ts'
import { selfConsumption } from './strategies/self-consumption.ts'
import { timeOfUse, windowExtreme } from './strategies/time-of-use.ts'
import { madeUpBattery, madeUpSeries } from './testing-series.ts'

const program: DemandResponseProgram = {
  firstMonth: 6,
  lastMonth: 9,
  fromHour: 15,
  toHour: 20,
  eventHours: 3,
  eventsPerSeason: 5,
  optOutFraction: 0,
  usdPerKwSeason: 275,
  capKw: 5,
}
const events = (series: DispatchSeries, changes: Partial<DemandResponseProgram> = {}) =>
  callEvents(series, { ...program, ...changes }, streamFor(1, 'events'), streamFor(1, 'choice'))

/** Every strategy that needs no solver. */
const STRATEGIES: Record<string, (context: StrategyContext) => Strategy> = {
  'self-consumption': selfConsumption,
  'time-of-use': (context) => timeOfUse(context, { gridCharge: false }),
  'time-of-use, grid': (context) => timeOfUse(context, { gridCharge: true }),
  'peak-shaving': (context) => peakShaving(context, { limitKw: 1, gridCharge: false }),
  'peak-shaving, grid': (context) => peakShaving(context, { limitKw: 1, gridCharge: true }),
  'backup-reserve': (context) =>
    backupReserve(context, { reserveFraction: 0.4, gridCharge: true }, selfConsumption(context)),
  'demand-response': (context) => demandResponse(context, events(context.series), selfConsumption(context)),
  'market-aware': (context) => marketAware(context, { wearUsdPerKwh: 0.05, midPoint: 0.5 }),
}
const names = Object.keys(STRATEGIES)

const bound = (series: DispatchSeries, battery = madeUpBattery, startKwh = 0) =>
  perfectForesight(series, optimumBattery(battery, startKwh)).usd

describe.each(names)('%s', (name) => {
  const strategy = STRATEGIES[name]
  test('never costs less than the optimum', () => {
    for (const stepHours of [1, 0.25]) {
      const series = madeUpSeries({ stepHours })
      const { usd } = runDispatch(
        series,
        madeUpBattery,
        newBattery(madeUpBattery, 0),
        strategy({ battery: madeUpBattery, series }),
      )
      expect(usd).toBeGreaterThan(bound(series) - 1e-9)
    }
  })

  test('under one price, without events or solar, it earns nothing', () => {
    const series = madeUpSeries({ flat: true, solarKw: 0, firstMonth: 1 })
    const { usd } = runDispatch(
      series,
      madeUpBattery,
      newBattery(madeUpBattery, 0),
      strategy({ battery: madeUpBattery, series }),
    )
    expect(usd).toBeGreaterThan(costWithout(series) - 1e-9)
  })

  test('bears any battery: limits, outside them, no capacity, no power, no loss', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 0.1, 10),
        fc.constantFrom(0, 4),
        fc.constantFrom(1, 0.9),
        fc.constantFrom([0, 1], [0.2, 0.9], [0, 0.5]),
        fc.constantFrom(0, 0.1, 1, 1.2),
        (capacityKwh, powerKw, efficiency, [minSocFraction, maxSocFraction], soc) => {
          const battery = {
            ...madeUpBattery,
            capacityKwh,
            powerKw,
            chargeEfficiency: efficiency,
            dischargeEfficiency: efficiency,
            standbyW: 10,
            minSocFraction,
            maxSocFraction,
          }
          const series = madeUpSeries({ days: 3 })
          const start = newBattery(battery, soc)
          const result = runDispatch(series, battery, start, strategy({ battery, series }))
          for (const value of Object.values({ ...result, ...result.state })) {
            if (typeof value === 'number') expect(value).not.toBeNaN()
          }
          expect(result.state.energyKwh).toBeGreaterThanOrEqual(0)
          expect(result.usd).toBeGreaterThan(bound(series, battery, start.energyKwh) - 1e-9)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('the optimum', () => {
  test('its schedule can be done and costs what it says', () => {
    const series = madeUpSeries()
    const battery = { ...madeUpBattery, standbyW: 0 }
    const { usd, energyKwh } = perfectForesight(series, optimumBattery(battery, 3), { schedule: true })
    const follow: Strategy = {
      powerKw({ step, state }) {
        const change = energyKwh[step] - state.energyKwh
        return change > 0 ? -change / battery.chargeEfficiency : -change * battery.dischargeEfficiency
      },
    }
    const done = runDispatch(series, battery, { ...newBattery(battery, 0), energyKwh: 3 }, follow)
    expect(done.usd).toBeCloseTo(usd, 9)
  })

  test('by hand: two hours, one price up', () => {
    const two = (values: number[]) => Float64Array.from(values)
    const series = {
      ...madeUpSeries({ days: 1 }),
      loadKwh: two([0, 2]),
      solarKwh: two([0, 0]),
      importUsdPerKwh: two([0.1, 0.5]),
      exportUsdPerKwh: two([0, 0]),
    }
    // 2 kWh out need 2 / 0.95² in at 0.1.
    expect(bound(series)).toBeCloseTo((2 / 0.95 ** 2) * 0.1, 12)
    expect(bound(series, { ...madeUpBattery, powerKw: 1 })).toBeCloseTo(0.1 + (2 - 0.95 ** 2) * 0.5, 12)
  })

  test('more battery never costs more; none is the cost without', () => {
    const series = madeUpSeries()
    let last = costWithout(series)
    expect(bound(series, { ...madeUpBattery, capacityKwh: 0 })).toBeCloseTo(last, 9)
    for (const capacityKwh of [1, 3, 10, 30]) {
      const usd = bound(series, { ...madeUpBattery, capacityKwh })
      expect(usd).toBeLessThanOrEqual(last + 1e-9)
      last = usd
    }
  })

  test('an export that pays more than import is bounded, not without end', () => {
    const series = madeUpSeries()
    const generous = { ...series, exportUsdPerKwh: series.exportUsdPerKwh.map(() => 0.8) }
    const usd = bound(generous)
    expect(Number.isFinite(usd)).toBe(true)
    for (const strategy of Object.values(STRATEGIES)) {
      const context = { battery: madeUpBattery, series: generous }
      const run = runDispatch(generous, madeUpBattery, newBattery(madeUpBattery, 0), strategy(context))
      expect(run.usd).toBeGreaterThan(usd - 1e-9)
    }
  })
})

describe('strategies do what they are for', () => {
  const series = madeUpSeries()
  const context = { battery: madeUpBattery, series }
  const run = (strategy: Strategy, onStep: OnStep = () => {}) =>
    runDispatch(series, madeUpBattery, newBattery(madeUpBattery, 0.5), strategy, onStep)

  test('where energy is scarce, time of use saves more than self-consumption', () => {
    const scarce = { battery: madeUpBattery, series: madeUpSeries({ solarKw: 2 }) }
    const usd = (strategy: Strategy) =>
      runDispatch(scarce.series, madeUpBattery, newBattery(madeUpBattery, 0), strategy).usd
    const plain = usd(selfConsumption(scarce))
    expect(usd(STRATEGIES['time-of-use'](scarce))).toBeLessThan(plain)
    expect(usd(STRATEGIES['time-of-use, grid'](scarce))).toBeLessThan(plain)
  })

  test('peak shaving lowers the peak, with energy for it', () => {
    const peak = (strategy: Strategy) => {
      let most = 0
      run(strategy, (_, __, ___, imported) => (most = Math.max(most, imported)))
      return most
    }
    expect(peak(peakShaving(context, { limitKw: 1.5, gridCharge: true }))).toBeLessThan(1.6)
    expect(peak(selfConsumption(context))).toBeGreaterThan(1.6)
  })

  test('a reserve is kept and filled', () => {
    const reserve = backupReserve(
      context,
      { reserveFraction: 0.7, gridCharge: true },
      selfConsumption(context),
    )
    let state = newBattery(madeUpBattery, 0)
    for (let step = 0; step < 48; step++) {
      const decision = { step, solarKwh: 0, loadKwh: 1, state }
      state = runDispatch(madeUpSeries({ days: 1 / 24 }), madeUpBattery, state, {
        powerKw: () => reserve.powerKw(decision),
      }).state
      if (step > 3) expect(state.energyKwh).toBeGreaterThanOrEqual(7 - 1e-9)
    }
  })

  test('market-aware gives beyond the home only above its floor', () => {
    const night = { step: 20, solarKwh: 0, loadKwh: 0.2, state: newBattery(madeUpBattery, 1) }
    expect(marketAware(context, { wearUsdPerKwh: 0.05, midPoint: 0.5 }).powerKw(night)).toBe(4)
    expect(marketAware(context, { wearUsdPerKwh: 0.6, midPoint: 0.5 }).powerKw(night)).toBe(0)
    expect(wearUsdPerKwh(1100, 4000, 1)).toBeCloseTo(0.275, 12)
  })
})

describe('demand response', () => {
  const series = madeUpSeries({ days: 122, firstMonth: 6 })
  test('events lie in season and hours, each on its own day, as many as called', () => {
    const called = events(series, { eventsPerSeason: 20 })
    expect(called.events).toHaveLength(20)
    expect(called.daysOfEvents.size).toBe(20)
    for (const { firstStep, steps } of called.events) {
      expect(steps).toBe(3)
      expect(series.localHour[firstStep]).toBeGreaterThanOrEqual(15)
      expect(series.localHour[firstStep] + steps).toBeLessThanOrEqual(20)
    }
    expect(events(madeUpSeries({ days: 60, firstMonth: 1 })).events).toEqual([])
  })

  test('pays the mean power of all events up to the cap, nothing for those opted out', () => {
    const called = events(series)
    expect(programPayment(called, 1, () => 4)).toBeCloseTo(275 * 4, 9)
    expect(programPayment(called, 1, () => 9)).toBeCloseTo(275 * 5, 9)
    expect(programPayment(events(series, { optOutFraction: 1 }), 1, () => 9)).toBe(0)
  })

  test('a year from August to July pays one season in its two parts, and a week of July its part of one', () => {
    // The year's first and last 61 days lie in the season.
    const year = madeUpSeries({ days: 365 })
    const localMonth = Uint8Array.from(year.localDay, (day) => (day < 61 ? 8 : day >= 304 ? 6 : 1))
    const parts = events({ ...year, localMonth }, { eventsPerSeason: 40 })
    expect(parts.seasons.map((season) => [season.events.length, season.fraction])).toEqual([
      [20, 0.5],
      [20, 0.5],
    ])
    expect(programPayment(parts, 1, () => 4)).toBeCloseTo(275 * 4, 9)
    const week = events(madeUpSeries({ days: 7 }), { eventsPerSeason: 40 })
    expect(week.events).toHaveLength(2)
    expect(programPayment(week, 1, () => 4)).toBeCloseTo((275 * 4 * 7) / 122, 9)
  })

  test('keeps its energy on the day of an event and gives it evenly', () => {
    const context = { battery: madeUpBattery, series }
    const called = events(series)
    const given = new Float64Array(series.loadKwh.length)
    runDispatch(
      series,
      madeUpBattery,
      newBattery(madeUpBattery, 1),
      demandResponse(context, called, selfConsumption(context)),
      (step, _, discharge) => (given[step] = discharge),
    )
    for (const { firstStep } of called.events) {
      expect(given[firstStep]).toBeGreaterThan(2)
      expect(given[firstStep + 2]).toBeCloseTo(given[firstStep], 6)
    }
  })
})

test('window extremes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 10 }),
      (values, ahead) => {
        const least = windowExtreme(Float64Array.from(values), ahead, Math.min)
        values.forEach((_, at) => expect(least[at]).toBe(Math.min(...values.slice(at, at + ahead))))
      },
    ),
  )
})
