import { expect, test } from 'vitest'
import { simplePaybackYears } from './simple-payback.ts'

test('what costs 7,040 dollars and saves 705 a year is paid back in almost ten years', () => {
  expect(simplePaybackYears(7040, 705.19)).toBeCloseTo(9.983, 3)
})

test('without a saving there is no payback, and nothing invested is nothing to pay back', () => {
  expect(simplePaybackYears(7040, 0)).toBeNull()
  expect(simplePaybackYears(7040, -3)).toBeNull()
  expect(simplePaybackYears(0, 0)).toBe(0)
})
