import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { newLossModel } from './loss-model.ts'
import { newPrediction, nextWidth, predict, scaleKwh } from './prediction.ts'

const model = { ...newLossModel(0.9), eta: 0.9, betaKw: 0.02 }

test('by hand: 10 kWh charged and 4 discharged in 8 hours since an empty anchor', () => {
  const from = { ...newPrediction, chargeKwh: 100, dischargeKwh: 80, hours: 50, q: 2 }
  const { lowKwh, midKwh, scale } = predict(from, model, 110, 84, 58, 0.25)
  expect(scale).toBeCloseTo(0.02 + 0.01 * 14 + 0.002 * 8, 12)
  expect(midKwh).toBeCloseTo(0.9 * 10 - 4 - 0.02 * 8, 12)
  expect(lowKwh).toBeCloseTo(0.9 * 10 - 4 - 0.02 * 8.25 - 2 * scale, 12)
})

test('the bound starts from the lower bound of the anchor', () => {
  const from = { ...newPrediction, anchorKwh: 12, anchorLowKwh: 11.5, q: 0 }
  const { lowKwh, midKwh } = predict(from, model, 0, 0, 0, 0)
  expect(lowKwh).toBe(11.5)
  expect(midKwh).toBe(12)
})

test('uncertainty grows with flow and with time', () => {
  expect(scaleKwh(0, 0, 0)).toBeCloseTo(0.02, 12)
  expect(scaleKwh(1, 0, 0)).toBeGreaterThan(scaleKwh(0, 0, 0))
  expect(scaleKwh(0, 1, 1)).toBeGreaterThan(scaleKwh(0, 1, 0))
})

test('the width settles where the bound is missed as often as it may be', () => {
  const stream = streamFor(3, 'residuals')
  let q = newPrediction.q
  let misses = 0
  const anchors = 4000
  for (let anchor = 0; anchor < anchors; anchor++) {
    const missed = Math.abs(stream.normal()) > q
    if (missed) misses++
    q = nextWidth(q, missed, 0.05)
    expect(q).toBeGreaterThanOrEqual(0)
  }
  expect(misses / anchors).toBeCloseTo(0.05, 2)
})
