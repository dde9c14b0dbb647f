import { expect, test } from 'vitest'
import { refusalIsPlausible } from './gate.ts'

test('a refusal is believed up to the gate and three scales of predicted energy', () => {
  expect(refusalIsPlausible(0, 0.02, 0.6)).toBe(true)
  expect(refusalIsPlausible(0.89, 0.1, 0.6)).toBe(true)
  expect(refusalIsPlausible(0.91, 0.1, 0.6)).toBe(false)
  expect(refusalIsPlausible(1.89, 0.1, 1.6)).toBe(true)
})
