import { describe, expect, test } from 'vitest'
import type { BreakEven, ViabilityStudy } from '../../data/viability-files.ts'
import { batteryCondition, endOfGain, exportCondition } from './conditions.ts'
import { worthText } from './verdict.ts'

const line = (
  id: string,
  points: readonly (readonly [number, number])[],
  crossings: number[] = [],
): BreakEven => ({
  id,
  result: 'x',
  variable: 'x',
  unit: 'USD/kWh',
  base: points[1][0],
  from: points[0][0],
  to: points[points.length - 1][0],
  crossings,
  points: points.map(([x, y]) => ({ x, y })),
})
const study = (one: BreakEven) => ({ breakEvens: [one] }) as unknown as ViabilityStudy
const said = (text: string | null) => text?.replaceAll('\u00a0', ' ')

describe('what a line says of when it pays', () => {
  test('a gain ends between the last point that gains and the next', () => {
    const gaining = line('trading-by-export', [
      [0, 5],
      [0.1, 2],
      [0.2, 0],
      [0.3, 0],
    ])
    expect(endOfGain(gaining)).toEqual({ from: 0.1, to: 0.2 })
    expect(said(exportCondition(study(gaining)))).toBe('no more than 10 ¢ (now up to 10 ¢)')
  })

  test('one that never ends, and one that never begins, are no condition', () => {
    const always = line('trading-by-export', [
      [0, 5],
      [1, 1],
    ])
    expect(endOfGain(always)).toBeNull()
    expect(exportCondition(study(always))).toBeNull()
    const never = line('trading-by-export', [
      [0, 0],
      [1, 0],
    ])
    expect(endOfGain(never)).toEqual({ from: 0, to: 0 })
    expect(exportCondition(study(never))).toBeNull()
  })

  test('a battery: below a price, at any, or not even for nothing', () => {
    const points = [
      [0, 1],
      [1000, -1],
    ] as const
    expect(batteryCondition(study(line('npv-battery', points, [500])))).toBe(
      'below $500 a kWh instead of $1,000',
    )
    expect(
      batteryCondition(
        study(
          line('npv-battery', [
            [0, 2],
            [1000, 1],
          ]),
        ),
      ),
    ).toBe('at any price up to $1,000 a kWh')
    expect(
      batteryCondition(
        study(
          line('npv-battery', [
            [0, -1],
            [1000, -2],
          ]),
        ),
      ),
    ).toBe('not even for nothing')
  })
})

test('a worth is called a loss or a gain only where both ends are', () => {
  expect(worthText({ p10: -30, p50: -20, p90: -10 })).toBe('loses $20.00 (P10 $10.00, P90 $30.00)')
  expect(worthText({ p10: 10, p50: 20, p90: 30 })).toBe('gains $20.00 (P10 $10.00, P90 $30.00)')
  expect(worthText({ p10: -10, p50: 2, p90: 30 })).toBe('is worth +$2.00 (P10 −$10.00, P90 +$30.00)')
})
