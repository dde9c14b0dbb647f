import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { doubtLoss, etaInterval, factorPpmOf, learnLoss } from './factor.ts'
import { PRIOR } from './fleet.ts'
import { testingFleet } from './testing.ts'

test('conversion and standing loss are found where charge and time vary apart', () => {
  const { fleet } = testingFleet([{}, {}])
  const stream = streamFor(1, 'pairs')
  for (let pair = 0; pair < 300; pair++) {
    const charged = 1 + 9 * stream.uniform()
    const hours = 2 + 40 * stream.uniform()
    learnLoss(fleet, 1, 0.86 * charged - 0.02 * hours + 0.05 * stream.normal(), charged, hours)
  }
  expect(fleet.eta[1]).toBeCloseTo(0.86, 2)
  expect(fleet.betaKw[1]).toBeCloseTo(0.02, 3)
  expect(fleet.pairs[1]).toBe(300)
  expect(fleet.eta[0]).toBe(0.9)
  expect(Math.abs(fleet.eta[1] - 0.86)).toBeLessThan(etaInterval(fleet, 1).below)
})

test('it is the least-squares fit with the prior as one more observation of each', () => {
  const rows = [
    [5.1, 6, 20],
    [3.3, 4.1, 25],
    [7.2, 8, 12],
  ] as const
  const { fleet } = testingFleet()
  for (const [gain, charged, hours] of rows) learnLoss(fleet, 0, gain, charged, hours)
  // Normal equations of Σ (gain − η·x + β·t)² + (η − 0.9)²/p11 + (β − β0)²/p22, solved by Cramer's rule.
  const p11 = (PRIOR.etaSd / PRIOR.noiseKwh) ** 2
  const p22 = (PRIOR.betaSdKw / PRIOR.noiseKwh) ** 2
  const sum = (value: (row: (typeof rows)[number]) => number) =>
    rows.reduce((all, row) => all + value(row), 0)
  const a = sum(([, x]) => x * x) + 1 / p11
  const b = sum(([, x, t]) => -x * t)
  const d = sum(([, , t]) => t * t) + 1 / p22
  const u = sum(([gain, x]) => gain * x) + 0.9 / p11
  const v = sum(([gain, , t]) => -gain * t) + PRIOR.betaKw / p22
  expect(fleet.eta[0]).toBeCloseTo((u * d - b * v) / (a * d - b * b), 9)
  expect(fleet.betaKw[0]).toBeCloseTo((a * v - b * u) / (a * d - b * b), 9)
})

test('a standing loss below zero is refused', () => {
  const { fleet } = testingFleet()
  for (let day = 0; day < 200; day++) learnLoss(fleet, 0, 0.95 * 6.4 + 0.001 * day, 6.4, 24)
  expect(fleet.betaKw[0]).toBeGreaterThanOrEqual(0)
})

test('the factor errs high by one per cent, in whole parts per million, never above one', () => {
  const { fleet } = testingFleet()
  fleet.eta[0] = 0.8765432109
  expect(factorPpmOf(fleet, 0)).toBe(886_544)
  fleet.eta[0] = 1.01
  expect(factorPpmOf(fleet, 0)).toBe(1_000_000)
})

test('after a change what was learnt is doubted, and the interval is as wide as at first', () => {
  const { fleet } = testingFleet()
  const first = etaInterval(fleet, 0).below
  for (let day = 0; day < 50; day++) learnLoss(fleet, 0, 5, 6, 10 + (day % 7))
  expect(etaInterval(fleet, 0).below).toBeLessThan(first)
  doubtLoss(fleet, 0)
  expect(fleet.p11[0]).toBeCloseTo((PRIOR.etaSd / PRIOR.noiseKwh) ** 2, 12)
})

test('the more hours pass for each kWh charged, the more may the true conversion lie above', () => {
  const { fleet } = testingFleet([{}, {}])
  fleet.learntHours.fill(1000)
  fleet.learntCharge[0] = 400_000_000
  fleet.learntCharge[1] = 100_000_000
  const [busy, idle] = [etaInterval(fleet, 0), etaInterval(fleet, 1)]
  expect(idle.below).toBe(busy.below)
  expect(idle.above).toBeGreaterThan(busy.above)
  // By hand: the pairs leave 0.015 open, the line 0.03, running 0.017 kW × 10 h a kWh.
  expect(idle.above).toBeCloseTo(1.96 * Math.hypot(0.015, 0.03, 0.17), 12)
})
