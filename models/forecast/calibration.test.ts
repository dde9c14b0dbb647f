import { describe, expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { Calibration } from './calibration.ts'
import { INTERVALS, LEVELS } from './quantiles.ts'

/** Share of measured values within each interval, of days from `first` on. */
function coverage(
  days: number,
  first: number,
  valueOf: (day: number) => number,
  said: Float64Array,
): number[] {
  const slots = 24
  const calibration = new Calibration(slots)
  const hits = INTERVALS.map(() => 0)
  let count = 0
  for (let day = 0; day < days; day++) {
    const quantiles = new Float64Array(slots * LEVELS.length)
    for (let slot = 0; slot < slots; slot++) quantiles.set(said, slot * LEVELS.length)
    const forecast = calibration.apply(quantiles)
    const actual = Float64Array.from({ length: slots }, () => valueOf(day))
    if (day >= first) {
      count += slots
      for (let slot = 0; slot < slots; slot++)
        INTERVALS.forEach(({ low, high }, interval) => {
          const at = slot * LEVELS.length
          if (actual[slot] >= forecast[at + low] && actual[slot] <= forecast[at + high]) hits[interval]++
        })
    }
    calibration.observe(forecast, actual, () => true)
  }
  return hits.map((hit) => hit / count)
}

describe('adaptive calibration', () => {
  const narrow = Float64Array.from(LEVELS, (level) => 10 + (level - 0.5))

  test.each([0.3, 3, 12])('holds both intervals when the spread is %s times what was said', (spread) => {
    const stream = streamFor(8, 'calibration', spread)
    const [outer, inner] = coverage(400, 60, () => 10 + spread * (stream.uniform() - 0.5), narrow)
    expect(Math.abs(outer - 0.95)).toBeLessThan(0.02)
    expect(Math.abs(inner - 0.8)).toBeLessThan(0.02)
  })

  test('holds them from the third week after a change on', () => {
    const stream = streamFor(8, 'calibration', 'change')
    const [outer, inner] = coverage(
      142,
      114,
      (day) => 10 + (day < 100 ? 1 : 5) * (stream.uniform() - 0.5),
      narrow,
    )
    expect(Math.abs(outer - 0.95)).toBeLessThan(0.02)
    expect(Math.abs(inner - 0.8)).toBeLessThan(0.02)
  })

  test('where the lower end cannot be missed, the upper takes all of the misses', () => {
    const stream = streamFor(8, 'calibration', 'zero')
    const said = Float64Array.from(LEVELS, (level) => Math.max(0, level - 0.4))
    const [outer, inner] = coverage(500, 100, () => Math.max(0, 3 * stream.uniform() - 1.5), said)
    expect(Math.abs(outer - 0.95)).toBeLessThan(0.02)
    expect(Math.abs(inner - 0.8)).toBeLessThan(0.02)
  })

  test('gives no crossing and nothing below zero', () => {
    const calibration = new Calibration(1)
    const said = Float64Array.from(LEVELS, (level) => level)
    for (let day = 0; day < 30; day++)
      calibration.observe(calibration.apply(said), Float64Array.of(9), () => true)
    const forecast = [...calibration.apply(said)]
    expect(forecast).toEqual(forecast.toSorted((a, b) => a - b))
    expect(Math.min(...forecast)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...forecast)).toBeGreaterThan(2)
  })
})
