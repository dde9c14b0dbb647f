import { expect, test } from 'vitest'
import { addPass, fullEnergy, newFullEstimate } from './full-estimate.ts'

test('before any pass the registered energy is believed to 6 %', () => {
  const { midKwh, widthKwh } = fullEnergy(newFullEstimate(10), 0)
  expect(midKwh).toBe(10)
  expect(widthKwh).toBeCloseTo(0.65, 12)
})

test('by hand: three passes, half a year after the last', () => {
  const estimate = [9.4, 9.5, 9.6].reduce((before, pass) => addPass(before, pass, 100), newFullEstimate(10))
  const { midKwh, widthKwh } = fullEnergy(estimate, 100 + 4380)
  expect(midKwh).toBeCloseTo(9.5 * (1 - 0.012), 12)
  expect(widthKwh).toBeCloseTo(3 * 0.1 + 0.05 + 0.05, 12)
})

test('the last 32 passes count', () => {
  let estimate = newFullEstimate(10)
  for (let pass = 0; pass < 100; pass++) estimate = addPass(estimate, pass < 68 ? 10 : 8, pass)
  expect(estimate.passesKwh).toHaveLength(32)
  expect(fullEnergy(estimate, 99).midKwh).toBe(8)
})
