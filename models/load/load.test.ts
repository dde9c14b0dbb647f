import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { billFactors } from './bill-scale.ts'
import { commercialKw } from './commercial.ts'
import { answers, settleEvent } from './demand-response.ts'
import { heatPumpCop, stepHeatPump } from './heat-pump.ts'
import { desire, flexibleSetpoint } from './preferences.ts'
import { rankAhead } from './rank-ahead.ts'
import { driveVehicle, stepVehicle } from './vehicle.ts'
import { DRAW_SHAPE, KWH_PER_LITRE_K, stepWaterHeater } from './water-heater.ts'

const HOUSE = {
  lossKwPerK: 0.15,
  capacityKwhPerK: 4,
  gainKw: 0.3,
  powerKw: 3,
  supplyC: 40,
  setpointC: 20,
  bandK: 1.5,
}
const TANK = { litres: 200, powerKw: 3, cop: 1, lossWPerK: 2, roomC: 20, coldC: 12, setpointC: 52, bandK: 6 }
const CAR = { capacityKwh: 60, chargerKw: 7.2, efficiency: 0.9, targetSocFraction: 0.8 }
const fraction = fc.double({ min: 0, max: 1, noNaN: true })

describe('heat pump', () => {
  test('published points of its efficiency', () => {
    // 6.08 − 0.09 ΔT + 0.0005 ΔT² at 30, 40 and 50 K.
    expect(heatPumpCop(10, 40)).toBeCloseTo(3.83, 9)
    expect(heatPumpCop(0, 40)).toBeCloseTo(3.28, 9)
    expect(heatPumpCop(-10, 40)).toBeCloseTo(2.83, 9)
    expect(heatPumpCop(35, 40)).toBe(heatPumpCop(25, 40))
    expect(heatPumpCop(-80, 55)).toBeGreaterThanOrEqual(1)
  })
  test('heat balances in every interval; power and comfort are kept', () => {
    const all = fc.tuple(
      fc.double({ min: 15, max: 25, noNaN: true }),
      fc.double({ min: -25, max: 35, noNaN: true }),
      fraction,
      fraction,
      fc.boolean(),
      fc.constantFrom(1 / 12, 0.25, 1),
    )
    fc.assert(
      fc.property(all, ([indoor, outdoor, comfort, want, event, hours]) => {
        const step = stepHeatPump(HOUSE, indoor, outdoor, hours, comfort, want, event)
        expect(step.electricKwh).toBeGreaterThanOrEqual(0)
        expect(step.electricKwh).toBeLessThanOrEqual(HOUSE.powerKw * hours * (1 + 1e-12))
        expect(HOUSE.capacityKwhPerK * (step.indoorC - indoor)).toBeCloseTo(
          step.heatKwh + HOUSE.gainKw * hours - step.lossKwh,
          9,
        )
        // The mean temperature that the loss tells lies between both ends or their limit.
        if (indoor <= HOUSE.setpointC + HOUSE.bandK && step.heatKwh > 0)
          expect(step.indoorC).toBeLessThanOrEqual(HOUSE.setpointC + HOUSE.bandK + 1e-9)
      }),
    )
  })
  test('in steady state it gives what the walls lose', () => {
    let indoor = 20
    let step = stepHeatPump(HOUSE, indoor, 0, 0.25, 1, 0.5, false)
    for (let at = 0; at < 400; at++) {
      step = stepHeatPump(HOUSE, indoor, 0, 0.25, 1, 0.5, false)
      indoor = step.indoorC
    }
    expect(indoor).toBeCloseTo(20, 6)
    expect(step.heatKwh / 0.25).toBeCloseTo(0.15 * 20 - 0.3, 6)
    expect(step.electricKwh).toBeCloseTo(step.heatKwh / 3.28, 9)
  })
  test('a day in hours is a day in five minutes: the solution is exact', () => {
    const run = (steps: number) => {
      let indoor = 19
      for (let at = 0; at < steps; at++)
        indoor = stepHeatPump({ ...HOUSE, powerKw: 0.2 }, indoor, -5, 24 / steps, 1, 0.5, false).indoorC
      return indoor
    }
    expect(run(24)).toBeCloseTo(run(288), 9)
  })
})

describe('water heater', () => {
  test('heat balances; the shape of a day is a whole', () => {
    expect(DRAW_SHAPE.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 12)
    fc.assert(
      fc.property(
        fc.double({ min: 12, max: 60, noNaN: true }),
        fc.double({ min: 0, max: 300, noNaN: true }),
        fraction,
        fraction,
        fc.boolean(),
        (tankC, litres, comfort, want, event) => {
          const step = stepWaterHeater(TANK, tankC, litres, 0.25, comfort, want, event)
          const capacity = TANK.litres * KWH_PER_LITRE_K
          expect(capacity * (step.tankC - tankC)).toBeCloseTo(step.heatKwh - step.lossKwh - step.drawnKwh, 9)
          expect(step.electricKwh).toBeLessThanOrEqual(0.75 + 1e-12)
          expect(step.electricKwh).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })
  test('a litre that is warmed by a kelvin', () => {
    // 100 L from 52 to 12 °C: 100 · 40 · 4.186 kJ.
    expect(stepWaterHeater(TANK, 52, 100, 0.25, 1, 0.5, false).drawnKwh).toBeCloseTo(
      (100 * 40 * 4.186) / 3600,
      9,
    )
  })
  test('an event leaves it cold as far as the comfort limit', () => {
    expect(stepWaterHeater(TANK, 50, 0, 0.25, 0, 1, true).electricKwh).toBe(0)
    expect(stepWaterHeater(TANK, 45, 0, 0.25, 0, 1, true).electricKwh).toBeGreaterThan(0)
  })
})

describe('vehicle', () => {
  test('whatever is wanted, the target is there at departure when time allows', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 48, noNaN: true }),
        fraction,
        fc.array(fc.tuple(fraction, fc.boolean()), { minLength: 144, maxLength: 144 }),
        (start, comfort, wants) => {
          let stored = start
          wants.forEach(([want, event], at) => {
            const before = stored
            const step = stepVehicle(CAR, stored, 12 - at / 12, 12, 1 / 12, comfort, want * 0.4, event)
            stored = step.storedKwh
            expect(stored - before).toBeCloseTo(step.electricKwh * CAR.efficiency, 9)
            expect(step.electricKwh).toBeLessThanOrEqual(CAR.chargerKw / 12 + 1e-9)
          })
          expect(stored).toBeCloseTo(48, 6)
        },
      ),
      { numRuns: 50 },
    )
  })
  test('comfort charges on arrival, its absence waits, want charges', () => {
    const at = (comfort: number, want: number, event = false) =>
      stepVehicle(CAR, 30, 12, 12, 0.25, comfort, want, event).electricKwh
    expect(at(1, 0)).toBeCloseTo(1.8, 9)
    expect(at(0, 0)).toBe(0)
    expect(at(0, 0.9)).toBeCloseTo(1.8, 9)
    expect(at(1, 1, true)).toBe(0)
  })
  test('what the battery does not have is charged elsewhere', () => {
    expect(driveVehicle(5, 8)).toEqual({ storedKwh: 0, elsewhereKwh: 3 })
    expect(driveVehicle(8, 5)).toEqual({ storedKwh: 3, elsewhereKwh: 0 })
  })
})

test('a commercial site opens, closes and rests', () => {
  const site = {
    peakKw: 100,
    baseFraction: 0.2,
    openHour: 8,
    closeHour: 18,
    rampHours: 2,
    saturdayFraction: 0.5,
    sundayFraction: 0,
  }
  expect(commercialKw(site, 3, 1)).toBeCloseTo(20, 9)
  expect(commercialKw(site, 7, 1)).toBeCloseTo(60, 9)
  expect(commercialKw(site, 12, 1)).toBeCloseTo(100, 9)
  expect(commercialKw(site, 19, 5)).toBeCloseTo(60, 9)
  expect(commercialKw(site, 12, 6)).toBeCloseTo(60, 9)
  expect(commercialKw(site, 12, 7)).toBeCloseTo(20, 9)
})

describe('preferences', () => {
  test('rank: 1 before dearer hours, 0 before cheaper ones, ½ where nothing changes', () => {
    expect([...rankAhead([1, 2, 3], 24)]).toEqual([1, 1, 0.5])
    expect([...rankAhead([3, 2, 1], 24)]).toEqual([0, 0, 0.5])
    expect([...rankAhead([2, 2, 2], 24)]).toEqual([0.5, 0.5, 0.5])
    expect([...rankAhead([2, 3, 1], 1)]).toEqual([1, 0, 0.5])
  })
  test('desire is a mean by weight; who cares about nothing is at ½', () => {
    const signals = { price: 1, green: 0, local: 0.5 }
    expect(desire({ comfort: 0, price: 1, green: 1, local: 0 }, signals)).toBe(0.5)
    expect(desire({ comfort: 0, price: 1, green: 0, local: 0 }, signals)).toBe(1)
    expect(desire({ comfort: 0, price: 0, green: 0, local: 0 }, signals)).toBe(0.5)
  })
  test('set points stay within the comfort limits, and comfort 1 never moves them', () => {
    expect(flexibleSetpoint(20, 2, 0, 1)).toBe(22)
    expect(flexibleSetpoint(20, 2, 0, 0)).toBe(18)
    expect(flexibleSetpoint(20, 2, 1, 0)).toBe(20)
  })
})

describe('scaled to a bill', () => {
  test('by energy and by money, month by month', () => {
    const shape = [1e6, 3e6, 2e6, 2e6]
    const months = [0, 0, 1, 1]
    expect([...billFactors(shape, months, [8, 1])]).toEqual([2, 0.25])
    const price = { microUsdPerKwh: [100_000, 300_000, 200_000, 200_000], fixedUsd: [5, 0] }
    const factors = billFactors(shape, months, [7, 0.4], price)
    expect(factors[0]).toBeCloseTo(2, 12)
    expect(factors[1]).toBeCloseTo(0.5, 12)
  })
  test('what cannot be scaled is told', () => {
    expect(() => billFactors([0, 0], [0, 0], [3])).toThrow(/0: the shape has no energy/)
    expect(() => billFactors([1, 1], [0, 0], [3], { microUsdPerKwh: [1, 1], fixedUsd: [4] })).toThrow(
      /below its fixed charge/,
    )
    expect([...billFactors([0, 0], [0, 0], [0])]).toEqual([1])
  })
})

describe('demand response', () => {
  test('who answers, at what cost', () => {
    expect(answers({ costUsdPerKwh: 0.5 }, 0.5)).toBe(true)
    expect(answers({ costUsdPerKwh: 0.51 }, 0.5)).toBe(false)
    expect(settleEvent(3e6, 1e6, 1.5, { costUsdPerKwh: 0.5 })).toEqual({
      reducedMilliWh: 2e6,
      paidMicroUsd: 3e6,
      costMicroUsd: 1e6,
    })
    expect(settleEvent(1e6, 3e6, 1.5, { costUsdPerKwh: 0.5 })).toEqual({
      reducedMilliWh: 0,
      paidMicroUsd: 0,
      costMicroUsd: 0,
    })
  })
})
