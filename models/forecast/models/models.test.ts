import { describe, expect, test } from 'vitest'
import { streamFor } from '../../../data/random.ts'
import { dayLoss } from '../at-home.ts'
import { issueOf, type HomeRecord } from '../issue.ts'
import { dot, NormalEquations } from '../least-squares.ts'
import type { SharedModel } from '../model.ts'
import { LEVELS, MEDIAN } from '../quantiles.ts'
import { rollForward } from '../rolling.ts'
import { isDeadPlant, isSoundDay } from '../soundness.ts'
import { madeUpHome } from '../testing-homes.ts'
import { Combination } from './combination.ts'
import { ridge } from './ridge.ts'
import { seasonalNaive, seasonalPoint } from './seasonal-naive.ts'
import { smartPersistence } from './smart-persistence.ts'

/** Mean daily loss of each model from a day on, and how often each was chosen. */
async function losses(
  records: readonly HomeRecord[],
  models: readonly SharedModel[],
  from = 60,
): Promise<{ loss: Map<string, number>; chosen: Map<string, number> }> {
  const loss = new Map<string, number>()
  const chosen = new Map<string, number>()
  await rollForward(
    records.slice(1),
    records.slice(0, 1),
    { models, combine: true, refitDays: 14, firstFitDay: 28 },
    (_, { day }, forecast, actual) => {
      if (day < from) return
      for (const [name, said] of forecast.byModel)
        loss.set(name, (loss.get(name) ?? 0) + dayLoss(said, actual, () => true))
      chosen.set(forecast.chosen, (chosen.get(forecast.chosen) ?? 0) + 1)
    },
  )
  return { loss, chosen }
}

describe('on homes whose habits are known', () => {
  const loads = ['x', 'a', 'b', 'c', 'd'].map((id) => madeUpHome(id, 'load', 130))
  const plants = ['x', 'a', 'b', 'c', 'd'].map((id) => madeUpHome(id, 'solar', 130))

  test('load: like days beat one week, the ridge is as good, the combination is near the best', async () => {
    const { loss, chosen } = await losses(loads, [
      seasonalNaive(24),
      smartPersistence(24, 'load'),
      ridge(24, 'load'),
    ])
    const naive = loss.get('seasonal-naive')!
    expect(loss.get('smart-persistence')!).toBeLessThan(0.85 * naive)
    expect(loss.get('ridge')!).toBeLessThan(0.85 * naive)
    const best = Math.min(loss.get('smart-persistence')!, loss.get('ridge')!)
    expect(loss.get('combination')!).toBeLessThan(1.03 * best)
    expect(chosen.get('seasonal-naive') ?? 0).toBe(0)
  })

  test('solar: a weather forecast with error is worth more than yesterday', async () => {
    const { loss } = await losses(plants, [
      seasonalNaive(24),
      smartPersistence(24, 'solar'),
      ridge(24, 'solar'),
    ])
    expect(loss.get('ridge')!).toBeLessThan(0.6 * loss.get('seasonal-naive')!)
  })

  test('where every week is the same, the baseline is chosen', async () => {
    const weekly = loads.map((record) => ({
      ...record,
      kwh: record.kwh.map((_, at) => {
        const stream = streamFor(1, record.id, at % 168)
        return 0.1 + 5 * stream.uniform()
      }),
    }))
    const { chosen } = await losses(weekly, [
      seasonalNaive(24),
      smartPersistence(24, 'load'),
      ridge(24, 'load'),
    ])
    expect(chosen.get('seasonal-naive') ?? 0).toBe(70)
  })
})

test('the seasonal naive repeats the week of a load and the day of a plant, and a missing slot the day', () => {
  const kwh = Float64Array.from({ length: 240 }, (_, at) => at)
  const record = { ...madeUpHome('x', 'load', 10), kwh }
  expect(seasonalPoint(issueOf(record, 9))[5]).toBe(2 * 24 + 5)
  expect(seasonalPoint(issueOf({ ...record, target: 'solar' }, 9))[5]).toBe(8 * 24 + 5)
  kwh[2 * 24 + 5] = Number.NaN
  expect(seasonalPoint(issueOf(record, 9))[5]).toBe(8 * 24 + 5)
})

describe('least squares', () => {
  test('finds the weights of a plane', () => {
    const stream = streamFor(1, 'plane')
    const equations = new NormalEquations(3)
    for (let row = 0; row < 200; row++) {
      const x = Float64Array.of(1, stream.normal(), stream.normal())
      equations.add(x, 0, 2 - 3 * x[1] + 0.5 * x[2])
    }
    const weights = equations.solve(0)
    ;[2, -3, 0.5].forEach((value, at) => expect(weights[at]).toBeCloseTo(value, 6))
    expect(dot(Float64Array.of(1, 1, 1), 0, weights)).toBeCloseTo(-0.5, 6)
  })

  test('columns that are the same share the weight, and none explodes', () => {
    const equations = new NormalEquations(3)
    for (let row = 0; row < 100; row++) equations.add(Float64Array.of(1, row / 50, row / 50), 0, row / 25)
    const weights = equations.solve(0.001)
    expect(weights[1]).toBeCloseTo(weights[2], 3)
    expect(Math.abs(weights[1])).toBeLessThan(1.5)
  })

  test('an empty problem has the solution 0', () => {
    expect([...new NormalEquations(2).solve(0.1)]).toEqual([0, 0])
  })
})

test('the combination turns to who is right, level by level, and forgets nobody', () => {
  const combination = new Combination(2, 24)
  const good = new Float64Array(24 * LEVELS.length).fill(1)
  const bad = new Float64Array(24 * LEVELS.length).fill(3)
  const issue = issueOf(madeUpHome('x', 'load', 12), 10)
  expect(combination.combine([good, bad])[MEDIAN]).toBe(2)
  for (let day = 0; day < 60; day++) combination.observe(issue, [good, bad], new Float64Array(24).fill(1))
  expect(combination.combine([good, bad])[MEDIAN]).toBeCloseTo(1.05, 2)
  // The world turns: what was right is wrong now, and within two half-lives so say the weights.
  for (let day = 0; day < 70; day++) combination.observe(issue, [good, bad], new Float64Array(24).fill(3))
  expect(combination.combine([good, bad])[MEDIAN]).toBeGreaterThan(2.5)
})

describe('what is worth learning from', () => {
  const load = issueOf(madeUpHome('x', 'load', 5), 4)
  const plant = issueOf(madeUpHome('x', 'solar', 5), 4)

  test('not a day without output, nor a load that is near zero for long', () => {
    expect(isSoundDay(plant, new Float64Array(24))).toBe(false)
    expect(isSoundDay(plant, new Float64Array(24).fill(0.1, 10, 11))).toBe(true)
    expect(isSoundDay(load, new Float64Array(24).fill(0.3))).toBe(true)
    expect(isSoundDay(load, new Float64Array(24).fill(0.3, 8))).toBe(false)
  })

  test('a plant that is dark on most days is dead', () => {
    const { kwh, around } = madeUpHome('x', 'solar', 40)
    expect(isDeadPlant(kwh, 24, around.clearSkyWM2)).toBe(false)
    expect(
      isDeadPlant(
        kwh.map((value, at) => (at % 72 < 24 ? 0 : value)),
        24,
        around.clearSkyWM2,
      ),
    ).toBe(true)
  })
})
