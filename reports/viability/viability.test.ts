import { describe, expect, test } from 'vitest'
import { sampleRun, type SampleOptions } from '../testing/sample-run.ts'
import { sampleSizing } from '../testing/sample-sizing.ts'
import { BUSINESS_SECTIONS } from './business/registry.ts'
import { viabilityFile } from './file.ts'
import { ORDER } from './order.ts'
import { allSections, renderViability } from './render.ts'
import { untracedNumbers } from './testing/pools.ts'
import { sectionsOf } from './testing/traced-numbers.ts'
import type { ViabilityInput } from './section.ts'

const inputOf = (options: SampleOptions, letters: string[] = []): ViabilityInput => {
  const report = sampleRun(options)
  const viability = viabilityFile(report, {
    command: 'vpp viability sample',
    letterExists: (file) => letters.includes(file),
    sizing: sampleSizing('a home', options.homes !== 1),
  })
  return { report, viability }
}

const KINDS: readonly (readonly [string, SampleOptions])[] = [
  ['trading pays', { homes: 6 }],
  ['net metering', { homes: 6, tariff: 'net-metering' }],
  ['no storage', { homes: 6, batteries: false }],
  ['one home', { homes: 1, consumers: 0 }],
  ['two communities', { homes: 5, communities: 2 }],
  ['a month', { homes: 6, days: 31 }],
]

test('every section has its place in the order, once', () => {
  expect(
    allSections()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(ORDER.toSorted())
})

describe.each(KINDS)('the viability report of a run (%s)', (_, options) => {
  const input = inputOf(options)
  const html = renderViability(input)

  test('every link leads to a place in it, and every place is there once', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) < at)).toEqual([])
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(links.length).toBeGreaterThan(40)
    expect(links.filter((id) => !ids.includes(id))).toEqual([])
    expect(html.replaceAll(/<script[\s\S]*?<\/script>/g, '')).not.toMatch(/(?:href|src)="(?!#)/)
  })

  test('every number in its text comes from its data', () => {
    for (const [id, numbers] of Object.entries(untracedNumbers(input, html))) expect(numbers, id).toEqual([])
  })

  test('has every section, and no slip of a number', () => {
    for (const { id, applies } of BUSINESS_SECTIONS)
      if (applies === undefined) expect(html).toContain(`<section id="${id}"`)
    const text = html.replaceAll(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
    expect(text).not.toMatch(/NaN|undefined|Infinity|\[object|(?<!\w)null(?!\w)/)
  })
})

test('a number that is typed into a section is found', () => {
  const input = inputOf({ homes: 6 })
  const html = renderViability(input)
  const typed = ['saves 61.7 ¢', 'from 7,341 homes', 'a gain of $238.71', 'up 83.9 %', 'after 3.47 years']
  const found = typed.filter((words) => {
    const changed = html.replace(
      '<section id="risks"',
      `<section id="planted"><p>${words}</p></section><section id="risks"`,
    )
    return untracedNumbers(input, changed).planted.length > 0
  })
  // One of them may be a number of this run by chance.
  expect(found.length).toBeGreaterThanOrEqual(4)
})

describe('letters', () => {
  const letters = [
    { from: '<b>Utility</b> "Süd" \u202e & co', role: 'utility', file: 'letters/utility.pdf' },
    { from: 'An evaluator', role: 'evaluator', file: 'letters/nowhere.pdf' },
  ]
  const report = sampleRun({ homes: 6 })
  const scenario = { ...report.scenario, pilot: { ...report.scenario.pilot, letters } }
  const given = { ...report, scenario }
  const viability = viabilityFile(given, {
    command: 'vpp viability sample',
    letterExists: (file) => file === 'letters/utility.pdf',
  })

  test('are attached where their file is, and missing else', () => {
    const states = viability.business.letters.map(({ role, state }) => `${role} ${state}`)
    expect(states).toEqual([
      'utility attached',
      'installer missing',
      'community missing',
      'evaluator missing',
      'counsel missing',
      'customer missing',
    ])
    expect(viability.business.risks.find(({ id }) => id === 'utility')?.state).toBe('go')
    expect(viability.business.risks.find(({ id }) => id === 'counsel')?.state).toBe('open')
  })

  test('name whoever wrote as text, whatever the name', () => {
    const html = renderViability({ report: given, viability })
    const section = sectionsOf(html).get('letters') ?? ''
    expect(section).toContain('<bdi>&lt;b&gt;Utility&lt;/b&gt; &quot;Süd&quot; \u202e &amp; co</bdi>')
    expect(section).not.toContain('<b>Utility')
  })
})
