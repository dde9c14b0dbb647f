import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rainflow, RainflowCounter, type RainflowCycle } from './rainflow.ts'

/** ASTM E1049-85, figure 6: A to I. */
const ASTM = [-2, 1, -3, 5, -1, 3, -4, 4, -2]

/** Three-point counting written anew over the whole list of turning points, for comparison. */
function counted(series: readonly number[]): RainflowCycle[] {
  const kept = series.map((value, at) => ({ value, at })).filter(({ value }, at) => value !== series[at + 1])
  const turns = kept.filter(
    ({ value }, at) =>
      at === 0 || at === kept.length - 1 || (value - kept[at - 1].value) * (kept[at + 1].value - value) < 0,
  )
  // The first of a first plateau is the turning point, as the published counter has it.
  if (turns.length > 0) turns[0] = { ...turns[0], at: 0 }
  const open: typeof turns = []
  const cycles: RainflowCycle[] = []
  const count = (from: (typeof turns)[0], to: (typeof turns)[0], weight: 1 | 0.5) =>
    cycles.push({
      range: Math.abs(to.value - from.value),
      mean: 0.5 * (from.value + to.value),
      count: weight,
      start: from.at,
      end: to.at,
    })
  for (const turn of turns) {
    open.push(turn)
    for (;;) {
      const [a, b, c] = open.slice(-3)
      if (c === undefined || Math.abs(c.value - b.value) < Math.abs(b.value - a.value)) break
      if (open.length === 3) {
        count(a, b, 0.5)
        open.shift()
      } else {
        count(a, b, 1)
        open.splice(-3, 2)
      }
    }
  }
  for (let at = 1; at < open.length; at++) count(open[at - 1], open[at], 0.5)
  return cycles
}

test('the standard’s own example', () => {
  expect(rainflow(ASTM).map(({ range, count }) => [range, count])).toEqual([
    [3, 0.5],
    [4, 0.5],
    [4, 1],
    [8, 0.5],
    [9, 0.5],
    [8, 0.5],
    [6, 0.5],
  ])
})

test('fed step by step it counts as a whole list of turning points does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 3, maxLength: 80 }), (series) => {
      fc.pre(new Set(series).size > 1)
      expect(rainflow(series)).toEqual(counted(series))
    }),
    { numRuns: 500 },
  )
})

test('closed cycles come as they close, open halves only at the end', () => {
  const cycles: RainflowCycle[] = []
  const counter = new RainflowCounter((cycle) => cycles.push(cycle))
  for (const value of [0, 10, 4, 6, 0]) counter.push(value)
  expect(cycles).toEqual([])
  counter.push(1)
  expect(cycles).toEqual([
    { range: 2, mean: 5, count: 1, start: 2, end: 3 },
    { range: 10, mean: 5, count: 0.5, start: 0, end: 1 },
  ])
  counter.finish()
  expect(cycles.map(({ count }) => count)).toEqual([1, 0.5, 0.5, 0.5])
})

describe('limits', () => {
  test.each([[[]], [[1]], [[1, 2]]])('%j has no cycle', (series) => expect(rainflow(series)).toEqual([]))

  test('what goes up comes down: ranges weighted by count are the way between turning points', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 60 }), (series) => {
        const way = series.slice(1).reduce((sum, value, at) => sum + Math.abs(value - series[at]), 0)
        const counts = rainflow(series).reduce((sum, { range, count }) => sum + 2 * range * count, 0)
        expect(counts).toBeCloseTo(way, 9)
      }),
    )
  })
})
