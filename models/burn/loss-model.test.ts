import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { factorPpm, learnLoss, newLossModel } from './loss-model.ts'

/** Pairs of anchors of a battery with known conversion and standing loss, measured with noise. */
function learned(eta: number, betaKw: number, noiseKwh: number, pairs: number) {
  const stream = streamFor(1, 'pairs')
  let model = newLossModel(0.9)
  for (let pair = 0; pair < pairs; pair++) {
    const charged = 1 + 9 * stream.uniform()
    const hours = 2 + 40 * stream.uniform()
    const gain = eta * charged - betaKw * hours + noiseKwh * stream.normal()
    model = learnLoss(model, gain, charged, hours)
  }
  return model
}

test('conversion and standing loss are found where charge and time vary apart', () => {
  const model = learned(0.86, 0.02, 0.05, 300)
  expect(model.eta).toBeCloseTo(0.86, 2)
  expect(model.betaKw).toBeCloseTo(0.02, 3)
  expect(model.pairs).toBe(300)
})

test('it is the least-squares fit with the prior as one more observation of each', () => {
  const rows = [
    [5.1, 6, 20],
    [3.3, 4.1, 25],
    [7.2, 8, 12],
  ] as const
  const model = rows.reduce(
    (before, [gain, charged, hours]) => learnLoss(before, gain, charged, hours),
    newLossModel(0.9),
  )
  // Normal equations of Σ (gain − η·x + β·t)² + (η − 0.9)²/p11 + (β − 0.01)²/p22, solved by Cramer's rule.
  const { p11, p22 } = newLossModel(0.9)
  const sum = (value: (row: (typeof rows)[number]) => number) =>
    rows.reduce((all, row) => all + value(row), 0)
  const a = sum(([, x]) => x * x) + 1 / p11
  const b = sum(([, x, t]) => -x * t)
  const d = sum(([, , t]) => t * t) + 1 / p22
  const u = sum(([gain, x]) => gain * x) + 0.9 / p11
  const v = sum(([gain, , t]) => -gain * t) + 0.01 / p22
  expect(model.eta).toBeCloseTo((u * d - b * v) / (a * d - b * b), 9)
  expect(model.betaKw).toBeCloseTo((a * v - b * u) / (a * d - b * b), 9)
})

test('a standing loss below zero is refused, and conversion is fitted to zero instead', () => {
  const stream = streamFor(2, 'pairs')
  let model = newLossModel(0.9)
  // A day like the other: charge and time tell the same, and noise would give any split of the two.
  for (let day = 0; day < 200; day++) {
    const hours = 24 + stream.normal()
    model = learnLoss(model, 0.88 * 6.4 + 0.02 * (hours - 24) + 0.02 * stream.normal(), 6.4, hours)
  }
  expect(model.betaKw).toBeGreaterThanOrEqual(0)
  expect(model.eta).toBeCloseTo(0.88 + (model.betaKw * 24) / 6.4, 2)
})

test('the factor errs high by one per cent, in whole parts per million, never above one', () => {
  expect(factorPpm({ ...newLossModel(0.9), eta: 0.8765432109 })).toBe(886_544)
  expect(factorPpm({ ...newLossModel(0.9), eta: 1.01 })).toBe(1_000_000)
})
