import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { designPoints, type Axis } from './design.ts'
import type { Design } from './schema.ts'
import { latinHypercube } from './latin-hypercube.ts'
import { sobol, SOBOL_DIMENSIONS } from './sobol.ts'

const axis = (path: string, more: Partial<Axis>): Axis => ({
  path,
  scale: 'linear',
  whole: false,
  place: path,
  ...more,
})
const options = { samples: undefined, seed: 1, shift: false, place: 'here' }

describe('Sobol', () => {
  test('the first points are those that SciPy 1.17 (qmc.Sobol, unscrambled) gives', () => {
    expect(sobol(8, 5).map((point) => [...point])).toEqual([
      [0, 0, 0, 0, 0],
      [0.5, 0.5, 0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25, 0.25, 0.75],
      [0.25, 0.75, 0.75, 0.75, 0.25],
      [0.375, 0.375, 0.625, 0.875, 0.375],
      [0.875, 0.875, 0.125, 0.375, 0.875],
      [0.625, 0.125, 0.875, 0.625, 0.625],
      [0.125, 0.625, 0.375, 0.125, 0.125],
    ])
  })

  test('point 1,000 in all dimensions, to the last of 32 bits (SciPy)', () => {
    const words = [...(sobol(1001, SOBOL_DIMENSIONS).at(-1) ?? [])].map((value) => value * 2 ** 32)
    expect(words).toEqual([
      943718400, 415236096, 2227175424, 2906652672, 1203765248, 3896508416, 197132288, 3862953984, 2151677952,
      297795584, 364904448, 1094713344, 692060160, 1648361472, 616562688, 1589641216, 3091202048, 1480589312,
      4257218560, 3116367872, 2243952640,
    ])
  })

  test('2^k points put one into each of 2^k parts of every dimension, shifted or not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8 }),
        fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), {
          minLength: SOBOL_DIMENSIONS,
          maxLength: SOBOL_DIMENSIONS,
        }),
        (power, shift) => {
          const count = 2 ** power
          const points = sobol(count, SOBOL_DIMENSIONS, shift)
          for (let dimension = 0; dimension < SOBOL_DIMENSIONS; dimension++)
            expect(new Set(points.map((point) => Math.floor(point[dimension] * count))).size).toBe(count)
        },
      ),
      { seed: 1, numRuns: 30 },
    )
  })

  test('more dimensions than the table has are refused', () => {
    expect(() => sobol(1, SOBOL_DIMENSIONS + 1)).toThrow(/must be at most 21; use latin-hypercube/)
  })
})

test('a Latin hypercube has one point in each part; another parameter shifts nobody', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 0xffff_ffff }), (count, seed) => {
      const points = latinHypercube(count, ['a', 'b'], seed)
      for (const dimension of [0, 1])
        expect(new Set(points.map((point) => Math.floor(point[dimension] * count))).size).toBe(count)
      const more = latinHypercube(count, ['c', 'b', 'a'], seed)
      expect(more.map((point) => point[2])).toEqual(points.map((point) => point[0]))
    }),
    { seed: 1, numRuns: 50 },
  )
})

describe('points of a design', () => {
  test('a grid changes its last axis fastest', () => {
    const points = designPoints(
      'grid',
      [axis('a', { values: ['x', 'y'] }), axis('b', { from: 0, to: 1, steps: 3 })],
      options,
    )
    expect(points).toEqual([
      ['x', 0],
      ['x', 0.5],
      ['x', 1],
      ['y', 0],
      ['y', 0.5],
      ['y', 1],
    ])
  })

  test('a list takes the values row by row', () => {
    expect(
      designPoints('list', [axis('a', { values: [1, 2] }), axis('b', { values: [3, 4] })], options),
    ).toEqual([
      [1, 3],
      [2, 4],
    ])
  })

  test('log steps have one ratio, whole fields whole values', () => {
    const [log, whole] = [
      axis('a', { from: 1, to: 100, steps: 3, scale: 'log' }),
      axis('b', { from: 1, to: 4, steps: 2, whole: true }),
    ].map((one) => designPoints('grid', [one], options).flat())
    expect(log).toEqual([1, 10, 100])
    expect(whole).toEqual([1, 4])
  })

  test('sampled values stay in their range; whole ones come up equally often', () => {
    const points = designPoints(
      'sobol',
      [axis('a', { from: 2, to: 5, whole: true }), axis('b', { from: 0.1, to: 10, scale: 'log' })],
      { ...options, samples: 64, shift: true },
    )
    const counts = Map.groupBy(points, ([value]) => value)
    expect([2, 3, 4, 5].map((value) => counts.get(value)?.length)).toEqual([16, 16, 16, 16])
    for (const [, value] of points) {
      expect(value).toBeGreaterThanOrEqual(0.1)
      expect(value).toBeLessThan(10)
    }
  })

  test.each([
    ['a range without steps', 'grid', { from: 0, to: 1 }, /has no steps/],
    ['a range that goes down', 'sobol', { from: 1, to: 0 }, /must not go down/],
    ['half a range', 'sobol', { from: 1 }, /has no values/],
    ['log from zero', 'sobol', { from: 0, to: 1, scale: 'log' }, /must start above 0/],
    ['values and a range', 'grid', { values: [1], from: 0 }, /values and a range/],
    ['halves of a whole field', 'sobol', { from: 0.5, to: 3, whole: true }, /whole numbers/],
  ] as [string, Design, Partial<Axis>, RegExp][])('%s is refused', (_, design, more, message) => {
    expect(() => designPoints(design, [axis('a', more)], { ...options, samples: 4 })).toThrow(message)
  })

  test('a grid too large, a list of odd lengths and missing samples are refused', () => {
    const many = { from: 0, to: 1, steps: 400 }
    expect(() => designPoints('grid', [axis('a', many), axis('b', many)], options)).toThrow(/160000 points/)
    expect(() =>
      designPoints('list', [axis('a', { values: [1, 2] }), axis('b', { values: [3] })], options),
    ).toThrow(/b has 1 values; must have 2/)
    expect(() => designPoints('sobol', [axis('a', { from: 0, to: 1 })], options)).toThrow(
      /no number of samples/,
    )
  })
})
