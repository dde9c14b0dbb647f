import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { halfTurnDeg } from './angles.ts'
import { deltaTSeconds } from './delta-t.ts'
import { equationOfTimeMinutes, geocentricSun, topocentricSun } from './spa.ts'
import { type SunSite, sunPosition } from './sun-position.ts'

/** NREL/TP-560-34302, table A5.1: Golden, Colorado. */
const GOLDEN: SunSite = {
  latitudeDeg: 39.742476,
  longitudeDeg: -105.1786,
  altitudeM: 1830.14,
  pressureHpa: 820,
  temperatureC: 11,
  deltaTSeconds: 67,
}
const NOON = Date.parse('2003-10-17T12:30:30-07:00') / 1000

const site = fc.record({
  latitudeDeg: fc.double({ min: -89.5, max: 89.5, noNaN: true }),
  longitudeDeg: fc.double({ min: -180, max: 180, noNaN: true }),
  altitudeM: fc.integer({ min: -400, max: 5000 }),
  pressureHpa: fc.integer({ min: 500, max: 1050 }),
  temperatureC: fc.integer({ min: -40, max: 45 }),
  deltaTSeconds: fc.constant(69),
})
const instant = fc.integer({ min: Date.UTC(1980, 0, 1) / 1000, max: Date.UTC(2050, 0, 1) / 1000 })

/** Angle between two directions, degrees; small ones. */
const apart = (zenithA: number, azimuthA: number, zenithB: number, azimuthB: number) =>
  Math.hypot(zenithA - zenithB, halfTurnDeg(azimuthA - azimuthB) * Math.sin((zenithB * Math.PI) / 180))

test('the worked example of the report', () => {
  const sun = geocentricSun(NOON, 67)
  expect(sun.heliocentricLongitudeDeg).toBeCloseTo(24.0182616917, 9)
  expect(sun.heliocentricLatitudeDeg).toBeCloseTo(-0.0001011219, 9)
  expect(sun.radiusAu).toBeCloseTo(0.9965422974, 9)
  expect(sun.nutationLongitudeDeg).toBeCloseTo(-0.00399840430333, 7)
  expect(sun.obliquityDeg).toBeCloseTo(23.440465, 5)
  const position = sunPosition(Float64Array.of(NOON), GOLDEN)
  expect(position.apparentZenithDeg[0]).toBeCloseTo(50.11162, 4)
  expect(position.azimuthDeg[0]).toBeCloseTo(194.34024, 4)
  expect(equationOfTimeMinutes(NOON, 67)).toBeCloseTo(14.6415, 4)
})

describe('the position', () => {
  test('by a vector is that by the published parallax', () => {
    fc.assert(
      fc.property(site, instant, (place, time) => {
        const { latitudeDeg, longitudeDeg, altitudeM } = place
        const seen = topocentricSun(time, 69, latitudeDeg, longitudeDeg, altitudeM)
        const phi = (latitudeDeg * Math.PI) / 180
        const delta = (seen.declinationDeg * Math.PI) / 180
        const hour = (seen.hourAngleDeg * Math.PI) / 180
        // Eq. 41 and 45.
        const elevation = Math.asin(
          Math.sin(phi) * Math.sin(delta) + Math.cos(phi) * Math.cos(delta) * Math.cos(hour),
        )
        const south = Math.cos(hour) * Math.sin(phi) - Math.tan(delta) * Math.cos(phi)
        const azimuth = (Math.atan2(Math.sin(hour), south) * 180) / Math.PI + 180
        const ours = sunPosition(Float64Array.of(time), place)
        const zenith = 90 - (elevation * 180) / Math.PI
        expect(apart(ours.zenithDeg[0], ours.azimuthDeg[0], zenith, azimuth)).toBeLessThan(1e-6)
      }),
    )
  })

  test('with slow terms once a day stays within a millionth of a degree', () => {
    fc.assert(
      fc.property(site, fc.array(instant, { minLength: 1, maxLength: 4 }), (place, starts) => {
        const times = Float64Array.from(
          starts.flatMap((start) => [0, 7, 13, 50].map((h) => start + h * 3600)),
        )
        // The last is far from the first where the draws are: knots must reach all of them.
        const near = times.filter((time) => Math.abs(time - times[0]) < 4e7)
        const exact = sunPosition(near, place)
        const quick = sunPosition(near, place, 86_400)
        for (let row = 0; row < near.length; row++) {
          expect(
            apart(exact.zenithDeg[row], exact.azimuthDeg[row], quick.zenithDeg[row], quick.azimuthDeg[row]),
          ).toBeLessThan(1e-6)
        }
      }),
    )
  })

  test('is lifted by air, least at the zenith and never below the horizon’s half degree', () => {
    fc.assert(
      fc.property(site, instant, (place, time) => {
        const ours = sunPosition(Float64Array.of(time), place)
        const lift = ours.zenithDeg[0] - ours.apparentZenithDeg[0]
        if (ours.zenithDeg[0] > 90.84) expect(lift).toBe(0)
        // Standard air lifts 0.57° at the horizon; thick cold air half as much again.
        else expect(lift).toBeLessThan(1)
        if (ours.zenithDeg[0] < 89) expect(lift).toBeGreaterThan(-0.001)
      }),
    )
  })

  test('turns from east over south to west in the north, over north in the south', () => {
    const day = Float64Array.from([8, 12, 16], (hour) => Date.UTC(2023, 2, 20, hour) / 1000)
    const place = { ...GOLDEN, longitudeDeg: 0 }
    const north = sunPosition(day, { ...place, latitudeDeg: 45 }).azimuthDeg
    const south = sunPosition(day, { ...place, latitudeDeg: -45 }).azimuthDeg
    expect([...north].map((angle) => Math.round(angle / 90))).toEqual([1, 2, 3])
    expect([...south].map((angle) => Math.round(angle / 90) % 4)).toEqual([1, 0, 3])
  })

  test('of no times is empty', () => {
    expect(sunPosition(new Float64Array(0), GOLDEN, 86_400).zenithDeg).toHaveLength(0)
  })
})

test('ΔT at known years, without steps where its polynomials meet', () => {
  expect(deltaTSeconds(2000)).toBeCloseTo(63.86, 2)
  expect(deltaTSeconds(1990)).toBeCloseTo(56.86, 0)
  for (const seam of [1986, 2005]) {
    expect(Math.abs(deltaTSeconds(seam + 1e-6) - deltaTSeconds(seam))).toBeLessThan(0.3)
  }
  expect(deltaTSeconds(1900)).toBe(deltaTSeconds(1961))
})
