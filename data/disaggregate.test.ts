import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { disaggregate, DISAGGREGATION_METHODS } from './disaggregate.ts'
import { streamFor } from './random.ts'

const hours = fc.array(fc.oneof(fc.constant(0), fc.nat(10_000_000)), { minLength: 1, maxLength: 60 })

describe.each(DISAGGREGATION_METHODS)('%s', (method) => {
  const split = (values: number[], factor: number, cap?: number) =>
    disaggregate(Float64Array.from(values), factor, method, {
      stream: streamFor(1, 'test'),
      ...(cap === undefined ? {} : { capMilliWh: cap }),
    })

  test('every hour keeps its energy, nothing is negative', () => {
    fc.assert(
      fc.property(hours, fc.constantFrom(1, 2, 4, 12), (values, factor) => {
        const steps = split(values, factor)
        values.forEach((value, at) => {
          const part = steps.subarray(at * factor, (at + 1) * factor)
          expect(part.reduce((sum, step) => sum + step, 0)).toBe(value)
          expect(Math.min(...part)).toBeGreaterThanOrEqual(0)
        })
      }),
    )
  })

  test('no step passes the cap when the hour fits under it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4_000_000), { minLength: 3, maxLength: 40 }), (values) => {
        // 4 kW for five minutes.
        const cap = Math.floor(4_000_000 / 12)
        const steps = split(
          values.map((value) => Math.min(value, cap * 12)),
          12,
          cap,
        )
        expect(Math.max(...steps)).toBeLessThanOrEqual(cap + 1)
      }),
    )
  })

  test('is the same again', () => {
    const values = Array.from({ length: 48 }, (_, at) => 1000 * at)
    expect(split(values, 12)).toEqual(split(values, 12))
  })
})

test('smooth: a straight ramp stays straight', () => {
  const steps = disaggregate(Float64Array.from([12_000, 24_000, 36_000, 48_000]), 12, 'smooth')
  const inside = steps.subarray(12, 36)
  for (let at = 1; at < inside.length; at++)
    expect(Math.abs(inside[at] - inside[at - 1] - 83)).toBeLessThanOrEqual(2)
})

test('smooth: beside an hour without energy it begins at nothing', () => {
  const steps = disaggregate(Float64Array.from([0, 1_200_000, 2_400_000]), 12, 'smooth')
  expect(steps[12]).toBeLessThan(20_000)
  expect([...steps.subarray(12, 24)]).toEqual([...steps.subarray(12, 24)].toSorted((a, b) => a - b))
})

test('stochastic: strays from the smooth shape', () => {
  const values = Float64Array.from({ length: 200 }, () => 1_200_000)
  const steps = disaggregate(values, 12, 'stochastic', { stream: streamFor(1, 'x') })
  const spread = steps.reduce((sum, step) => sum + (step / 100_000 - 1) ** 2, 0) / steps.length
  expect(Math.sqrt(spread)).toBeGreaterThan(0.3)
  expect(Math.sqrt(spread)).toBeLessThan(1)
})
