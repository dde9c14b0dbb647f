import { expect, test } from 'vitest'
import {
  addPass,
  believedDeviation,
  fadeFull,
  fullHalfWidth,
  fullMiddle,
  fullStatedHalf,
} from './full-charge.ts'
import { testingFleet } from './testing.ts'

test('before any pass the registered energy is believed to 3.1 % at most', () => {
  const { fleet } = testingFleet()
  expect(fullMiddle(fleet, 0, 0)).toBe(9.5)
  expect(fullHalfWidth(fleet, 0, 0)).toBeCloseTo(0.031 * 9.5 + 0.05, 12)
  expect(fullStatedHalf(fleet, 0, 0)).toBeCloseTo(0.06 * 9.5 + 0.05, 12)
})

test('by hand: four passes, half a year after the last', () => {
  const { fleet } = testingFleet()
  for (const pass of [9.4, 9.5, 9.6, 9.5]) addPass(fleet, 0, pass, 100)
  const hours = 100 + 4380
  expect(fullMiddle(fleet, 0, hours)).toBeCloseTo(9.5 * (1 - 0.012), 12)
  const deviation = Math.sqrt(0.02 / 3)
  expect(believedDeviation(fleet, 0)).toBeCloseTo(2 * deviation, 12)
  expect(fullHalfWidth(fleet, 0, hours)).toBeCloseTo(3 * 2 * deviation + 0.05 + 0.05, 12)
  expect(fullStatedHalf(fleet, 0, hours)).toBeCloseTo(2.2 * 2 * deviation + 0.05 + 0.05, 12)
})

test('passes that lie together by chance are not believed to the watt-hour', () => {
  const { fleet } = testingFleet()
  for (let pass = 0; pass < 40; pass++) addPass(fleet, 0, 9, pass)
  expect(believedDeviation(fleet, 0)).toBeCloseTo(0.03 * (1 + 6 / 32), 12)
})

test('the last 32 passes count', () => {
  const { fleet } = testingFleet()
  for (let pass = 0; pass < 100; pass++) addPass(fleet, 0, pass < 68 ? 10 : 8, pass)
  expect(fullMiddle(fleet, 0, 99)).toBe(8)
})

test('one pass is weighed against what was registered; without passes the full battery fades', () => {
  const { fleet } = testingFleet()
  addPass(fleet, 0, 8.5, 10)
  expect(fleet.fullKwh[0]).toBeLessThan(9.5)
  expect(fleet.fullKwh[0]).toBeGreaterThan(8.5)
  const before = fleet.fullKwh[0]
  fadeFull(fleet, 0, 0, 8760)
  expect(fleet.fullKwh[0]).toBeCloseTo(before - 0.025 * 9.5, 12)
})
