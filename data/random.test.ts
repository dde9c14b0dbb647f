import { mean, standardDeviation } from 'simple-statistics'
import { expect, test } from 'vitest'
import { streamFor } from './random.ts'

const draws = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw)

test('the output is frozen: a change would change every seeded result', () => {
  const stream = streamFor(1, 'load', 'home-01')
  expect(draws(4, stream.uint32)).toMatchInlineSnapshot(`
    [
      3590448958,
      3454835440,
      1771933974,
      1177765736,
    ]
  `)
  expect(draws(2, stream.uniform)).toMatchInlineSnapshot(`
    [
      0.8837245905934851,
      0.6750925792355641,
    ]
  `)
  expect(draws(2, stream.normal)).toMatchInlineSnapshot(`
    [
      -0.02319139854395604,
      -0.20050970664211767,
    ]
  `)
})

test('names are kept apart, and no stream shifts another', () => {
  const first = (...names: string[]) => streamFor(1, ...names).uint32()
  const all = [first('a', 'b'), first('ab'), first('a|b'), first('b', 'a'), first('a', 'b', ''), first()]
  expect(new Set(all).size).toBe(all.length)
  expect(first('a', 'b')).toBe(all[0])
})

test('small seeds start anywhere', () => {
  const starts = Array.from({ length: 2000 }, (_, seed) => streamFor(seed, 'x').uniform())
  expect(mean(starts)).toBeGreaterThan(0.48)
  expect(mean(starts)).toBeLessThan(0.52)
})

test('uniform and normal draws have their moments', () => {
  const stream = streamFor(7, 'moments')
  const uniform = draws(100_000, stream.uniform)
  expect(mean(uniform)).toBeCloseTo(0.5, 2)
  expect(standardDeviation(uniform)).toBeCloseTo(Math.sqrt(1 / 12), 2)
  expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...uniform)).toBeLessThan(1)
  const normal = draws(100_000, stream.normal)
  expect(mean(normal)).toBeCloseTo(0, 1)
  expect(standardDeviation(normal)).toBeCloseTo(1, 1)
})
