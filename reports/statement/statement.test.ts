import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BillLines } from '../../data/run-files.ts'
import { centsExact } from '../number-format.ts'
import { sampleRun } from '../testing/sample-run.ts'
import { exportText, todaysExport } from '../tariff-text.ts'
import { inCents } from './cents.ts'
import { renderStatement } from './page.ts'
import { lastWholeMonth, STATEMENT_LINES, statementOf } from './statement.ts'
import { outcomeText, signedDollars } from './words.ts'

const RUNS = [sampleRun({ homes: 6, days: 95 }), sampleRun({ homes: 4, days: 70, tariff: 'net-metering' })]

const statements = RUNS.flatMap(({ results, scenario }) =>
  results.communities.flatMap(({ homes }) =>
    homes.flatMap((home) =>
      home.months.map((month) => ({ home, month, made: statementOf(results, scenario, home, month) })),
    ),
  ),
)

test('amounts sum to the cent, whatever they are', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9e10, max: 9e10 }), { maxLength: 14 }), (amounts) => {
      const { lines, roundingCents, netCents } = inCents(amounts.map((microUsd) => ['', microUsd]))
      expect(lines.reduce((sum, { cents }) => sum + cents, roundingCents)).toBe(netCents)
      expect(Math.abs(roundingCents)).toBeLessThanOrEqual((amounts.length + 1) / 2)
    }),
    { seed: 11 },
  )
})

test('every line of a bill is in one line of the statement', () => {
  const [{ month }] = statements
  const all = Object.keys(month.bills.plant).filter((key) => key !== 'netMicroUsd')
  expect(STATEMENT_LINES.flatMap(([, keys]) => keys).toSorted()).toEqual(all.toSorted())
})

describe('a statement', () => {
  test('has the bill’s net and sums to it, to the cent', () => {
    expect(statements.length).toBeGreaterThan(30)
    for (const { month, made } of statements) {
      expect(made.lines.reduce((sum, { cents }) => sum + cents, 0)).toBe(made.netCents)
      expect(signedDollars(made.netCents).replace('$', '')).toBe(centsExact(month.bills.plant.netMicroUsd))
    }
  })

  test('each of its lines is that of the bill, to the cent', () => {
    for (const { month, made } of statements) {
      for (const [label, keys] of STATEMENT_LINES) {
        const shown = made.lines.find((line) => line.label === label)?.cents ?? 0
        const billed = keys.reduce((sum, key: keyof BillLines) => sum + month.bills.plant[key], 0)
        expect(Math.abs(shown * 10_000 - billed)).toBeLessThanOrEqual(5_000)
      }
    }
  })

  test('what came is what went', () => {
    for (const { made } of statements) {
      const { madeMilliWh, boughtMilliWh: bought, soldMilliWh: sold, usedMilliWh, keptMilliWh } = made
      expect(madeMilliWh + bought.utility + bought.neighbors).toBe(
        usedMilliWh + sold.utility + sold.neighbors + (keptMilliWh ?? 0),
      )
    }
  })

  test('saves what the bills differ by, and a loss against today’s rules is called one', () => {
    const losing = statements.filter(({ made }) => made.comparisons[0].savedCents < 0)
    expect(losing.length).toBeGreaterThan(0)
    for (const { month, made } of statements) {
      const [today] = made.comparisons
      const micro = month.baselines.today.netMicroUsd - month.bills.plant.netMicroUsd
      expect(Math.abs(today.savedCents * 10_000 - micro)).toBeLessThanOrEqual(10_000)
    }
    for (const { made } of losing)
      expect(outcomeText(made)).toMatch(/^You lose \$[\d.]+ against today’s rules/)
  })

  test('of a month in part says so; by default the last whole one is taken', () => {
    const [{ results, scenario }] = RUNS
    const [home] = results.communities[0].homes
    expect(lastWholeMonth(results, home).month).toBe('2016-10')
    const last = statementOf(results, scenario, home, home.months[3])
    expect(last.covered).toBeCloseTo(3 / 30, 2)
    expect(renderStatement(last, 'none')).toContain('10 % of the month')
  })

  test('names with markup are text, and its policy lets nothing load', () => {
    const { results, scenario } = sampleRun({ homes: 2, days: 31, label: () => '<b>"x"</b>' })
    const [home] = results.communities[0].homes
    const html = renderStatement(
      statementOf(results, scenario, home, home.months[0]),
      exportText(todaysExport(scenario)),
    )
    expect(html).not.toContain('<b>')
    expect(html).toContain('&lt;b&gt;&quot;x&quot;')
    expect(html).toContain('default-src &#39;none&#39;')
    expect(html).not.toContain('<script')
  })
})
