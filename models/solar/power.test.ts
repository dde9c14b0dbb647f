import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faiman, noct, sandia } from './cell-temperature.ts'
import { degradation, horizonDeg, monthlyLoss, shade, skyShare } from './derating.ts'
import { fuentes } from './fuentes.ts'
import { PVWATTS_MODULES } from './pvwatts-v8/modules.ts'
import { acPower, dcPower, PVWATTS_LOSSES_PERCENT, remaining } from './pvwatts.ts'
import { maxPowerW, type SingleDiode } from './single-diode.ts'

const one = (value: number) => Float64Array.of(value)

describe('cell temperature', () => {
  const module = {
    noctC: 45,
    efficiencyFraction: 0,
    absorbedFraction: 0.9,
    storeys: 1,
    standoffInch: 4,
  } as const

  test('of an idle module in nominal conditions is the nominal one', () => {
    expect(noct(one(800), one(20), one(1 / 0.51), module)[0]).toBeCloseTo(45, 9)
    // Over a gap of an inch it runs 11 K hotter.
    expect(noct(one(800), one(20), one(1 / 0.51), { ...module, standoffInch: 1 })[0]).toBeCloseTo(56, 9)
  })

  test('by Fuentes comes to the installed nominal one, and slowly', () => {
    const wind = 1 / (5 / 9.144) ** 0.2
    const rows = 600
    const steady = (value: number) => new Float64Array(rows).fill(value)
    const cell = fuentes(steady(800), steady(20), steady(wind), 1 / 60, 49)
    expect(cell[rows - 1]).toBeCloseTo(49, 1)
    expect(cell[0]).toBeLessThan(25)
    for (let row = 1; row < rows; row++) expect(cell[row]).toBeGreaterThanOrEqual(cell[row - 1] - 1e-9)
  })

  test('is the air’s in the dark, rises with light and falls with wind', () => {
    const light = fc.double({ min: 1, max: 1200, noNaN: true })
    const models = [
      (poa: number, wind: number) => faiman(one(poa), one(15), one(wind), { constant: 25, perWind: 6.84 })[0],
      (poa: number, wind: number) =>
        sandia(one(poa), one(15), one(wind), { a: -3.56, b: -0.075, deltaTC: 3 })[0],
      (poa: number, wind: number) => noct(one(poa), one(15), one(wind), module)[0],
    ]
    fc.assert(
      fc.property(light, fc.constantFrom(...models), (poa, model) => {
        expect(model(0, 3)).toBe(15)
        expect(model(poa, 3)).toBeGreaterThan(15)
        expect(model(poa, 6)).toBeLessThan(model(poa, 3))
      }),
    )
  })
})

describe('PVWatts 5', () => {
  test('gives the rating at standard conditions, and loses when hot', () => {
    const rating = { powerW: 5000, perC: -0.004, referenceC: 25 }
    expect(dcPower(one(1000), one(25), rating)[0]).toBe(5000)
    expect(dcPower(one(1000), one(50), rating)[0]).toBeCloseTo(4500, 9)
  })

  test('the inverter is nominal at full load, clips above and gives nothing below 0.6 %', () => {
    const inverter = { dcPowerW: 1000, efficiencyFraction: 0.96, referenceFraction: 0.9637 }
    const [full, over, idle, night] = acPower(Float64Array.of(1000, 1500, 5, 0), inverter)
    expect(full).toBeCloseTo(960, 9)
    expect(over).toBe(960)
    expect([idle, night]).toEqual([0, 0])
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2000, noNaN: true }), (dc) => {
        const ac = acPower(one(dc), inverter)[0]
        expect(ac).toBeGreaterThanOrEqual(0)
        expect(ac).toBeLessThanOrEqual(Math.min(960, dc))
      }),
    )
  })

  test('its losses are 14.08 %', () => {
    expect(100 * (1 - remaining(Object.values(PVWATTS_LOSSES_PERCENT)))).toBeCloseTo(14.0757, 4)
  })
})

describe.each(Object.entries(PVWATTS_MODULES))('a single diode, %s', (_, { diode }) => {
  test('gives its rating at standard conditions', () => {
    expect(maxPowerW(diode, 1000, 25) / (diode.maxPowerVolts * diode.maxPowerAmps)).toBeCloseTo(1, 2)
  })

  test('is at the top of its curve', () => {
    const light = fc.double({ min: 1, max: 1300, noNaN: true })
    const cell = fc.double({ min: -30, max: 90, noNaN: true })
    fc.assert(
      fc.property(light, cell, (irradiance, cellC) => {
        const found = maxPowerW(diode, irradiance, cellC)
        const scanned = scan(diode, irradiance, cellC)
        expect(found).toBeGreaterThanOrEqual(scanned - 1e-9)
        expect(found).toBeLessThan(scanned * 1.0001 + 1e-9)
      }),
      { numRuns: 50 },
    )
  })

  test('needs a watt per square metre', () => {
    for (const dark of [0, 0.99, Number.NaN]) expect(maxPowerW(diode, dark, 20)).toBe(0)
  })
})

/** Greatest power by walking along the curve. */
function scan(module: SingleDiode, irradiance: number, cellC: number): number {
  const kelvin = cellC + 273.15
  const perC = module.ampsPerC * (1 - module.adjustPercent / 100)
  const light = (irradiance / 1000) * (module.lightAmps + perC * (kelvin - 298.15))
  const gap = 1.12 * (1 - 0.0002677 * (kelvin - 298.15))
  const saturation =
    module.saturationAmps * (kelvin / 298.15) ** 3 * Math.exp((1.12 / 298.15 - gap / kelvin) / 8.618e-5)
  const a = (module.idealityVolts * kelvin) / 298.15
  const shunt = (module.shuntOhm * 1000) / irradiance
  const open = a * Math.log(1 + light / saturation)
  let most = 0
  for (let step = 1; step < 4000; step++) {
    const u = (open * step) / 4000
    const amps = light - saturation * (Math.exp(u / a) - 1) - u / shunt
    most = Math.max(most, amps * (u - amps * module.seriesOhm))
  }
  return most
}

describe('derating', () => {
  test('by month and by age', () => {
    const losses = [50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10]
    expect([...monthlyLoss(losses, Uint8Array.of(1, 6, 12))]).toEqual([0.5, 0, 0.1])
    expect(degradation(0.5, 0)).toBe(1)
    expect(degradation(0.5, 25)).toBeCloseTo(0.875, 12)
    expect(degradation(5, 25)).toBe(0)
  })

  test('an even horizon leaves flat ground cos² of its height', () => {
    const flat = { tiltDeg: 0, azimuthDeg: 0 }
    for (const height of [0, 5, 22.5, 60]) {
      expect(skyShare([height], flat)).toBeCloseTo(Math.cos((height * Math.PI) / 180) ** 2, 3)
    }
    expect(skyShare([0], { tiltDeg: 40, azimuthDeg: 200 })).toBe(1)
  })

  test('a hill in the south costs a plane to the south more than one to the north', () => {
    const hill = Array.from({ length: 8 }, (_, sector) => (sector === 4 ? 40 : 0))
    expect(horizonDeg(hill, 180)).toBe(40)
    expect(horizonDeg(hill, 202.5)).toBe(20)
    expect(horizonDeg(hill, 359)).toBe(0)
    const south = skyShare(hill, { tiltDeg: 60, azimuthDeg: 180 })
    expect(south).toBeLessThan(skyShare(hill, { tiltDeg: 60, azimuthDeg: 0 }))
    const light = { beam: Float64Array.of(500, 500), sky: Float64Array.of(100, 100), ground: one(0) }
    const plane = { tiltDeg: 60, azimuthDeg: 180 }
    shade(light, hill, plane, Float64Array.of(60, 40), Float64Array.of(180, 180))
    expect([...light.beam]).toEqual([0, 500])
    expect(light.sky[0]).toBeCloseTo(100 * south, 9)
  })
})
