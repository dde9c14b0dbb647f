import { describe, expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { perfectForecast } from '../dispatch/forecast.ts'
import type { DispatchSeries } from '../dispatch/series.ts'
import { believedForecast, type DailyForecasts } from './believed.ts'
import { blockBootstrap } from './bootstrap.ts'
import { LEVELS } from './quantiles.ts'
import { withVehicle } from './regime.ts'

const forecastOf = (slots: number, quantile: (slot: number, level: number) => number): Float64Array =>
  Float64Array.from({ length: slots * LEVELS.length }, (_, at) =>
    quantile(Math.floor(at / LEVELS.length), LEVELS[at % LEVELS.length]),
  )

test('a vehicle adds its energy on its evenings and nothing before', () => {
  const before = new Float64Array(100 * 24).fill(1)
  const vehicle = { fromDay: 40, powerKw: 7, hours: 3, eveningShare: 1, firstSlot: 17, lastSlot: 20 }
  const after = withVehicle(before, 24, vehicle, streamFor(1, 'vehicle'))
  expect(after.slice(0, 40 * 24)).toEqual(before.slice(0, 40 * 24))
  for (let day = 40; day < 100; day++) {
    const added = after.slice(day * 24, (day + 1) * 24).reduce((sum, value) => sum + value, -24)
    expect(added).toBeCloseTo(21, 9)
  }
  const half = withVehicle(
    new Float64Array(100 * 48),
    48,
    { ...vehicle, fromDay: 0, firstSlot: 34, lastSlot: 40 },
    streamFor(1, 'vehicle'),
  )
  expect(half.reduce((sum, value) => sum + value, 0)).toBeCloseTo(2100, 6)
})

describe('block bootstrap', () => {
  test('covers the figure, is wider where days hang together, and repeats', () => {
    const stream = () => streamFor(1, 'bootstrap')
    const days = 280
    const noise = streamFor(2, 'days')
    const weekly = Float64Array.from({ length: days }, () => 0)
    for (let week = 0; week < days / 7; week++) weekly.fill(noise.normal(), week * 7, week * 7 + 7)
    const daily = Float64Array.from({ length: days }, () => noise.normal())
    const mean = ([sum]: readonly number[]) => sum / days
    const width = (column: Float64Array) => {
      const { value, low, high } = blockBootstrap([column], mean, stream())
      expect(low).toBeLessThan(value)
      expect(high).toBeGreaterThan(value)
      return high - low
    }
    // 4 standard errors of independent days, and √7 of them of whole weeks.
    expect(width(daily)).toBeGreaterThan(3 / Math.sqrt(days))
    expect(width(daily)).toBeLessThan(5 / Math.sqrt(days))
    expect(width(weekly)).toBeGreaterThan(1.8 * width(daily))
    expect(blockBootstrap([daily], mean, stream())).toEqual(blockBootstrap([daily], mean, stream()))
  })

  test('has no interval of a few days', () => {
    expect(blockBootstrap([new Float64Array(9)], ([sum]) => sum, streamFor(1, 'x')).low).toBeNaN()
  })
})

describe('what a planner believes', () => {
  const steps = 3 * 96
  const column = (value: number) => new Float64Array(steps).fill(value)
  const series: DispatchSeries = {
    stepHours: 0.25,
    loadKwh: Float64Array.from({ length: steps }, (_, step) => step),
    solarKwh: column(0),
    importUsdPerKwh: column(0.3),
    exportUsdPerKwh: column(0.05),
    localHour: column(0),
    localMonth: new Uint8Array(steps),
    localDay: new Int32Array(steps),
    temperatureC: column(20),
  }
  const flat = (value: number) => forecastOf(24, (slot) => value + slot)
  const load: DailyForecasts = {
    slotsPerDay: 24,
    today: [null, flat(100), flat(300)],
    tomorrow: [null, flat(200), null],
  }
  const believed = believedForecast(series, load, null)

  test('the interval at hand is metered, the rest of the day and tomorrow as issued at midnight, shared evenly', () => {
    expect(believed.at(100, 100)).toEqual(perfectForecast(series).at(100, 100))
    expect(believed.at(100, 104).loadKwh).toBeCloseTo(102 / 4, 9)
    expect(believed.at(100, 107).loadKwh).toBeCloseTo(102 / 4, 9)
    expect(believed.at(100, 192).loadKwh).toBeCloseTo(200 / 4, 9)
    expect(believed.at(192, 200).loadKwh).toBeCloseTo(302 / 4, 9)
  })

  test('the first day, which has no forecast, is as persistence has it', () => {
    expect(believed.at(3, 10)).toEqual({ loadKwh: 3, solarKwh: 0 })
  })
})
