import { expect, test } from 'vitest'
import { capitalRecovery, costTests, type CostTestInput } from './cost-tests.ts'

const input: CostTestInput = {
  billSavingUsd: 900,
  incentiveUsd: 100,
  equipmentUsd: 500,
  equipmentSocietalUsd: 400,
  taxCreditUsd: 50,
  programUsd: 150,
  avoidedUsd: 600,
  lostRevenueUsd: 800,
  externalityUsd: 60,
}

test('by hand', () => {
  const by = Object.fromEntries(costTests(input).map((one) => [one.name, one]))
  expect(by.PCT.ratio).toBeCloseTo(1050 / 500, 12)
  expect(by.RIM.netUsd).toBe(600 - 1050)
  expect(by.PAC.ratio).toBeCloseTo(600 / 250, 12)
  expect(by.TRC.netUsd).toBe(600 - 600)
  expect(by.SCT.netUsd).toBe(660 - 550)
})

test('incentives and payments are transfers: they leave total resources and society as they were', () => {
  const more = { ...input, incentiveUsd: 5000, billSavingUsd: -40, lostRevenueUsd: 1 }
  for (const at of [3, 4]) expect(costTests(more)[at]).toEqual(costTests(input)[at])
})

test('without a cost there is no ratio', () => {
  expect(costTests({ ...input, equipmentUsd: 0 })[0].ratio).toBeNull()
})

test('capital recovery: 1 USD over 2 years at 10 % is 0.576190; at 0 % a half', () => {
  expect(capitalRecovery(0.1, 2)).toBeCloseTo(0.121 / 0.21, 12)
  expect(capitalRecovery(0, 2)).toBe(0.5)
})
