import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ageingRate, hotSpotC, settled, stepThermal, type ThermalParameters } from './hot-spot.ts'

/** Constants that IEC 60076-7:2018 gives for distribution transformers (ONAN), table 4 and annex. */
const DISTRIBUTION_ONAN = {
  kind: 'distribution',
  surchargeK: 0,
  topOilRiseK: 60,
  windingGradientK: 23,
  hotSpotFactor: 1.2,
  oilMinutes: 180,
  windingMinutes: 4,
  oilExponent: 0.8,
  windingExponent: 1.6,
  k11: 1,
  k21: 1,
  k22: 2,
} as const satisfies Partial<ThermalParameters>

const PARAMETERS: ThermalParameters = { ...DISTRIBUTION_ONAN, noLoadLossW: 105, loadLossW: 478 }
const POWER: ThermalParameters = {
  ...PARAMETERS,
  kind: 'power',
  k11: 0.5,
  k21: 2,
  windingExponent: 1.3,
  surchargeK: 5,
}

test('ageing of both papers at the temperatures of IEC 60076-7, table 2', () => {
  const rates = (paper: 'normal' | 'upgraded') =>
    [80, 86, 92, 98, 104, 110, 116].map((at) => ageingRate(paper, at))
  const expected = {
    normal: [0.125, 0.25, 0.5, 1, 2, 4, 8],
    upgraded: [0.036, 0.073, 0.145, 0.282, 0.536, 1, 1.83],
  }
  for (const paper of ['normal', 'upgraded'] as const)
    rates(paper).forEach((rate, at) => expect(rate / expected[paper][at]).toBeCloseTo(1, 1.5))
})

test('at rated load it settles at the rated rises', () => {
  const state = settled(PARAMETERS, 1, 20)
  expect(state.topOilC).toBeCloseTo(20 + 60, 12)
  expect(hotSpotC(state)).toBeCloseTo(20 + 60 + 1.2 * 23, 12)
})

test('an enclosure’s surcharge grows with the losses of a distribution transformer, and holds for a power transformer', () => {
  const warmer = (parameters: ThermalParameters, load: number) =>
    settled({ ...parameters, surchargeK: 10 }, load, 20).topOilC -
    settled({ ...parameters, surchargeK: 0 }, load, 20).topOilC
  expect(warmer(POWER, 0.3)).toBeCloseTo(10, 12)
  expect(warmer(PARAMETERS, 1)).toBeCloseTo(10, 12)
  expect(warmer(PARAMETERS, 0.3)).toBeLessThan(6)
})

const cases = fc.record({
  parameters: fc.constantFrom(PARAMETERS, POWER),
  load: fc.double({ min: 0, max: 1.5, noNaN: true }),
  ambient: fc.double({ min: -20, max: 40, noNaN: true }),
})

test('a settled state stays; two half steps are one; reverse flow warms as forward flow', () => {
  fc.assert(
    fc.property(cases, ({ parameters, load, ambient }) => {
      const state = settled(parameters, load, ambient)
      expect(hotSpotC(stepThermal(parameters, state, load, ambient, 15))).toBeCloseTo(hotSpotC(state), 9)
      const cold = settled(parameters, 0, ambient)
      const half = stepThermal(
        parameters,
        stepThermal(parameters, cold, load, ambient, 7.5),
        load,
        ambient,
        7.5,
      )
      const whole = stepThermal(parameters, cold, load, ambient, 15)
      expect(hotSpotC(half)).toBeCloseTo(hotSpotC(whole), 9)
      expect(stepThermal(parameters, cold, -load, ambient, 15)).toEqual(whole)
    }),
    { numRuns: 100, seed: 1 },
  )
})

test('after long it settles; where the oil lags (k21 = 2) the hot spot’s rise over it overshoots on the way', () => {
  let state = settled(POWER, 0.2, 20)
  const settledEnd = settled(POWER, 1.3, 20)
  let most = -Infinity
  for (let step = 0; step < 200; step++) {
    state = stepThermal(POWER, state, 1.3, 20, 15)
    most = Math.max(most, hotSpotC(state) - state.topOilC)
  }
  expect(hotSpotC(state)).toBeCloseTo(hotSpotC(settledEnd), 6)
  expect(most).toBeGreaterThan(1.2 * (hotSpotC(settledEnd) - settledEnd.topOilC))
})
