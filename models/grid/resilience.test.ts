import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type IslandedHome, servedHours } from './resilience.ts'

const home = (change: Partial<IslandedHome>): IslandedHome => ({
  stepHours: 1,
  criticalKwh: new Float64Array(48).fill(1),
  solarKwh: new Float64Array(48),
  storedKwh: new Float64Array(48).fill(5),
  capacityKwh: 10,
  powerKw: 3,
  chargeFraction: 0.9,
  ...change,
})

describe('hours that a home serves its critical load by itself', () => {
  test('what is stored over what is used', () => {
    expect([...new Set(servedHours(home({}), 24))]).toEqual([5])
    expect([...new Set(servedHours(home({ storedKwh: new Float64Array(48) }), 24))]).toEqual([0])
  })

  test('no battery gives more than its power', () => {
    expect(servedHours(home({ powerKw: 0.5 }), 24)[0]).toBe(0)
  })

  test('solar serves, then charges with the loss of the battery', () => {
    const solarKwh = new Float64Array(48)
    solarKwh[1] = 3
    // Hour 0: 5 → 4; hour 1: 2 kWh over charge 1.8; then 5.8 more hours.
    expect(servedHours(home({ solarKwh }), 24)[0]).toBe(7)
    // Beyond the capacity nothing is kept.
    expect(servedHours(home({ solarKwh, capacityKwh: 5 }), 24)[0]).toBe(7 - 0.8 + 0.8 - 0)
  })

  test('an outage of the last day goes on in the first, and none is looked at for longer than asked', () => {
    const criticalKwh = new Float64Array(48)
    criticalKwh[0] = 100
    expect(servedHours(home({ criticalKwh }), 24)[40]).toBe(8)
    expect(servedHours(home({ criticalKwh: new Float64Array(48) }), 24)[0]).toBe(24)
  })

  test('more in the battery, more sun or less load never serve shorter', () => {
    const series = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 24, maxLength: 24 })
    fc.assert(
      fc.property(series, series, series, (criticalKwh, solarKwh, storedKwh) => {
        const one = home({ criticalKwh, solarKwh, storedKwh })
        const hours = servedHours(one, 24)
        const better = [
          home({ ...one, storedKwh: storedKwh.map((kwh) => kwh + 1) }),
          home({ ...one, solarKwh: solarKwh.map((kwh) => kwh + 0.5) }),
          home({ ...one, criticalKwh: criticalKwh.map((kwh) => kwh * 0.5) }),
        ]
        for (const other of better)
          servedHours(other, 24).forEach((value, at) => expect(value).toBeGreaterThanOrEqual(hours[at]))
      }),
      { seed: 1, numRuns: 100 },
    )
  })
})
