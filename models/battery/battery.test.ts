import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BatteryParameters,
  type BatteryState,
  deliverableKwh,
  equivalentFullCycles,
  newBattery,
  stepBattery,
} from './battery.ts'

const lossless: BatteryParameters = {
  capacityKwh: 6.4,
  powerKw: 5,
  chargeEfficiency: 0.95,
  dischargeEfficiency: 0.95,
  standbyW: 0,
  selfDischargePercentPerMonth: 0,
  minSocFraction: 0,
  maxSocFraction: 1,
  calendarFadePercentPerYear: 0,
  cycleFadePercentPerThousandEfc: 0,
}
const real: BatteryParameters = {
  ...lossless,
  standbyW: 10,
  selfDischargePercentPerMonth: 2,
  minSocFraction: 0.1,
  maxSocFraction: 0.95,
  calendarFadePercentPerYear: 1.5,
  cycleFadePercentPerThousandEfc: 5,
}

const anyBattery = fc.record({
  capacityKwh: fc.double({ min: 0.1, max: 30, noNaN: true }),
  powerKw: fc.double({ min: 0.1, max: 15, noNaN: true }),
  chargeEfficiency: fc.double({ min: 0.5, max: 1, noNaN: true }),
  dischargeEfficiency: fc.double({ min: 0.5, max: 1, noNaN: true }),
  standbyW: fc.double({ min: 0, max: 100, noNaN: true }),
  selfDischargePercentPerMonth: fc.double({ min: 0, max: 20, noNaN: true }),
  minSocFraction: fc.double({ min: 0, max: 0.4, noNaN: true }),
  maxSocFraction: fc.double({ min: 0.5, max: 1, noNaN: true }),
  calendarFadePercentPerYear: fc.double({ min: 0, max: 5, noNaN: true }),
  cycleFadePercentPerThousandEfc: fc.double({ min: 0, max: 20, noNaN: true }),
})
const anyPowers = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 1, maxLength: 200 })

test('energy in is energy out, stored or lost, in every step', () => {
  fc.assert(
    fc.property(anyBattery, anyPowers, fc.constantFrom(1 / 12, 0.25, 1), (params, powers, stepHours) => {
      let state = newBattery(params, 0.5)
      for (const powerKw of powers) {
        const step = stepBattery(params, state, powerKw, stepHours)
        const stored = step.state.energyKwh - state.energyKwh
        const balance = step.chargedKwh + step.standbyImportKwh - step.dischargedKwh - stored - step.lossKwh
        expect(Math.abs(balance)).toBeLessThan(1e-12)
        expect(step.lossKwh).toBeGreaterThan(-1e-12)
        state = step.state
      }
    }),
  )
})

test('power and state of charge stay within their limits, whatever is asked', () => {
  fc.assert(
    fc.property(anyBattery, anyPowers, (params, powers) => {
      let state = newBattery(params, 0.5)
      for (const powerKw of powers) {
        const { state: next, chargedKwh, dischargedKwh } = stepBattery(params, state, powerKw, 0.25)
        expect(chargedKwh).toBeGreaterThanOrEqual(0)
        expect(dischargedKwh).toBeGreaterThanOrEqual(0)
        expect(Math.min(chargedKwh, dischargedKwh)).toBe(0)
        expect(Math.max(chargedKwh, dischargedKwh)).toBeLessThanOrEqual(params.powerKw * 0.25)
        expect(Math.max(chargedKwh, dischargedKwh)).toBeLessThanOrEqual(Math.abs(powerKw) * 0.25)
        expect(next.energyKwh).toBeGreaterThanOrEqual(0)
        expect(next.energyKwh).toBeLessThanOrEqual(params.capacityKwh * next.sohFraction)
        expect(next.sohFraction).toBeLessThanOrEqual(state.sohFraction)
        expect(next.throughputKwh).toBeGreaterThanOrEqual(state.throughputKwh)
        state = next
      }
    }),
  )
})

test('with efficiencies only it is the recurrence of the dispatch references', () => {
  const capacity = 6.4
  const power = 5
  const eta = 0.95
  let energy = 0
  let state = newBattery(lossless, 0)
  for (let hour = 0; hour < 2000; hour++) {
    const net = 4 * Math.sin(hour / 3.7) + 3 * Math.cos(hour / 11.3)
    const charge = net < 0 ? Math.min(-net, power, (capacity - energy) / eta) : 0
    const discharge = net < 0 ? 0 : Math.min(net, power, energy * eta)
    energy += charge * eta - discharge / eta
    const step = stepBattery(lossless, state, net, 1)
    expect(step.chargedKwh).toBeCloseTo(charge, 11)
    expect(step.dischargedKwh).toBeCloseTo(discharge, 11)
    expect(step.state.energyKwh).toBeCloseTo(energy, 11)
    state = step.state
  }
  expect(equivalentFullCycles(lossless, state)).toBeGreaterThan(50)
})

test('a step by hand: 2 kW for half an hour into an empty battery, then out again', () => {
  const charged = stepBattery(lossless, newBattery(lossless, 0), -2, 0.5)
  expect(charged.chargedKwh).toBe(1)
  expect(charged.state.energyKwh).toBeCloseTo(0.95, 12)
  expect(charged.lossKwh).toBeCloseTo(0.05, 12)
  const emptied = stepBattery(lossless, charged.state, 5, 0.5)
  expect(emptied.dischargedKwh).toBeCloseTo(0.95 * 0.95, 12)
  expect(emptied.state.energyKwh).toBe(0)
  expect(emptied.state.throughputKwh).toBeCloseTo(0.95, 12)
})

/** Nothing asked for so many hours, in so many steps. */
const rest = (params: BatteryParameters, from: BatteryState, hours: number, steps: number) => {
  let state = from
  let imported = 0
  for (let step = 0; step < steps; step++) {
    const result = stepBattery(params, state, 0, hours / steps)
    imported += result.standbyImportKwh
    state = result.state
  }
  return { state, imported }
}

describe('at rest', () => {
  test('standby drains the store, and the AC side once it is empty', () => {
    const params = { ...lossless, standbyW: 100 }
    const { state, imported } = rest(params, { ...newBattery(params, 0), energyKwh: 1 }, 24, 96)
    expect(state.energyKwh).toBe(0)
    expect(imported).toBeCloseTo(2.4 - 1, 12)
  })

  test('self-discharge takes its percentage of what is stored in 30 days, in steps of any length', () => {
    const params = { ...lossless, selfDischargePercentPerMonth: 3 }
    for (const steps of [1, 30, 8640]) {
      const { state } = rest(params, newBattery(params, 1), 720, steps)
      expect(state.energyKwh).toBeCloseTo(6.4 * 0.97, 9)
    }
  })

  test('ageing does not depend on the length of the step', () => {
    const coarse = rest(real, newBattery(real, 0), 8760, 365).state.sohFraction
    const fine = rest(real, newBattery(real, 0), 8760, 8760 * 4).state.sohFraction
    expect(coarse).toBeCloseTo(0.985, 9)
    expect(fine).toBeCloseTo(coarse, 9)
  })
})

test('a thousand full cycles cost the stated cycle fade, and the battery then holds less', () => {
  const params = { ...lossless, cycleFadePercentPerThousandEfc: 5 }
  let state = newBattery(params, 0)
  while (equivalentFullCycles(params, state) < 1000) {
    state = stepBattery(params, state, -5, 2).state
    state = stepBattery(params, state, 5, 2).state
  }
  expect(state.sohFraction).toBeCloseTo(0.95, 4)
  const full = stepBattery(params, stepBattery(params, state, -5, 2).state, -5, 2).state
  expect(full.energyKwh).toBeCloseTo(6.4 * state.sohFraction, 9)
})

test('what is deliverable is what the battery then delivers before it refuses at its reserve', () => {
  const params = { ...real, standbyW: 0, selfDischargePercentPerMonth: 0, calendarFadePercentPerYear: 0 }
  let state = newBattery(params, 0.8)
  const expected = deliverableKwh(params, state)
  expect(expected).toBeCloseTo(6.4 * 0.7 * 0.95, 12)
  let delivered = 0
  for (let step = 0; step < 100; step++) {
    const result = stepBattery({ ...params, cycleFadePercentPerThousandEfc: 0 }, state, 3, 0.25)
    delivered += result.dischargedKwh
    state = result.state
  }
  expect(delivered).toBeCloseTo(expected, 12)
  expect(deliverableKwh(params, state)).toBeCloseTo(0, 12)
})

test('below its reserve a battery delivers nothing and can still be charged', () => {
  const low = { ...newBattery(real, 0), energyKwh: 0.2 }
  expect(deliverableKwh(real, low)).toBe(0)
  expect(stepBattery(real, low, 4, 0.25).dischargedKwh).toBe(0)
  expect(stepBattery(real, low, -4, 0.25).chargedKwh).toBe(1)
})
