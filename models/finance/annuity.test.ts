import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { futureValue, loanSchedule, payment, paymentCount, presentValue } from './annuity.ts'

test('a mortgage of 200,000 dollars at 7.5 % over 15 years costs 1,854.02 a month', () => {
  expect(payment(0.075 / 12, 180, 200_000)).toBeCloseTo(-1854.02472, 4)
})

test('the five quantities agree with each other, at both ends of the period', () => {
  const rate = fc.double({ min: 0, max: 0.05, noNaN: true })
  const amount = fc.double({ min: -50_000, max: 50_000, noNaN: true })
  fc.assert(
    fc.property(
      rate,
      fc.integer({ min: 1, max: 400 }),
      amount,
      amount,
      fc.constantFrom('end', 'begin'),
      (r, n, pv, fv, due) => {
        const pay = payment(r, n, pv, fv, due)
        expect(Math.abs(futureValue(r, n, pay, pv, due) - fv)).toBeLessThan(1e-6 * (1 + r) ** n)
        expect(Math.abs(presentValue(r, n, pay, fv, due) - pv)).toBeLessThan(1e-6)
      },
    ),
    { seed: 1 },
  )
})

test('how many payments, or none when they never suffice', () => {
  expect(paymentCount(0.07 / 12, -150, 8000)).toBeCloseTo(64.07335, 5)
  expect(paymentCount(0, -100, 1000)).toBe(10)
  expect(paymentCount(0.1, -50, 1000)).toBeNull()
  expect(paymentCount(0.1, 0, 1000)).toBeNull()
})

test('a loan’s principal sums to what was borrowed, interest and principal to the payment', () => {
  const { interest, principal, owed } = loanSchedule(0.06 / 12, 120, 15_000)
  const pay = -payment(0.06 / 12, 120, 15_000)
  expect(principal.reduce((sum, part) => sum + part, 0)).toBeCloseTo(15_000, 7)
  interest.forEach((part, period) => expect(part + principal[period]).toBeCloseTo(pay, 9))
  expect(owed[119]).toBe(0)
  expect(owed.every((value, period) => period === 0 || value < owed[period - 1])).toBe(true)
})

test('a loan without interest is paid in equal parts', () => {
  const { interest, principal } = loanSchedule(0, 4, 100)
  expect([...interest]).toEqual([0, 0, 0, 0])
  expect([...principal]).toEqual([25, 25, 25, 25])
})
