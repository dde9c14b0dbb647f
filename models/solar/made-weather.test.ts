import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { cloudDraws, madeWeather } from './made-weather.ts'
import { sunPosition } from './sun-position.ts'

const DAY = 86_400
const START = Date.UTC(2023, 5, 1) / 1000
const COUNT = 20 * 24
const middles = Float64Array.from({ length: COUNT }, (_, at) => START + (at + 0.5) * 3600)
const sun = sunPosition(
  middles,
  { latitudeDeg: 42, longitudeDeg: 0, altitudeM: 10, pressureHpa: 1013, temperatureC: 10, deltaTSeconds: 69 },
  DAY,
)
const times = {
  sun,
  dayOfYear: Float64Array.from(middles, (_, at) => 152 + Math.floor(at / 24)),
  hour: Float64Array.from(middles, (_, at) => (at % 24) + 0.5),
  day: Int32Array.from(middles, (_, at) => Math.floor(at / 24)),
}
const place = { altitudeM: 10, latitudeDeg: 42, meanC: 11, yearSwingC: 12, daySwingC: 4 }
const draws = cloudDraws(20, COUNT, streamFor(1, 'test'))
const light = (cloudiness: number) => {
  const { dni, dhi } = madeWeather(place, times, draws, cloudiness)
  let ghi = 0
  for (let at = 0; at < COUNT; at++)
    ghi += dni[at] * Math.max(0, Math.cos((sun.zenithDeg[at] * Math.PI) / 180)) + dhi[at]
  return ghi / 1000
}

test('clouds take light, more of them more, and leave some', () => {
  const levels = [0, 0.3, 0.6, 1, 1.6].map(light)
  for (let at = 1; at < levels.length; at++) expect(levels[at]).toBeLessThan(levels[at - 1])
  // A clear June day at 42° has about 8 kWh/m² on the level.
  expect(levels[0] / 20).toBeGreaterThan(7)
  expect(levels[0] / 20).toBeLessThan(9)
  expect(levels.at(-1)).toBeGreaterThan(0.05 * levels[0])
})

test('the night is dark, light is never below zero, and the afternoon of summer is warm', () => {
  const { dni, dhi, airC } = madeWeather(place, times, draws, 0.8)
  for (let at = 0; at < COUNT; at++) {
    expect(dni[at]).toBeGreaterThanOrEqual(0)
    expect(dhi[at]).toBeGreaterThanOrEqual(0)
    if (sun.zenithDeg[at] > 92) expect(dni[at] + dhi[at]).toBe(0)
  }
  expect(airC[15]).toBeGreaterThan(airC[3] + 7)
  const south = madeWeather({ ...place, latitudeDeg: -42 }, times, draws, 0.8)
  expect(south.airC[15]).toBeLessThan(airC[15] - 10)
})

test('days are alike on average, whatever the seed, and remember the day before', () => {
  const { day } = cloudDraws(20_000, 1, streamFor(3, 'test'))
  const mean = day.reduce((sum, value) => sum + value, 0) / day.length
  expect(mean).toBeCloseTo(0.5, 1)
  let together = 0
  let alone = 0
  for (let at = 1; at < day.length; at++) {
    together += (day[at] - mean) * (day[at - 1] - mean)
    alone += (day[at] - mean) ** 2
  }
  expect(together / alone).toBeGreaterThan(0.2)
  expect(together / alone).toBeLessThan(0.4)
})
