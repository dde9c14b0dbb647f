import { describe, expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { runInto, temporaryFolder } from '../../sim/testing.ts'
import figures, { FIGURES } from '../kpi/figures.ts'
import { compareRows, compareRuns, type RunItem } from './comparison.ts'
import { meanInterval } from './interval.ts'
import { comparisonPage } from './page.ts'

const root = temporaryFolder()
const item = async (name: string, days: number): Promise<RunItem> => {
  let view
  const { results } = await runInto(root, name, days, { derive: (_, __, scenario) => (view = scenario) })
  return { name, results, figures: figures(results, view as never) }
}

describe('the interval of a mean', () => {
  test('covers the true mean of normal draws about as often as it says', () => {
    let covered = 0
    const trials = 200
    for (let trial = 0; trial < trials; trial++) {
      const draws = streamFor(1, 'normal', trial)
      const values = Array.from({ length: 30 }, () => 2 + draws.normal())
      const { interval } = meanInterval(values, streamFor(1, 'bootstrap', trial))
      if (interval !== null && interval[0] <= 2 && 2 <= interval[1]) covered++
    }
    // 95 % less what a percentile interval of 30 lacks, ± 3 binomial deviations of 200 trials.
    expect(covered / trials).toBeGreaterThan(0.88)
    expect(covered / trials).toBeLessThan(0.995)
  })

  test('is the same with the same stream, a point when all are alike, none with few', () => {
    const values = [1, 2, 4, 8, 16]
    expect(meanInterval(values, streamFor(3, 'a'))).toEqual(meanInterval(values, streamFor(3, 'a')))
    expect(meanInterval([2, 2, 2, 2, 2], streamFor(3, 'a'))).toMatchObject({ mean: 2, interval: [2, 2] })
    expect(meanInterval([1, 2, 3, 4], streamFor(3, 'a')).interval).toBe(null)
  })
})

describe('runs', () => {
  test('a run against itself differs in nothing; against another, by the difference of its figures', async () => {
    const [a, b] = [await item('first-neighborhood', 2), await item('massachusetts', 2)]
    const same = compareRuns([a, { ...a, name: 'again' }], 'homes', 1)
    expect(same.paired).toEqual([])
    expect(same.kpis.every(({ differences }) => differences[1] === 0 || differences[1] === null)).toBe(true)

    const homes = compareRuns([a, b], 'homes', 1)
    const bill = homes.paired.find(({ id }) => id === 'bill')
    expect(bill?.others[0]).toMatchObject({ pairs: 12 })
    const total = (one: RunItem) =>
      one.results.communities[0].homes.reduce(
        (sum, { months }) => sum + months.reduce((all, { bills }) => all + bills.plant.netMicroUsd, 0),
        0,
      ) / 1e6
    // Twelve homes, two days of months of 365 / 12.
    expect((bill?.others[0].mean ?? 0) * 12 * ((2 * 12) / 365)).toBeCloseTo(total(b) - total(a), 6)
    const months = compareRuns([a, b], 'months', 1).paired.find(({ id }) => id === 'bill')
    expect(months?.others[0].pairs).toBe(1)
    expect((months?.others[0].mean ?? 0) * 12).toBeCloseTo(total(b) - total(a), 6)
    const traded = homes.kpis.find(({ id }) => id === 'traded')
    expect(traded?.differences[1]).toBe((b.figures.traded ?? 0) - (a.figures.traded ?? 0))

    const page = comparisonPage(homes)
    expect(page).toContain('massachusetts against first-neighborhood')
    expect(page).toMatch(/<figure id="paired-bill">/)
    expect(page).toBe(comparisonPage(compareRuns([a, b], 'homes', 1)))
    expect(page).not.toMatch(/NaN|undefined|\[object/)
    // Homes and months that one does not have are said.
    const less = { ...b, results: { ...b.results, communities: [] } }
    expect(compareRuns([a, less], 'homes', 1)).toMatchObject({ paired: [] })
    expect(compareRuns([a, less], 'homes', 1).notes[0]).toMatch(/12 of the homes of first-neighborhood/)
  }, 60_000)
})

test('rows are paired by their key; those without a match are counted', () => {
  const figuresOf = (value: number) => Object.fromEntries(FIGURES.map(({ id }) => [id, value]))
  const rows = (from: number, to: number, add: number) =>
    new Map(
      Array.from(
        { length: to - from },
        (_, at) => [`seed=${from + at}`, figuresOf(from + at + add)] as const,
      ),
    )
  const comparison = compareRows(
    [
      { name: 'a', rows: rows(0, 8, 0) },
      { name: 'b', rows: rows(1, 9, 5) },
    ],
    1,
  )
  const solar = comparison.paired.find(({ id }) => id === 'solar')
  expect(solar?.others[0]).toMatchObject({ pairs: 7, mean: 5, interval: [5, 5] })
  expect(comparison.notes).toHaveLength(2)
  expect(comparison.notes[0]).toMatch(/^1 of the rows of a/)
})
