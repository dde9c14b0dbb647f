import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { textsOf, typedNumbers } from './typed-numbers.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** Tables of what others published, each row with its source and date: they are cited, not told. */
const CITED = new Set(['reports/viability/business/prior-art.ts'])

/**
 * Numbers in the text that state no result: sources of defaults with their dates, definitions,
 * ends of a scale, and how many rows a table shows.
 */
const STATED: Readonly<Record<string, readonly RegExp[]>> = {
  'reports/sections/accounts.ts': [
    /NYISO mean 2024/,
    /vendor tables 2022/,
    /ended for owners with 2025/,
    /REopt: 6\.24/,
    /AVERT 2023/,
    /^\d+: 12 ×/,
  ],
  'reports/sections/assumptions.ts': [/PVWatts 8/],
  'reports/sections/dispatch.ts': [/percent\([01]\)/],
  'reports/sections/energy.ts': [/: 0 %$/],
  'reports/sections/fairness.ts': [/\([01]: all alike\)/, /95 % interval/],
  'reports/sections/forecasts.ts': [/(?:80|95) % holds/],
  'reports/sections/limits.ts': [/15 and 30 minutes/, /below 15 minutes/, /Fontana, 2016–2017/],
  'reports/sections/mechanisms.ts': [/communities of up to 40 homes/],
  'reports/sections/money.ts': [/The 20 that gain most/],
  'reports/sections/tokens.ts': [/1 token is 1 kWh/, /B \/ L − 1/, /: 95 %$/],
  'reports/viability/study/reliability.ts': [/EIA Electric Power Annual/],
  'reports/viability/study/study.ts': [/REopt defaults, January 2026/, /REopt: 51/],
  'reports/viability/study/tests-and-carbon.ts': [/AVERT 2023/, /eGRID 2023/],
}

const files = globSync('reports/viability/**/*.ts', { cwd: ROOT }).filter(
  (file) => !/\.test\.ts$|\/testing\//.test(file) && !CITED.has(file),
)

describe('no number is typed into the text of the viability report', () => {
  test('every section was scanned', () => {
    expect(files.filter((file) => file.includes('/sections/')).length).toBeGreaterThan(12)
  })

  test.each([...files, ...globSync('reports/sections/*.ts', { cwd: ROOT })])('%s', (file) => {
    const stated = STATED[file] ?? []
    const found = typedNumbers(readFileSync(join(ROOT, file), 'utf8'))
    expect(found.filter((text) => !stated.some((allowed) => allowed.test(text)))).toEqual([])
    // A line of the list that nothing needs is taken away.
    expect(stated.filter((allowed) => !found.some((text) => allowed.test(text)))).toEqual([])
  })
})

describe('the scan', () => {
  test('finds a number wherever it is typed', () => {
    for (const source of [
      "const a = 'saves 14 dollars'",
      'const a = markup`<p>saves ${usd(value)} of 300</p>`',
      'const a = markup`<p>${rows.map((row) => markup`<b>${row} or 5 %</b>`)}</p>`',
      'const a = markup`${usd(14.5)} a month`',
      "const a = { title: 'Batteries move 31 % of solar' }",
      "// a comment\nconst a = first ? 'none' : 'about 2 of 3'",
    ])
      expect(typedNumbers(source), source).not.toEqual([])
  })

  test('leaves names, ids, comments and code alone', () => {
    for (const source of [
      "const a = 'fig-2'",
      'const a = markup`<td class="n2">${value}</td> P10 to P90`',
      '// 14 dollars\n/* 15 */ const a = values[3] * 100',
      'const a = text.replaceAll(/\\d{3}/g, "")',
      "import { a } from './r2-d2.ts'",
      'const a = `R-1 under 220 CMR 18.04(1)`',
    ])
      expect(typedNumbers(source), source).toEqual([])
  })

  test('reads nested templates whole', () => {
    const texts = textsOf('const a = `one ${b ? `two ${c} three` : "four"} five`').map(({ text }) =>
      text.trim(),
    )
    expect(new Set(texts)).toEqual(new Set(['one', 'two', 'three', 'four', 'five']))
  })
})
