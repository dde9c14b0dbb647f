import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parser } from 'sax'
import { beforeAll, describe, expect, test } from 'vitest'
import { runInto, temporaryFolder } from '../../sim/testing.ts'
import { refused, vpp } from '../sweep/testing/sweeps.ts'
import { checkFigures } from './check.ts'
import { readGolden } from './golden.ts'
import { gitHubAnnotations, junitXml } from './output.ts'
import { byteDifferences } from './same-bytes.ts'

const root = temporaryFolder()
const file = join(root, 'golden.yaml')
const regress = (...args: string[]) => vpp(['regress', file, '--quiet', ...args])
const written = (text: string) => {
  const path = join(root, 'bad.yaml')
  writeFileSync(path, text)
  return path
}

describe('vpp regress', () => {
  test('without figures it asks for them; --update puts them in, with the reason and the comments', () => {
    writeFileSync(
      file,
      `# our two days
regress: 1
scenarios:
  - scenario: one-home # the smallest
    set: { period.days: 1 }
    keep: [self-sufficiency, mean-peer-price]
`,
    )
    expect(regress().status).toBe(4)
    expect(regress('--update').status).toBe(2)
    expect(regress('--update', '--reason', 'first figures').status).toBe(0)
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(/^# our two days\n/)
    expect(text).toContain('one-home # the smallest')
    expect(text).toMatch(/self-sufficiency: 0\.\d+\n {6}mean-peer-price: null/)
    expect(text).toMatch(/reason: first figures\n {4}changed:\n {6}- "one-home: self-sufficiency added"/)
    const { golden } = readGolden(file)
    expect(golden.updates).toHaveLength(1)
  })

  test('a figure that differs is told in text, JUnit and GitHub’s form, and the exit code is 4', () => {
    const before = readFileSync(file, 'utf8')
    writeFileSync(file, before.replace(/self-sufficiency: 0/, 'self-sufficiency: 1'))
    const junit = join(root, 'junit.xml')
    const done = regress('--github', '--junit', junit)
    expect(done.status).toBe(4)
    expect(done.stdout).toMatch(
      /one-home {2}1 of 2 figures DIFFER\n {2}self-sufficiency is 0\.\d+, golden 1\.\d+/,
    )
    expect(done.stdout).toMatch(
      /::error file=.*golden\.yaml,line=8,col=25,title=one-home%3A self-sufficiency::/,
    )
    expect(readFileSync(junit, 'utf8')).toMatch(/tests="2" failures="1"/)
    // The reason of the second update stands after the first.
    expect(regress('--update', '--reason', 'a new model').status).toBe(0)
    const { golden } = readGolden(file)
    expect(golden.updates.map(({ reason }) => reason)).toEqual(['first figures', 'a new model'])
    expect(golden.updates[1].changed[0]).toMatch(/self-sufficiency 1\.\d+ → 0\.\d+/)
    const json = regress('--json')
    expect(json.status).toBe(0)
    expect(JSON.parse(json.stdout)).toMatchObject({ equal: true })
  })

  test.each([
    ['no version', 'scenarios: [{ scenario: one-home }]\n', /regress: /],
    ['an unknown field', 'regress: 1\nscenarios: [{ scenario: one-home, kpi: 1 }]\n', /unrecognized key/],
    [
      'an unknown figure',
      'regress: 1\nscenarios:\n  - scenario: one-home\n    kpis: { self-suficiency: 1 }\n',
      /bad\.yaml:4:13 {2}self-suficiency is no key figure; did you mean self-sufficiency\?/,
    ],
    ['no YAML', 'regress: [', /cannot be read as YAML/],
    ['nothing there', null, /cannot be read/],
  ])('%s is told with its place', (_, text, message) => {
    const path = text === null ? join(root, 'none.yaml') : written(text)
    expect(() => readGolden(path)).toThrow(message)
  })

  test('a scenario that is not there', async () => {
    const path = written('regress: 1\nscenarios:\n  - scenario: nowhere\n')
    const missing = await refused(['regress', path, '--quiet'])
    expect(missing.stderr).toMatch(/bad\.yaml:3:15 {2}the scenario "nowhere" is not there/)
    expect(missing.status).toBe(3)
  })
})

describe('tolerances', () => {
  const golden = { tolerance: { absolute: 0.5 } }
  const scenario = (kpis: Record<string, unknown>, more: object = {}) =>
    ({ scenario: 'x', set: {}, kpis, ...more }) as Parameters<typeof checkFigures>[0]
  const ok = (entry: ReturnType<typeof scenario>, found: number | null) =>
    checkFigures(entry, golden, { solar: found }).figures[0].ok

  test('of the figure, else the scenario, else the file', () => {
    expect(ok(scenario({ solar: 100 }), 100.5)).toBe(true)
    expect(ok(scenario({ solar: 100 }), 100.6)).toBe(false)
    expect(ok(scenario({ solar: 100 }, { tolerance: { relative: 0.01 } }), 101)).toBe(true)
    expect(ok(scenario({ solar: { value: 100, absolute: 0 } }), 100.0001)).toBe(false)
    expect(ok(scenario({ solar: { value: 100, absolute: 2, relative: 0.001 } }), 98)).toBe(true)
  })

  test('none is equal to none alone', () => {
    expect(ok(scenario({ solar: null }), null)).toBe(true)
    expect(ok(scenario({ solar: null }), 0)).toBe(false)
    expect(ok(scenario({ solar: 0 }), null)).toBe(false)
  })
})

test('names that are no XML and no annotation by themselves are escaped', () => {
  const checked = [
    {
      name: 'a <b> & "c"\n::d',
      index: 0,
      runId: 'x',
      unknown: [],
      seconds: 1,
      figures: [{ id: 'solar', unit: 'kWh', golden: 1, found: 2, allowed: 0, ok: false }],
    },
  ]
  const names: string[] = []
  const xml = parser(true)
  xml.onopentag = ({ name, attributes }) => {
    if (name === 'testsuite') names.push(attributes.name as string)
  }
  xml.write(junitXml(checked)).close()
  // XML turns a line feed in an attribute into a space.
  expect(names.map((name) => name.replaceAll(/\s/g, ' '))).toEqual(['a <b> & "c" ::d'])
  const [line] = gitHubAnnotations('a,b:c', checked, () => '3:4')
  expect(line).toMatch(/^::error file=a%2Cb%3Ac,line=3,col=4,title=a <b> & "c"%0A%3A%3Ad%3A solar::/)
})

describe('byte by byte', () => {
  let dirs: string[]
  beforeAll(async () => {
    const outcomes = await Promise.all(
      ['a', 'b'].map((name, at) => runInto(join(root, name), 'one-home', 1, { workers: at + 1 })),
    )
    dirs = outcomes.map(({ dir }) => dir)
  })

  test('two runs of the same are equal', () => {
    const { files, differences } = byteDifferences(dirs[0], dirs[1])
    expect(differences).toEqual([])
    expect(files).toBeGreaterThanOrEqual(5)
    expect(vpp(['regress', '--bytes', dirs[0], dirs[1]]).stdout).toMatch(/^equal: \d+ files/)
  })

  test('one byte, a missing and a further file are named, exit code 4', () => {
    const changed = join(root, 'changed')
    cpSync(dirs[0], changed, { recursive: true })
    const results = readFileSync(join(changed, 'results.json'))
    results[100] ^= 1
    writeFileSync(join(changed, 'results.json'), results)
    writeFileSync(join(changed, 'more.txt'), '')
    const done = vpp(['regress', '--bytes', dirs[0], changed])
    expect(done.status).toBe(4)
    expect(done.stdout).toMatch(/results\.json differs from byte 100 on/)
    expect(done.stdout).toMatch(/more\.txt is only in/)
  })

  test('what is no run is refused', () => {
    expect(() => byteDifferences(dirs[0], root)).toThrow(/is no run and no sweep/)
  })
})
