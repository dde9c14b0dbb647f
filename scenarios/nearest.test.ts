import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { editDistance, nearest } from './nearest.ts'
import { unitHint } from './unit-hint.ts'

test('distances worked out by hand', () => {
  expect(editDistance('', 'abc')).toBe(3)
  expect(editDistance('kitten', 'sitting')).toBe(3)
  expect(editDistance('titel', 'title')).toBe(1)
  expect(editDistance('ca', 'abc')).toBe(3)
})

test('distance is symmetric, zero only for equal words, at most the longer length', () => {
  const word = fc.string({ maxLength: 12 })
  fc.assert(
    fc.property(word, word, (a, b) => {
      const d = editDistance(a, b)
      expect(d).toBe(editDistance(b, a))
      expect(d === 0).toBe(a === b)
      expect(d).toBeLessThanOrEqual(Math.max(a.length, b.length))
    }),
  )
})

test('a far word has no neighbor', () => {
  expect(nearest('Capacity_kWh', ['capacityKwh', 'powerKw'])).toBe('capacityKwh')
  expect(nearest('colour', ['capacityKwh', 'powerKw'])).toBeUndefined()
})

test.each([
  ['capacityWh', 13_500, 'write capacityKwh: 13.5 (13500 Wh in kWh)'],
  ['capacity_kwh', 13.5, 'write capacityKwh'],
  ['capacity', 13.5, 'write capacityKwh, in kWh'],
  // Mega or milli: nobody knows, so no number is offered.
  ['capacityMwh', 13.5, 'write capacityKwh, in kWh'],
  ['powerW', 5000, 'write powerKw: 5 (5000 W in kW)'],
  ['powerW', 'lots', 'write powerKw, in kW'],
  ['minSocPercent', 20, 'write minSocFraction: 0.2 (20 % in fraction)'],
])('%s: %s', (key, value, fix) => {
  expect(unitHint(key, value, ['capacityKwh', 'powerKw', 'minSocFraction'])?.fix).toBe(fix)
})

test('an energy is not offered for a power, nor anything for another name', () => {
  expect(unitHint('powerKwh', 5, ['powerKw'])).toBeUndefined()
  expect(unitHint('energyKwh', 5, ['capacityKwh'])).toBeUndefined()
})
