import { expect, test } from 'vitest'
import { sampleRun } from '../reports/testing/sample-run.ts'
import { kpiSummary } from './kpi-summary.ts'

test('five figures, and who is worse off than under today’s rules, within 80 columns', () => {
  const { kpis } = sampleRun({ homes: 14 })
  const lines = kpiSummary(kpis).split('\n')
  expect(lines.filter((line) => line.length > 80)).toEqual([])
  expect(lines[3]).toMatch(/against today’s rules +-?[\d.]+ USD\/month$/)
  const [today] = kpis.ruleBaselines
  expect(today.losers.length).toBeGreaterThan(5)
  const said = lines.slice(5).join(' ').replaceAll(/ +/g, ' ')
  expect(said).toContain(
    `Against today’s rules ${today.losers.length} lose: ${today.losers[0]}, ${today.losers[1]}`,
  )
})

test('a long name is cut, many are counted, nobody is said', () => {
  const { kpis } = sampleRun({ homes: 4 })
  const [today, ...rest] = kpis.ruleBaselines
  const losing = (losers: string[]) => kpiSummary({ ...kpis, ruleBaselines: [{ ...today, losers }, ...rest] })
  expect(losing([])).toMatch(/ {2}Against today’s rules nobody loses$/)
  const many = losing(Array.from({ length: 40 }, (_, at) => `${'long '.repeat(12)}${at}`))
  expect(many).toMatch(/40 lose: long .*…, .* and 37 more$/s)
  expect(many.split('\n').filter((line) => line.length > 80)).toEqual([])
})
