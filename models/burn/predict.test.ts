import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { learnWidth, lowNow, middleNow, scaleKwh, scaleNow, widthOf } from './predict.ts'
import { testingFleet } from './testing.ts'

test('by hand: 10 kWh charged and 4 discharged in 8 hours since an empty anchor', () => {
  const { fleet } = testingFleet()
  fleet.eta[0] = 0.9
  fleet.betaKw[0] = 0.02
  fleet.anchorCharge[0] = 100e6
  fleet.anchorDischarge[0] = 80e6
  fleet.anchorHours[0] = 50
  fleet.width[0] = 2
  fleet.residuals[0] = 1000
  const middle = middleNow(fleet, 0, 110e6, 84e6, 58)
  const scale = scaleNow(fleet, 0, 110e6, 84e6, 58)
  expect(scale).toBeCloseTo(0.02 + 0.01 * 14 + 0.002 * 8, 12)
  expect(middle).toBeCloseTo(0.9 * 10 - 4 - 0.02 * 8, 12)
  expect(lowNow(fleet, 0, middle, scale, 0.25)).toBeCloseTo(0.9 * 10 - 4 - 0.02 * 8.25 - 2 * scale, 12)
})

test('the bound starts from the lower bound of the anchor', () => {
  const { fleet } = testingFleet([{ conformal: false }])
  fleet.anchorKwh[0] = 12
  fleet.anchorLowKwh[0] = 11.5
  const middle = middleNow(fleet, 0, 0, 0, 0)
  expect(middle).toBe(12)
  expect(lowNow(fleet, 0, middle, 0.02, 0)).toBe(11.5)
})

test('uncertainty grows with flow and with time', () => {
  expect(scaleKwh(0, 0, 0)).toBeCloseTo(0.02, 12)
  expect(scaleKwh(1, 0, 0)).toBeGreaterThan(scaleKwh(0, 0, 0))
  expect(scaleKwh(0, 1, 1)).toBeGreaterThan(scaleKwh(0, 1, 0))
})

test('the width settles where the bound is missed as often as it may be', () => {
  const { fleet } = testingFleet()
  const stream = streamFor(3, 'residuals')
  let misses = 0
  const anchors = 4000
  for (let anchor = 0; anchor < anchors; anchor++) {
    const missed = Math.abs(stream.normal()) > fleet.width[0]
    if (missed) misses++
    learnWidth(fleet, 0, missed)
    expect(fleet.width[0]).toBeGreaterThanOrEqual(0)
  }
  expect(misses / anchors).toBeCloseTo(0.05, 2)
})

test('until it has seen enough, a battery has its class’s width where that is wider', () => {
  const { fleet } = testingFleet([{}, {}])
  for (let anchor = 0; anchor < 10; anchor++) learnWidth(fleet, 0, true)
  expect(widthOf(fleet, 1)).toBe(fleet.classWidth[0])
  expect(fleet.classWidth[0]).toBeGreaterThan(fleet.width[1])
  fleet.residuals[1] = 20
  expect(widthOf(fleet, 1)).toBe(fleet.width[1])
})
