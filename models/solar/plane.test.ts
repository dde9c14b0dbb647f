import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ashraeModifier,
  martinRuizDiffuse,
  martinRuizModifier,
  physicalModifier,
  pvwattsCover,
} from './incidence-modifier.ts'
import { incidenceAngle, type Plane } from './incidence.ts'
import { transpose, type TranspositionModel } from './transposition.ts'

const MODELS: TranspositionModel[] = ['isotropic', 'hay-davies', 'perez']
const cosine = (deg: number) => Math.cos((deg * Math.PI) / 180)

/** Light on a plane at one instant, W/m². */
function light(
  model: TranspositionModel,
  dni: number,
  dhi: number,
  zenith: number,
  plane: Plane,
  albedo = 0.2,
) {
  const one = (value: number) => Float64Array.of(value)
  const ghi = dhi + dni * Math.max(0, cosine(zenith))
  const incidence = incidenceAngle(one(zenith), one(180), plane)
  const columns = { ghi: one(ghi), dni: one(dni), dhi: one(dhi) }
  const { beam, sky, ground } = transpose(model, columns, one(zenith), incidence, one(1366), plane, albedo)
  return { beam: beam[0], sky: sky[0], ground: ground[0], ghi }
}

const beam = fc.double({ min: 0, max: 1000, noNaN: true })
const diffuse = fc.double({ min: 0.1, max: 500, noNaN: true })
const tilt = fc.double({ min: 0, max: 90, noNaN: true })

describe('angle of incidence', () => {
  test('is zero facing the sun, the zenith on flat ground, and 180° − it from behind', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 90, noNaN: true }),
        fc.integer({ min: 0, max: 359 }),
        (z, azimuth) => {
          const at = (plane: Plane) => incidenceAngle(Float64Array.of(z), Float64Array.of(azimuth), plane)[0]
          expect(at({ tiltDeg: z, azimuthDeg: azimuth })).toBeCloseTo(0, 5)
          expect(at({ tiltDeg: 0, azimuthDeg: 77 })).toBeCloseTo(z, 5)
          expect(
            at({ tiltDeg: 90, azimuthDeg: azimuth }) + at({ tiltDeg: 90, azimuthDeg: azimuth + 180 }),
          ).toBeCloseTo(180, 5)
        },
      ),
    )
  })
})

describe.each(MODELS)('the %s sky', (model) => {
  test('on flat ground is the horizontal irradiance', () => {
    fc.assert(
      fc.property(beam, diffuse, fc.double({ min: 0, max: 84, noNaN: true }), (dni, dhi, zenith) => {
        const flat = light(model, dni, dhi, zenith, { tiltDeg: 0, azimuthDeg: 0 })
        expect(flat.beam + flat.sky + flat.ground).toBeCloseTo(flat.ghi, 6)
      }),
    )
  })

  test('gives no negative light, and none without light', () => {
    fc.assert(
      fc.property(
        beam,
        diffuse,
        fc.double({ min: 0, max: 110, noNaN: true }),
        tilt,
        (dni, dhi, zenith, tiltDeg) => {
          const found = light(model, dni, dhi, zenith, { tiltDeg, azimuthDeg: 30 })
          for (const part of [found.beam, found.sky, found.ground]) expect(part).toBeGreaterThanOrEqual(0)
          const dark = light(model, 0, 0, zenith, { tiltDeg, azimuthDeg: 30 })
          expect(dark.beam + dark.sky + dark.ground).toBe(0)
        },
      ),
    )
  })

  test('the ground shines with its albedo and the tilt', () => {
    const at = (tiltDeg: number, albedo: number) =>
      light(model, 500, 100, 40, { tiltDeg, azimuthDeg: 180 }, albedo).ground
    expect(at(0, 0.2)).toBe(0)
    expect(at(60, 0.6)).toBeCloseTo(3 * at(60, 0.2), 9)
    expect(at(90, 0.2)).toBeCloseTo(0.1 * (100 + 500 * cosine(40)), 9)
  })
})

test('under a clear sky a plane that faces the sun gets more from Hay-Davies and Perez than from isotropic', () => {
  const plane = { tiltDeg: 45, azimuthDeg: 180 }
  const [isotropic, hayDavies, perez] = MODELS.map((model) => light(model, 800, 100, 45, plane).sky)
  expect(hayDavies).toBeGreaterThan(isotropic)
  expect(perez).toBeGreaterThan(isotropic)
})

describe('incidence modifiers', () => {
  const run = {
    physical: (angle: number) => physicalModifier(Float64Array.of(angle))[0],
    ashrae: (angle: number) => ashraeModifier(Float64Array.of(angle), 0.05)[0],
    'Martin-Ruiz': (angle: number) => martinRuizModifier(Float64Array.of(angle), 0.16)[0],
  }
  test.each(Object.entries(run))('%s: 1 in front, falling, 0 from the side and behind', (_, modifier) => {
    expect(modifier(0)).toBeCloseTo(1, 12)
    for (let angle = 0; angle < 89; angle++) expect(modifier(angle + 1)).toBeLessThanOrEqual(modifier(angle))
    for (const angle of [90, 120, 180]) expect(modifier(angle)).toBe(0)
  })

  test('published points', () => {
    expect(run.ashrae(60)).toBeCloseTo(0.95, 12)
    // Soto, Klein and Beckman 2006, figure 2: 0.95 at 60°, 0.75 at 77°.
    expect(run.physical(60)).toBeCloseTo(0.95, 2)
    expect(run['Martin-Ruiz'](60)).toBeCloseTo(0.958, 3)
    // pvlib 0.16.1, a_r 0.16.
    expect(martinRuizDiffuse(0, 0.16).sky).toBeCloseTo(0.9514599, 6)
    expect(martinRuizDiffuse(30, 0.16).sky).toBeCloseTo(0.9549735, 6)
    expect(martinRuizDiffuse(30, 0.16).ground).toBeCloseTo(0.7944426, 6)
    const [below, beyond, behind] = pvwattsCover(Float64Array.of(50, 80, 95), true)
    expect([below, behind]).toEqual([1, 0])
    expect(beyond).toBeCloseTo(0.81138, 4)
    expect(pvwattsCover(Float64Array.of(70), false)[0]).toBeCloseTo(0.86287, 4)
  })
})
