import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { VppError } from '../../data/errors.ts'
import type { Scenario } from '../schema.ts'
import { loadSweep, type SweepFlags } from './load.ts'
import { checkPoints } from './sweep.ts'

const dir = mkdtempSync(join(tmpdir(), 'vpp-sweep-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let files = 0
function load(text: string, flags: Partial<SweepFlags> = {}) {
  const path = join(dir, `study-${++files}.yaml`)
  writeFileSync(path, text)
  return loadSweep(path, { vary: [], set: [], ...flags })
}

/** Messages with the file's folder taken off. */
function messageOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof VppError) return error.message.replaceAll(`${dir}/`, '')
    throw error
  }
  return 'no error'
}

function all(sweep: ReturnType<typeof load>): Scenario[] {
  const scenarios: Scenario[] = []
  checkPoints(sweep, [...sweep.points.keys()], (scenario) => scenarios.push(scenario))
  return scenarios
}

describe('a sweep reaches any field by its path', () => {
  test('all items, one by position, one by id; the rest stays', () => {
    const sweep = load(`
sweep: 1
scenario: first-neighborhood
set: { period.days: 3 }
parameters:
  - { path: "communities[].homes[].battery.capacityKwh", values: [7] }
  - { path: "communities[0].homes[0].battery.powerKw", values: [2] }
  - { path: "communities[sierra-crest].homes[home-04].battery.powerKw", values: [1] }
  - { path: market.mechanism, values: [none] }
`)
    const [scenario] = all(sweep)
    const batteries = scenario.communities[0].homes.flatMap(({ battery }) => battery ?? [])
    expect(batteries.map(({ capacityKwh }) => capacityKwh)).toEqual(Array.from({ length: 6 }, () => 7))
    expect(batteries.map(({ powerKw }) => powerKw)).toEqual([2, 1, 5, 5, 3.3, 5])
    expect(scenario.market.mechanism).toBe('none')
    expect(scenario.period.days).toBe(3)
  })

  test('whole parts, optional ones too, and lists of points that leave fields out', () => {
    const sweep = load(`
sweep: 1
scenario: one-home
design: list
points:
  - { tariff.import: { kind: flat, usdPerKwh: 0.2 }, seed: 4 }
  - { tariff.import: { kind: flat, usdPerKwh: 0.3 }, "communities[].sharedBattery": { capacityKwh: 20, powerKw: 5 } }
`)
    const [first, second] = all(sweep)
    expect(first.tariff.import).toEqual({ kind: 'flat', usdPerKwh: 0.2 })
    expect([first.seed, second.seed]).toEqual([4, 1])
    expect(second.communities[0].sharedBattery?.capacityKwh).toBe(20)
    expect(sweep.columns).toEqual(['tariff.import', 'seed', 'communities[].sharedBattery'])
  })

  test('flags alone make a sweep, and change one', () => {
    const sweep = loadSweep('one-home', {
      vary: ['seed=1,2', 'market.platformFeeUsdPerKwh=0..0.1/3', 'market.mechanism=none'],
      set: ['period.days=1'],
    })
    expect(sweep.points).toHaveLength(6)
    const other = load('sweep: 1\nscenario: one-home\nparameters:\n  - { path: seed, values: [1, 2] }\n', {
      design: 'latin-hypercube',
      samples: 5,
    })
    expect(other.points).toHaveLength(5)
    expect(other.name).toMatch(/^study-/)
  })

  test('equal sweeps have equal names; another value, scenario or version another', () => {
    const text =
      'sweep: 1\nname: study\nscenario: one-home\nparameters:\n  - { path: seed, values: [1, 2] }\n'
    const id = load(text).idOf('1')
    expect(load(text).idOf('1')).toBe(id)
    expect(load(text).idOf('2')).not.toBe(id)
    expect(load(text.replace('[1, 2]', '[1, 3]')).idOf('1')).not.toBe(id)
    expect(load(text.replace('one-home', 'pooled')).idOf('1')).not.toBe(id)
  })
})

describe('what is wrong is told with its place', () => {
  const head = 'sweep: 1\nscenario: one-home\n'
  test.each([
    [
      'an unknown field of the sweep',
      `${head}parameter: []\n`,
      /yaml:3:1 {2}parameter is not a field of a sweep; known here: sweep, name,/,
    ],
    [
      'an unknown design',
      `${head}design: cube\n`,
      /yaml:3:9 {2}design is "cube"; must be one of grid, list, latin-hypercube, sobol/,
    ],
    [
      'a path that is no field',
      `${head}parameters:\n  - { path: market.fee, values: [1] }\n`,
      /yaml:4:13 {2}there is no field "market.fee"/,
    ],
    [
      'a path with a spelling mistake',
      `${head}parameters:\n  - { path: market.mechanisms, values: [1] }\n`,
      /did you mean market.mechanism\?/,
    ],
    [
      'a path that is no path',
      `${head}parameters:\n  - { path: "a b", values: [1] }\n`,
      /"a b" is no path of a field/,
    ],
    [
      'a field that is nowhere in the scenario',
      `${head}parameters:\n  - { path: "communities[3].label", values: [a] }\n`,
      /yaml:4:13 {2}communities\[3\]\.label is nowhere in one-home/,
    ],
    [
      'a value that the scenario refuses',
      `${head}parameters:\n  - path: communities[].homes[].battery.capacityKwh\n    values: [5, -1]\n`,
      /yaml:5:17 {2}communities\[0\]\.homes\[0\]\.battery\.capacityKwh is -1; must be a number > 0/,
    ],
    [
      'a range that the scenario refuses',
      `${head}parameters:\n  - { path: market.platformFeeUsdPerKwh, from: 0, to: 500, steps: 2 }\n`,
      /yaml:4:5 {2}market\.platformFeeUsdPerKwh is 500/,
    ],
    [
      'a point of a list that the scenario refuses',
      `${head}design: list\npoints:\n  - { seed: 1 }\n  - { seed: one }\n`,
      /yaml:6:13 {2}seed is "one"; must be a whole number/,
    ],
    ['a scenario that is not there', 'sweep: 1\nscenario: nowhere.yaml\n', /yaml:2:11 {2}the scenario/],
    ['nothing that varies', head, /nothing varies/],
    [
      'a field that is there twice',
      `${head}parameters:\n  - { path: seed, values: [1] }\n  - { path: seed, values: [2] }\n`,
      /seed is there twice/,
    ],
    [
      'a range of a field that is no number',
      `${head}parameters:\n  - { path: market.mechanism, from: 0, to: 1 }\n`,
      /is no number; it has no range/,
    ],
    [
      'a set value that the scenario refuses',
      `${head}set: { period.days: 0 }\nparameters:\n  - { path: seed, values: [1] }\n`,
      /yaml:3:21 {2}period\.days is 0/,
    ],
    ['text that is no YAML', 'sweep: 1\n  scenario: [\n', /cannot be read as YAML/],
  ])('%s', (_, text, message) => expect(messageOf(() => all(load(text)))).toMatch(message))

  test('on the command line it is told by the flag', () => {
    const flags = (vary: string[], set: string[] = []) =>
      messageOf(() => all(loadSweep('one-home', { vary, set })))
    expect(flags(['seed=1,x'])).toMatch(/^--vary seed {2}seed is "x"/)
    expect(flags(['seed=1'], ['period.days=0'])).toMatch(/^--set period.days {2}period.days is 0/)
    expect(flags(['seed'])).toMatch(/^--vary {2}is "seed"; write --vary PATH=VALUE/)
    expect(flags([])).toMatch(/is a scenario and nothing varies/)
    expect(flags(['seed=[1'])).toMatch(/cannot be read as YAML/)
  })

  test('one mistake in many points is told once', () => {
    const text = `${head}parameters:\n  - { path: seed, from: 1, to: 50, steps: 50 }\n  - { path: market.mechanism, values: [wrong] }\n`
    expect(messageOf(() => all(load(text))).split('\n')).toHaveLength(1)
  })
})
