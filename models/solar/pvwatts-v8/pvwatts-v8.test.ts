import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOfYear } from '../extraterrestrial.ts'
import { sunPosition } from '../sun-position.ts'
import { type PvwattsSystem, pvwattsV8, type PvwattsWeather } from './pvwatts-v8.ts'
import { layOut } from './rows.ts'

const SITE = {
  latitudeDeg: 40,
  longitudeDeg: -105,
  altitudeM: 1600,
  pressureHpa: 835,
  temperatureC: 10,
  deltaTSeconds: 70,
}
const times = Float64Array.from(
  { length: 24 },
  (_, hour) => Date.UTC(2023, 5, 21, 7, 30) / 1000 + hour * 3600,
)
const sun = sunPosition(times, SITE)
const all = (value: number) => new Float64Array(24).fill(value)

const system: PvwattsSystem = {
  dcW: 6000,
  module: 'standard',
  mount: 'roof',
  plane: { tiltDeg: 25, azimuthDeg: 180 },
  dcAcRatio: 1.2,
  groundCover: 0.4,
  lossesPercent: 14.0757,
  inverterEfficiencyFraction: 0.96,
}
const weather: PvwattsWeather = {
  dni: all(800),
  dhi: all(120),
  airC: all(20),
  windMps: all(2),
  dayOfYear: dayOfYear(times, -7 * 3600),
  albedo: all(0.2),
  soilingFraction: all(0),
  altitudeM: 1600,
}
const run = (change: Partial<PvwattsSystem> = {}, sky: Partial<PvwattsWeather> = {}) =>
  pvwattsV8({ ...system, ...change }, { ...weather, ...sky }, sun)
const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0)

test('is dark at night, whatever the weather says', () => {
  const { poa, dcW, acW } = run()
  sun.zenithDeg.forEach((zenith, row) => {
    if (zenith > 91) expect([poa[row], dcW[row], acW[row]]).toEqual([0, 0, 0])
  })
  expect(sum(acW)).toBeGreaterThan(20_000)
})

test('never gives more than the inverter’s rating nor than the array’s power', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.8, max: 3, noNaN: true }), (dcAcRatio) => {
      const { dcW, acW } = run({ dcAcRatio, lossesPercent: 0 })
      acW.forEach((ac, row) => {
        expect(ac).toBeLessThanOrEqual(Math.min(6000 / dcAcRatio, dcW[row]) + 1e-9)
        expect(ac).toBeGreaterThanOrEqual(0)
      })
    }),
  )
})

test('losses, dirt and heat each cost energy', () => {
  const clean = sum(run().dcW)
  expect(sum(run({ lossesPercent: 57.03785 }).dcW)).toBeCloseTo(clean / 2, 6)
  expect(sum(run({}, { soilingFraction: all(0.1) }).dcW)).toBeLessThan(0.92 * clean)
  expect(sum(run({}, { airC: all(40) }).dcW)).toBeLessThan(0.95 * clean)
})

test('a rack runs cooler than a roof, and its rows shade each other the more, the closer they stand', () => {
  const roof = run()
  const rack = run({ mount: 'rack' })
  expect(Math.max(...rack.cellC)).toBeLessThan(Math.max(...roof.cellC))
  expect(sum(rack.poa)).toBeLessThan(sum(roof.poa))
  expect(sum(run({ mount: 'rack', groundCover: 0.8 }).poa)).toBeLessThan(sum(rack.poa))
  // Flat modules hide nothing.
  const flat = { plane: { tiltDeg: 0, azimuthDeg: 180 } }
  expect(sum(run({ ...flat, mount: 'rack' }).poa)).toBe(sum(run(flat).poa))
})

test('light stronger than above the air is not believed', () => {
  expect(sum(run({}, { dni: all(1500) }).poa)).toBe(0)
})

test('arrays are laid out square', () => {
  const { count, strings } = layOut(600_000, 0.19, 0.4)
  expect(count).toBe(32)
  expect(strings).toBe(4)
  expect(layOut(100, 0.19, 0.4)).toMatchObject({ count: 1, strings: 0 })
})
