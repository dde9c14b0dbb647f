import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BatteryParameters,
  deliverableKwh,
  newBattery,
  ratedDeliverableKwh,
  stepBattery,
  withHealth,
} from './battery.ts'
import { type BatteryDetail, cellLossNow, conversionOf } from './conversion.ts'

const plain: BatteryParameters = {
  capacityKwh: 13.5,
  powerKw: 5,
  chargeEfficiency: 0.97,
  dischargeEfficiency: 0.97,
  standbyW: 0,
  selfDischargePercentPerMonth: 0,
  minSocFraction: 0,
  maxSocFraction: 1,
  calendarFadePercentPerYear: 0,
  cycleFadePercentPerThousandEfc: 0,
}
const none: BatteryDetail = {
  coupling: 'ac',
  inverterFixedFraction: 0,
  inverterSquareFraction: 0,
  cellLossFraction: 0,
  resistancePerFade: 0,
  resistanceKelvin: 0,
  voltageSwingFraction: 0,
  heaterWattPerKelvin: 0,
  heaterBelowC: 0,
  solarInverterEfficiency: 1,
  sharedInverterKw: 5,
}
const usual: BatteryDetail = {
  ...none,
  inverterFixedFraction: 0.006,
  inverterSquareFraction: 0.015,
  cellLossFraction: 0.03,
  resistancePerFade: 2,
  resistanceKelvin: 2000,
  voltageSwingFraction: 0.15,
  heaterWattPerKelvin: 3,
  heaterBelowC: 5,
  solarInverterEfficiency: 0.96,
}
const unit = fc.double({ min: 0, max: 1, noNaN: true })
const anyDetail = fc.record({
  coupling: fc.constantFrom('ac' as const, 'dc' as const),
  inverterFixedFraction: fc.double({ min: 0, max: 0.03, noNaN: true }),
  inverterSquareFraction: fc.double({ min: 0, max: 0.05, noNaN: true }),
  cellLossFraction: fc.double({ min: 0, max: 0.08, noNaN: true }),
  resistancePerFade: fc.double({ min: 0, max: 3, noNaN: true }),
  resistanceKelvin: fc.double({ min: 0, max: 3000, noNaN: true }),
  voltageSwingFraction: fc.double({ min: 0, max: 0.3, noNaN: true }),
  heaterWattPerKelvin: fc.double({ min: 0, max: 5, noNaN: true }),
  heaterBelowC: fc.double({ min: -5, max: 15, noNaN: true }),
  solarInverterEfficiency: fc.double({ min: 0.9, max: 1, noNaN: true }),
  sharedInverterKw: fc.double({ min: 1, max: 10, noNaN: true }),
})
const anySteps = fc.array(
  fc.record({
    powerKw: fc.double({ min: -8, max: 8, noNaN: true }),
    solarKw: fc.double({ min: 0, max: 6, noNaN: true }),
    temperatureC: fc.double({ min: -15, max: 45, noNaN: true }),
  }),
  { minLength: 1, maxLength: 60 },
)

test('with nothing in its detail it is the plain battery', () => {
  fc.assert(
    fc.property(anySteps, unit, (steps, soc) => {
      let a = newBattery(plain, soc)
      let b = newBattery(plain, soc)
      for (const { powerKw } of steps) {
        const one = stepBattery(plain, a, powerKw, 0.25)
        const two = stepBattery({ ...plain, detail: none }, b, powerKw, 0.25)
        expect(two.chargedKwh).toBeCloseTo(one.chargedKwh, 10)
        expect(two.dischargedKwh).toBeCloseTo(one.dischargedKwh, 10)
        expect(two.state.energyKwh).toBeCloseTo(one.state.energyKwh, 10)
        a = one.state
        b = two.state
      }
    }),
  )
})

test('energy balances, nothing is negative, no limit is passed, in whatever conditions', () => {
  fc.assert(
    fc.property(
      anyDetail,
      anySteps,
      fc.double({ min: 0, max: 1.3, noNaN: true }),
      fc.constantFrom(0, 2, 13.5),
      fc.constantFrom(0, 5),
      (detail, steps, soc, capacityKwh, powerKw) => {
        const params = { ...plain, capacityKwh, powerKw, standbyW: 12, minSocFraction: 0.1, detail }
        let state = newBattery(params, soc)
        for (const { powerKw: asked, ...conditions } of steps) {
          const step = stepBattery(params, state, asked, 0.25, conditions)
          const stored = step.state.energyKwh - state.energyKwh
          const balance = step.chargedKwh + step.standbyImportKwh - step.dischargedKwh - stored - step.lossKwh
          expect(Math.abs(balance)).toBeLessThan(1e-9)
          expect(step.state.energyKwh).toBeGreaterThanOrEqual(0)
          expect(step.chargedKwh).toBeGreaterThanOrEqual(0)
          expect(step.dischargedKwh).toBeGreaterThanOrEqual(0)
          expect(Math.max(step.chargedKwh, step.dischargedKwh)).toBeLessThanOrEqual(powerKw * 0.25 + 1e-12)
          expect(step.standbyImportKwh).toBeGreaterThanOrEqual(0)
          if (detail.coupling === 'ac') expect(step.lossKwh).toBeGreaterThan(-1e-9)
          state = step.state
        }
      },
    ),
  )
})

/** Powers everywhere, and close to where a DC-coupled battery's inverter starts. */
const solarKw = 1
const anyPower = fc.oneof(
  fc.double({ min: 0.2, max: 5, noNaN: true }),
  fc.double({ min: 0, max: 0.3, noNaN: true }).map((above) => solarKw + above),
)

test('each conversion undoes its inverse', () => {
  fc.assert(
    fc.property(anyDetail, unit, anyPower, (detail, soc, kw) => {
      const conversion = conversionOf(plain, detail, 0.9, soc, { temperatureC: 12, solarKw })
      expect(conversion.acFromDrawn(conversion.drawn(kw))).toBeCloseTo(kw, 9)
      const stored = conversion.stored(kw)
      if (stored === 0) return
      const needed = conversion.acToStore(stored)
      expect(conversion.stored(needed)).toBeCloseTo(stored, 9)
      // What runs the inverter and no more adds nothing: less AC power stores as much.
      if (stored === conversion.stored(solarKw)) expect(needed).toBeLessThanOrEqual(kw + 1e-12)
      else expect(needed).toBeCloseTo(kw, 9)
    }),
  )
})

test('AC power that only runs the inverter stores nothing more than solar alone', () => {
  const detail = { ...usual, coupling: 'dc' as const, solarInverterEfficiency: 0.93 }
  const conversion = conversionOf(plain, detail, 1, 0.5, { temperatureC: 25, solarKw })
  const alone = conversion.stored(solarKw)
  expect(conversion.stored(solarKw + 0.03)).toBe(alone)
  expect(conversion.acToStore(alone)).toBeCloseTo(solarKw, 12)
  expect(conversion.acToStore(alone + 1e-6)).toBeCloseTo(solarKw + 0.03, 3)
})

describe('losses depend on', () => {
  const params = { ...plain, detail: usual }
  /** AC energy out for AC energy in at a power, an hour each, from half charge. */
  const roundTrip = (kw: number, temperatureC = 25, soh = 1, soc = 0.5): number => {
    const conversion = conversionOf(params, usual, soh, soc, { temperatureC, solarKw: 0 })
    return conversion.acFromDrawn(conversion.stored(kw)) / kw
  }
  test('power: worst when small, best in the middle', () => {
    expect(roundTrip(0.2)).toBeLessThan(roundTrip(1.5))
    expect(roundTrip(5)).toBeLessThan(roundTrip(1.5))
    expect(roundTrip(1.5)).toBeGreaterThan(0.87)
    expect(roundTrip(1.5)).toBeLessThan(0.97 * 0.97)
  })
  test('temperature, age and charge', () => {
    expect(roundTrip(4, 0)).toBeLessThan(roundTrip(4, 25))
    expect(roundTrip(4, 25, 0.7)).toBeLessThan(roundTrip(4, 25, 1))
    expect(roundTrip(4, 25, 1, 0.1)).toBeLessThan(roundTrip(4, 25, 1, 0.9))
    expect(cellLossNow(usual, 0.5, 0.5, 25)).toBeCloseTo(0.03 * 2, 12)
  })
  test('cold by heating: taken from the store, then from the AC side', () => {
    const full = stepBattery(params, newBattery(params, 1), 0, 1, { temperatureC: -5, solarKw: 0 })
    expect(full.state.energyKwh).toBeCloseTo(13.5 - 0.03, 12)
    const empty = stepBattery(params, newBattery(params, 0), 0, 1, { temperatureC: -5, solarKw: 0 })
    expect(empty.standbyImportKwh).toBeCloseTo(0.03, 12)
  })
})

describe('DC coupling', () => {
  const dc = { ...plain, detail: { ...none, coupling: 'dc' as const, solarInverterEfficiency: 0.96 } }
  const ac = { ...plain, chargeEfficiency: 0.97 * 0.96, detail: none }
  test('solar charges before the inverter, the grid through it', () => {
    const solar = stepBattery(dc, newBattery(dc, 0), -2, 1, { temperatureC: 25, solarKw: 3 })
    const dual = stepBattery(ac, newBattery(ac, 0), -2, 1, { temperatureC: 25, solarKw: 3 })
    expect(solar.state.energyKwh).toBeCloseTo((2 * 0.97) / 0.96, 12)
    expect(solar.state.energyKwh).toBeGreaterThan(dual.state.energyKwh)
    const half = stepBattery(dc, newBattery(dc, 0), -2, 1, { temperatureC: 25, solarKw: 1 })
    expect(half.state.energyKwh).toBeCloseTo(0.97 / 0.96 + 0.97, 12)
  })
  test('the shared inverter carries solar and battery together', () => {
    const step = stepBattery(dc, newBattery(dc, 1), 5, 1, { temperatureC: 25, solarKw: 3.5 })
    expect(step.dischargedKwh).toBeCloseTo(1.5, 12)
  })
})

test('what a lower capacity no longer holds is lost, and health never comes back', () => {
  const { state, lossKwh } = withHealth(plain, newBattery(plain, 1), 0.9)
  expect(state.energyKwh).toBeCloseTo(12.15, 12)
  expect(lossKwh).toBeCloseTo(1.35, 12)
  expect(withHealth(plain, state, 1).state.sohFraction).toBe(0.9)
})

test('what can be delivered falls with losses and with age', () => {
  const params = { ...plain, detail: usual }
  expect(ratedDeliverableKwh(params)).toBeLessThan(ratedDeliverableKwh(plain))
  const half = { energyKwh: 5, sohFraction: 0.8, throughputKwh: 0 }
  expect(deliverableKwh(params, half)).toBeLessThan(deliverableKwh(params, { ...half, sohFraction: 1 }))
})
