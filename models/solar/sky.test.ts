import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kasten1966, kastenYoung, pressurePa, relativeAirmass } from './airmass.ts'
import { haurwitz, ineichen } from './clear-sky.ts'
import { disc, erbs } from './decomposition.ts'
import { dayOfYear, extraterrestrial } from './extraterrestrial.ts'

const zenith = fc.double({ min: 0, max: 180, noNaN: true })
const cosine = (deg: number) => Math.cos((deg * Math.PI) / 180)
const EXTRA = Float64Array.of(1366)

describe('air', () => {
  test('air mass is 1 overhead, about 38 at the horizon, and none below', () => {
    expect(kastenYoung(0)).toBeCloseTo(1, 3)
    expect(kastenYoung(60)).toBeCloseTo(1.994, 3)
    expect(kastenYoung(90)).toBeCloseTo(37.92, 1)
    expect(kastenYoung(90.01)).toBeNaN()
    expect(kasten1966(90.01)).toBeNaN()
  })

  test('pressure of the standard atmosphere', () => {
    expect(pressurePa(0)).toBeCloseTo(101_325, -1)
    expect(pressurePa(5000)).toBeCloseTo(54_020, -2)
  })

  test('the sun is nearest in January, by 3.4 % in light', () => {
    const light = extraterrestrial(Float64Array.of(3, 185))
    expect(light[0] / light[1]).toBeCloseTo(1.0695, 2)
  })

  test('the day of the year follows the calendar that is asked for, leap days too', () => {
    const times = Float64Array.from(
      ['2023-12-31T23:30Z', '2024-02-29T12:00Z', '2024-12-31T12:00Z'],
      (text) => Date.parse(text) / 1000,
    )
    expect([...dayOfYear(times, 0)]).toEqual([365, 60, 366])
    expect([...dayOfYear(times, 3600)]).toEqual([1, 60, 366])
  })
})

describe('clear sky', () => {
  const site = { altitudeM: 300, linkeTurbidity: 3, pressurePa: pressurePa(300), perezEnhancement: false }
  const at = (zenithDeg: number, turbidity = 3) => {
    const angle = Float64Array.of(zenithDeg)
    return ineichen(angle, relativeAirmass(angle), EXTRA, { ...site, linkeTurbidity: turbidity })
  }

  test('sums up, stays below the light above the air, and is dark at night', () => {
    fc.assert(
      fc.property(zenith, (angle) => {
        const { ghi, dni, dhi } = at(angle)
        expect(ghi[0]).toBeCloseTo(dni[0] * Math.max(0, cosine(angle)) + dhi[0], 9)
        for (const part of [ghi, dni, dhi]) expect(part[0]).toBeGreaterThanOrEqual(0)
        expect(dni[0]).toBeLessThan(EXTRA[0])
        if (angle > 90) expect(ghi[0] + haurwitz(Float64Array.of(angle))[0]).toBe(0)
      }),
    )
  })

  test('the more turbid, the less beam', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 85, noNaN: true }), (angle) => {
        expect(at(angle, 2).dni[0]).toBeGreaterThan(at(angle, 5).dni[0])
      }),
    )
  })

  test('Haurwitz overhead: 1098 exp(−0.059)', () => {
    expect(haurwitz(Float64Array.of(0))[0]).toBeCloseTo(1035.1, 1)
  })
})

describe('decomposition', () => {
  const ghi = fc.double({ min: 0, max: 1300, noNaN: true })

  test('Erbs closes the sum where there is a beam, and calls all light diffuse where not', () => {
    fc.assert(
      fc.property(ghi, zenith, (watts, angle) => {
        const { dni, dhi } = erbs(Float64Array.of(watts), Float64Array.of(angle), EXTRA)
        expect(dni[0] * cosine(angle) + dhi[0]).toBeCloseTo(watts, 8)
        expect(dni[0]).toBeGreaterThanOrEqual(0)
        if (angle > 87) expect(dhi[0]).toBe(watts)
      }),
    )
  })

  test('Erbs: overcast is nearly all diffuse, clear 16.5 %', () => {
    const run = (watts: number) => erbs(Float64Array.of(watts), Float64Array.of(0), EXTRA)
    expect(run(0.1 * EXTRA[0]).dhi[0] / (0.1 * EXTRA[0])).toBeCloseTo(0.991, 6)
    expect(run(0.9 * EXTRA[0]).dhi[0] / (0.9 * EXTRA[0])).toBeCloseTo(0.165, 6)
  })

  test('DISC is bounded by the light above the air and dark beyond 87°', () => {
    fc.assert(
      fc.property(ghi, zenith, (watts, angle) => {
        const { dni, dhi } = disc(Float64Array.of(watts), Float64Array.of(angle), EXTRA)
        expect(dni[0]).toBeGreaterThanOrEqual(0)
        expect(dni[0]).toBeLessThan(EXTRA[0])
        expect(dhi[0]).toBeGreaterThanOrEqual(0)
        if (angle > 87) expect(dni[0]).toBe(0)
      }),
    )
  })
})
