import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { VppError } from '../data/errors.ts'
import { resolvedYaml } from './canonical.ts'
import { galleryNames, galleryPath } from './gallery.ts'
import { parseScenario, type Overrides } from './parse.ts'

const GOOD = `schema: 1
name: demo
title: Demo
period: { start: 2016-08-01, days: 2 }
timeZone: America/Los_Angeles
tariff:
  label: flat
  source: assumed
  year: 2016
  import: { kind: flat, usdPerKwh: 0.3 }
  export: { kind: flat, usdPerKwh: 0.05 }
communities:
  - id: here
    homes:
      - id: home
        load: { profile: fontana-2016/1 }
        battery:
          capacityKwh: 13.5
          powerKw: 5
`

/** The lines of the error that parsing gives, or none. */
function complaints(text: string, overrides: Overrides = {}): string[] {
  try {
    parseScenario(text, 'demo.yaml', overrides)
    return []
  } catch (error) {
    if (!(error instanceof VppError)) throw error
    expect(error.kind).toBe('invalid')
    return error.message.split('\n')
  }
}

/** What is said of the good scenario after one replacement. */
function after(from: string | RegExp, to: string): string[] {
  const text = GOOD.replace(from, to)
  expect(text).not.toBe(GOOD)
  return complaints(text)
}

/** Parses or throws a VppError; anything else that is thrown fails the test. */
function survives(text: string): void {
  let message = ''
  try {
    const scenario = parseScenario(text, 'demo.yaml')
    expect(parseScenario(resolvedYaml(scenario), 'again.yaml')).toEqual(scenario)
  } catch (error) {
    if (!(error instanceof VppError)) throw error
    message = error.message
    expect(
      error.problems.every(({ place, problem }) => place.startsWith('demo.yaml') && problem !== ''),
    ).toBe(true)
  }
  expect(message).not.toMatch(/undefined|\[object|Invalid input/)
}

test('a good scenario is accepted', () => {
  expect(complaints(GOOD)).toEqual([])
})

describe('messages name place, value, expectation and fix', () => {
  test('a negative capacity', () => {
    expect(after('13.5', '-5')).toEqual([
      'demo.yaml:18:24  communities[0].homes[0].battery.capacityKwh is -5; must be a number > 0 and ≤ 1000 (usable energy when new, inside the battery; kWh)',
    ])
  })

  test('a wrong unit', () => {
    expect(after('capacityKwh: 13.5', 'capacityWh: 13500')).toEqual([
      'demo.yaml:18:11  communities[0].homes[0].battery.capacityWh is not a known field; write capacityKwh: 13.5 (13500 Wh in kWh)',
    ])
  })

  test.each([
    ['13.5', '13500 Wh', 'write the number alone, in kWh: 13.5'],
    ['13.5', '13.5 kWh', 'write the number alone: 13.5'],
    ['13.5', '13.5 kW', 'write the number, in kWh'],
    ['13.5', '13 MWh', 'write the number, in kWh'],
    ['13.5', '"13.5"', 'write the number alone: 13.5'],
    ['0.3', '5c', 'write the number alone, in USD/kWh: 0.05'],
    ['0.3', '$0.3', ''],
    ['0.3', '32.83 ¢/kWh', 'write the number alone, in USD/kWh: 0.3283'],
    ['0.3', '0.3 $/kWh', 'write the number alone, in USD/kWh: 0.3'],
    ['0.3', '30 %', 'write the number, in USD/kWh'],
  ])('a unit behind the number: %s as %s', (good, bad, fix) => {
    expect(after(good, bad)[0].split(/(?<=\)); ?/)[1] ?? '').toBe(fix)
  })

  test('an unknown key', () => {
    expect(after('title:', 'titel:')).toEqual([
      'demo.yaml:3:1  titel is not a known field; did you mean title?',
    ])
  })

  test('a key at the wrong place', () => {
    expect(after('    homes:', '    capacityKwh: 1\n    homes:')).toEqual([
      'demo.yaml:14:5  communities[0].capacityKwh is not a known field; it belongs at communities[].sharedBattery.capacityKwh or communities[].homes[].battery.capacityKwh or communities[].homes[].devices.vehicle.capacityKwh',
    ])
  })

  test('NaN and infinity', () => {
    expect(after('13.5', '.nan')[0]).toContain(
      'demo.yaml:18:24  communities[0].homes[0].battery.capacityKwh is NaN;',
    )
    expect(after('13.5', '.inf')[0]).toContain('capacityKwh is infinite; must be a number > 0')
  })

  test('crossed state-of-charge limits', () => {
    expect(
      after('powerKw: 5', 'powerKw: 5\n          minSocFraction: 0.9\n          maxSocFraction: 0.2'),
    ).toEqual([
      'demo.yaml:20:27  communities[0].homes[0].battery.minSocFraction is 0.9; must be below maxSocFraction, which is 0.2',
    ])
  })

  test('a choice that does not exist', () => {
    expect(after('kind: flat, usdPerKwh: 0.3', 'kind: flatt, usdPerKwh: 0.3')).toEqual([
      'demo.yaml:10:19  tariff.import.kind is "flatt"; must be one of series, flat, published, urdb, rate; did you mean flat?',
    ])
  })

  test('cents for dollars', () => {
    expect(after('0.3', '32.83')[0]).toMatch(/^demo.yaml:10:36 .* is 32.83; must be .* write 0.3283$/)
  })

  test('a path in an id', () => {
    expect(after('- id: home', '- id: ../../etc')[0]).toMatch(
      /^demo.yaml:15:13 {2}communities\[0\].homes\[0\].id is "..\/..\/etc"; must be .*; for example etc$/,
    )
  })

  test('a missing field, at its parent', () => {
    expect(after(' usdPerKwh: 0.3 ', '')[0]).toMatch(
      /^demo.yaml:10:11 {2}tariff.import.usdPerKwh is missing; must be/,
    )
  })

  test('a load from a file that lacks its columns', () => {
    const lines = after('{ profile: fontana-2016/1 }', '{ file: meter.csv }')
    expect(lines.map((line) => /load\.\w+ is missing/.exec(line)?.[0])).toEqual([
      'load.column is missing',
      'load.unit is missing',
      'load.timeColumn is missing',
    ])
  })

  test('all problems come at once, from the top down', () => {
    const text = GOOD.replace('13.5', '-1').replace('days: 2', 'days: 0').replace('id: home', 'id: HOME')
    expect(complaints(text).map((line) => line.split(' ')[0])).toEqual([
      'demo.yaml:4:36',
      'demo.yaml:15:13',
      'demo.yaml:18:24',
    ])
  })
})

describe('options of the command line', () => {
  test('are applied before checking', () => {
    const scenario = parseScenario(GOOD, 'demo.yaml', { days: 7, seed: 42 })
    expect([scenario.period.days, scenario.seed]).toEqual([7, 42])
  })

  test('are named as the place when they are wrong', () => {
    expect(complaints(GOOD, { days: -1, seed: Number.NaN })).toEqual([
      expect.stringMatching(/^--seed {2}seed is NaN; must be a whole number/),
      '--days  period.days is -1; must be a whole number ≥ 1 and ≤ 9150 (number of local days; days)',
    ])
  })
})

describe('text that is not one YAML scenario', () => {
  test.each([
    ['empty', ' \n', /^demo.yaml {2}is empty/],
    [
      'only a comment',
      '# nothing\n',
      /^demo.yaml:1:1 {2}the scenario is empty; must be a map with schema, name/,
    ],
    ['a list', '- 1\n', /the scenario is a list of 1; must be a map/],
    ['a key twice', 'schema: 1\nname: a\nname: b\n', /^demo.yaml:3:1 .*"name" is there twice; keep one/],
    ['two documents', 'schema: 1\n---\nschema: 1\n', /^demo.yaml:2:1 .*a second document starts; keep one/],
    ['a tab', 'period:\n\tstart: 2016-08-01\n', /^demo.yaml:2:1 .*Tabs .*; indent with spaces/],
    ['an unknown alias', 'name: *x\n', /^demo.yaml:1:7 .*\*x names no anchor/],
    ['an unknown tag', 'name: !x y\n', /^demo.yaml:1:7 .*tag/],
    ['an open quote', 'name: "x\n', /close the quote/],
    ['deep nesting', `a: ${'['.repeat(20_000)}`, /nested too deeply/],
  ])('%s', (_, text, message) => {
    expect(complaints(text)[0]).toMatch(message)
  })

  test('a bomb of nested aliases is refused at once', () => {
    const levels = 'abcdefghi'.split('')
    const text = levels
      .map(
        (name, i) =>
          `${name}: &${name} [${Array(9)
            .fill(i === 0 ? 'x' : `*${levels[i - 1]}`)
            .join(', ')}]`,
      )
      .join('\n')
    const started = performance.now()
    expect(complaints(text)).toEqual([
      'demo.yaml  its aliases (*name) expand to more than 10000 values; write the values out',
    ])
    expect(performance.now() - started).toBeLessThan(1000)
  })

  test('many aliases are refused before they cost time', () => {
    const started = performance.now()
    expect(complaints(`a: &a [x]\nb:\n${'- *a\n'.repeat(300_000)}`)[0]).toMatch(/expand to more than/)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  test('an alias that only repeats a value is welcome', () => {
    const text = GOOD.replace('battery:', 'battery: &small').concat(
      '      - { id: other, load: { profile: fontana-2016/2 }, battery: *small }\n',
    )
    const [first, second] = parseScenario(text, 'demo.yaml').communities[0].homes
    expect(second.battery).toEqual(first.battery)
  })
})

describe('whatever is written', () => {
  const texts = galleryNames().map((name) => readFileSync(galleryPath(name), 'utf8'))

  test('the mutation reaches both outcomes', () => {
    expect(texts.length).toBeGreaterThan(4)
    expect(complaints(texts[0])).toEqual([])
    expect(complaints(texts[0].replace('seed: 1', 'seed: x'))).toHaveLength(1)
  })

  test('mutated text parses, or is refused by a VppError', () => {
    const junk = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        '\t',
        '*a',
        '&a ',
        '!x ',
        '- ',
        ': ',
        '{',
        ']',
        '"',
        '---\n',
        '.nan',
        '? ',
        '|',
        '<<: *a',
        '\u0000',
      ),
    )
    const edit = fc.record({ at: fc.nat(), cut: fc.nat({ max: 30 }), put: junk })
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        (text, edits) => {
          let mutated = text
          for (const { at, cut, put } of edits) {
            const i = at % (mutated.length + 1)
            mutated = mutated.slice(0, i) + put + mutated.slice(i + cut)
          }
          survives(mutated)
        },
      ),
      { numRuns: 250 },
    )
  })

  test('mutated values parse, or are refused by a VppError', () => {
    const odd = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        Number.NaN,
        Infinity,
        -Infinity,
        -1,
        0,
        1e300,
        1.5,
        '',
        '../x',
        '<b>',
        [],
        {},
        true,
      ),
      fc.anything({ maxDepth: 2, withBigInt: false }),
    )
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 6 }),
        odd,
        fc.string(),
        (steps, value, key) => {
          const root: unknown = structuredClone(parseScenario(GOOD, 'demo.yaml'))
          let parent = root as Record<string, unknown>
          for (const step of steps.slice(0, -1)) {
            const names = Object.keys(parent)
            const next = parent[names[step % names.length]]
            if (typeof next !== 'object' || next === null) break
            parent = next as Record<string, unknown>
          }
          const names = [...Object.keys(parent), key]
          Object.defineProperty(parent, names[(steps.at(-1) ?? 0) % names.length], {
            value,
            enumerable: true,
          })
          let text: string
          try {
            text = stringify(root)
          } catch {
            return // what can't be written can't be read
          }
          survives(text)
        },
      ),
      { numRuns: 250 },
    )
  })
})
