import { describe, expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { DAY_AHEAD_ERROR, forecastClearness, forecastTemperature, scaledError } from './weather-forecast.ts'

const DAYS = 400
const streamOf = (day: number) => streamFor(1, 'weather', day)
const flat = (value: number) => new Float64Array(DAYS * 24).fill(value)
const deviation = (values: Float64Array, about: number) =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - about) ** 2, 0) / values.length)

describe('a simulated weather forecast', () => {
  const temperature = forecastTemperature(flat(20), 24, DAY_AHEAD_ERROR, streamOf)

  test('is off in temperature by what is stated, without bias, and hours hang together', () => {
    expect(deviation(temperature, 20)).toBeGreaterThan(0.9 * DAY_AHEAD_ERROR.temperatureK)
    expect(deviation(temperature, 20)).toBeLessThan(1.1 * DAY_AHEAD_ERROR.temperatureK)
    expect(temperature.reduce((sum, value) => sum + value - 20, 0) / temperature.length).toBeCloseTo(0, 0)
    const steps = temperature.slice(1).map((value, at) => value - temperature[at])
    expect(deviation(steps, 0)).toBeLessThan(0.7 * deviation(temperature, 20))
  })

  test('is off most under broken clouds, least under a clear sky, and leans to the clear', () => {
    const of = (k: number) => forecastClearness(flat(k), 24, DAY_AHEAD_ERROR, streamOf)
    const spread = (k: number) => {
      const values = of(k)
      return deviation(values, values.reduce((sum, value) => sum + value, 0) / values.length)
    }
    expect(spread(0.5)).toBeGreaterThan(1.5 * spread(0.97))
    expect(spread(0.97)).toBeGreaterThan(0.03)
    const cloudy = of(0.3)
    expect(cloudy.reduce((sum, value) => sum + value, 0) / cloudy.length).toBeGreaterThan(0.4)
    for (const value of cloudy) expect(value >= 0 && value <= 1.2).toBe(true)
  })

  test('of a day depends on that day alone', () => {
    const other = flat(20).map((value, at) => (at >= 50 * 24 ? 33 : value))
    const changed = forecastTemperature(other, 24, DAY_AHEAD_ERROR, streamOf)
    expect(changed.slice(0, 50 * 24)).toEqual(temperature.slice(0, 50 * 24))
    const clouds = flat(0.6)
    const later = clouds.map((value, at) => (at >= 50 * 24 ? 0.1 : value))
    expect(forecastClearness(later, 24, DAY_AHEAD_ERROR, streamOf).slice(0, 50 * 24)).toEqual(
      forecastClearness(clouds, 24, DAY_AHEAD_ERROR, streamOf).slice(0, 50 * 24),
    )
  })

  test('scales, and has no error at 0 but its smoothing', () => {
    const none = scaledError(DAY_AHEAD_ERROR, 0)
    expect(forecastTemperature(flat(20), 24, none, streamOf)).toEqual(flat(20))
    expect(
      deviation(forecastTemperature(flat(20), 24, scaledError(DAY_AHEAD_ERROR, 2), streamOf), 20),
    ).toBeCloseTo(2 * deviation(temperature, 20), 6)
  })

  test('says nothing of the night', () => {
    const night = flat(0.8)
    night.fill(Number.NaN, 0, 24)
    expect(forecastClearness(night, 24, DAY_AHEAD_ERROR, streamOf).slice(0, 24).every(Number.isNaN)).toBe(
      true,
    )
  })
})
