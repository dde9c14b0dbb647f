import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SHARED_DATA, testWithSharedData } from '../../testing.ts'
import { ownReferences } from './own/make.ts'
import { validateModels } from './run.ts'
import { copyOfReferences } from './testing-copy.ts'

const OWN = join(import.meta.dirname, 'own')

test('the own references are what their script writes', () => {
  for (const [name, text] of ownReferences()) expect(readFileSync(join(OWN, name), 'utf8')).toBe(text)
})

test('the models agree with the own references', () => {
  const validation = validateModels(OWN)
  expect(validation.checks.filter(({ passed }) => !passed)).toEqual([])
  expect(validation).toMatchObject({ passed: true, problems: [] })
  expect(validation.references).toBeGreaterThanOrEqual(62)
})

testWithSharedData('the models agree with the shared references', () => {
  const { checks, passed, references } = validateModels(SHARED_DATA)
  expect(checks.filter((check) => !check.passed)).toEqual([])
  expect(passed).toBe(true)
  expect(references).toBeGreaterThanOrEqual(15)
})

describe('a copy of the references', () => {
  const { path, edit, validate, failed, problems } = copyOfReferences([
    'golden-dispatch',
    'homes-fontana-2016',
  ])

  test('one value of one row, off by four millionths of a kWh, fails its check alone', () => {
    const name = 'golden-dispatch/greedy_home91.csv'
    edit(name, (text) => {
      const lines = text.split('\n')
      const cells = lines[20].split(',')
      cells[3] = (Number(cells[3]) + 4e-6).toFixed(6)
      lines[20] = cells.join(',')
      return lines.join('\n')
    })
    expect(failed()).toEqual([`${name}: stored energy, every row`])
  })

  test.each([
    ['dispatch_home92.json', 'cost_greedy', ['cost with battery']],
    ['dispatch_home91.json', 'end_energy', ['energy at the end']],
    ['community_own3.json', 'traded_kwh', ['traded energy']],
    ['community_own3.json', 'p2p_gain', ['gain from sharing']],
  ])('a changed %s %s fails', (file, key, quantities) => {
    const name = `golden-dispatch/${file}`
    edit(name, (text) =>
      text.replace(
        new RegExp(`("${key}": )([\\d.]+)`),
        (_, head: string, value: string) => head + (Number(value) + 2e-6),
      ),
    )
    expect(failed()).toEqual(quantities.map((quantity) => `${name}: ${quantity}`))
  })

  test('another battery than the reference had is found out', () => {
    edit('golden-dispatch/dispatch_home91.json', (text) =>
      text.replace('"eta_one_way": 0.95', '"eta_one_way": 0.9501'),
    )
    expect(failed()).toContain('golden-dispatch/greedy_home91.csv: stored energy, every row')
  })

  test('other data than the reference had are found out', () => {
    edit('homes-fontana-2016/common.csv', (text) => text.replace('0.540000', '0.530000'))
    expect(failed().length).toBeGreaterThan(5)
  })

  test.each([
    ['golden-dispatch/greedy_home91.csv', (text: string) => text.slice(0, text.length / 2), 'does not end'],
    [
      'golden-dispatch/greedy_home91.csv',
      (text: string) => text.replace(/(?<=\n)47,.*\n/, ''),
      'has 47 rows',
    ],
    [
      'golden-dispatch/greedy_home91.csv',
      (text: string) => text.replace('import_kwh', 'imports'),
      'no column import_kwh',
    ],
    ['golden-dispatch/greedy_home92.csv', () => '', 'has no rows'],
    ['golden-dispatch/dispatch_home92.json', (text: string) => text.slice(0, 100), 'is no JSON'],
    [
      'golden-dispatch/dispatch_home92.json',
      (text: string) => text.replace('0.05 flat', 'no'),
      'for import, no',
    ],
    ['golden-dispatch/community_own3.json', (text: string) => text.replace('"none"', '"all"'), 'is "all"'],
    [
      'golden-dispatch/community_own3.json',
      (text: string) => text.replaceAll('"92"', '"94"'),
      'has no home 92',
    ],
    [
      'golden-dispatch/community_own3.json',
      (text: string) => text.replace('pooled_cost', 'cost'),
      'pooled_cost',
    ],
    [
      'homes-fontana-2016/home_92.csv',
      (text: string) => text.replace(/\n[\d.]+,/, '\nx,'),
      ':2 load_kwh is "x"',
    ],
  ])('malformed %s is told, and the rest still checked (%#)', (name, change, words) => {
    edit(name, change)
    const told = problems()
    expect(told.join('\n')).toContain(words)
    expect(told.join('\n')).toContain(name)
  })

  test.each([
    'golden-dispatch/dispatch_home91.json',
    'golden-dispatch/greedy_home92.csv',
    'homes-fontana-2016/home_92.csv',
  ])('a missing %s is told', (name) => {
    rmSync(path(name))
    expect(problems().join('\n')).toContain(`${name} cannot be read`)
  })

  test('any name and number of homes is found', () => {
    for (const kind of ['greedy_home91.csv', 'dispatch_home91.json']) {
      cpSync(path(`golden-dispatch/${kind}`), path(`golden-dispatch/${kind.replace('91', '07')}`))
    }
    cpSync(path('homes-fontana-2016/home_91.csv'), path('homes-fontana-2016/home_07.csv'))
    expect(validate()).toMatchObject({ passed: true, references: 4 })
  })

  test('nothing found is not a pass', () => {
    rmSync(path('golden-dispatch'), { recursive: true })
    expect(validate()).toEqual({ passed: false, references: 0, checks: [], problems: [] })
  })
})
