import { expect, test } from 'vitest'
import { selfConsumption } from './self-consumption.ts'

test('a surplus is charged, a deficit discharged, as power over the step', () => {
  expect(selfConsumption(0.5, 0.2, 0.25)).toBeCloseTo(-1.2, 12)
  expect(selfConsumption(0.1, 0.35, 0.25)).toBeCloseTo(1, 12)
  expect(selfConsumption(0.3, 0.3, 1)).toBe(0)
})
