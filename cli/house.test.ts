import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const ROOMS = ['data', 'models', 'scenarios', 'ledger', 'sim', 'reports', 'notebooks-ts', 'cli', 'bench']

/** What each room may import, beside itself. */
const ARROWS: Record<string, readonly string[]> = {
  data: [],
  models: ['data'],
  scenarios: ['data'],
  ledger: ['data'],
  sim: ['data', 'models', 'scenarios', 'ledger'],
  reports: ['data', 'models'],
  'notebooks-ts': ['data', 'models', 'scenarios', 'ledger', 'sim', 'reports'],
  cli: ['data', 'models', 'scenarios', 'ledger', 'sim', 'reports', 'notebooks-ts'],
  bench: ['data', 'models', 'scenarios', 'ledger', 'sim', 'reports'],
}

const files = ROOMS.flatMap((room) => globSync(`${room}/**/*.ts`, { cwd: ROOT }))
const isTest = (file: string) => /\.test\.ts$|\/testing(?:\/|\.ts)/.test(file)
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** Relative imports of a file, as paths from the root. */
const importsOf = (file: string): string[] =>
  [...read(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, path]) =>
    relative(ROOT, join(ROOT, dirname(file), path)),
  )
const roomOf = (path: string) => path.split('/')[0]

describe('the house', () => {
  test('every room was scanned', () => {
    expect(files.length).toBeGreaterThan(100)
    for (const room of ['data', 'models', 'scenarios', 'ledger', 'sim', 'reports', 'cli']) {
      const scanned = files.filter((file) => roomOf(file) === room && importsOf(file).length > 0)
      expect(scanned.length, room).toBeGreaterThan(3)
    }
  })

  test('imports point the way that the arrows say', () => {
    const wrong = files
      .filter((file) => !isTest(file))
      .flatMap((file) =>
        importsOf(file)
          .filter((path) => roomOf(path) !== roomOf(file) && !ARROWS[roomOf(file)].includes(roomOf(path)))
          .map((path) => `${file} imports ${path}`),
      )
    expect(wrong).toEqual([])
  })

  test('nothing imports the bench, and only the cli and tests import the cli', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((path) => ['bench', 'cli'].includes(roomOf(path)) && roomOf(path) !== roomOf(file))
        .map((path) => `${file} imports ${path}`),
    )
    expect(wrong).toEqual([])
  })

  test('the contract stands alone, and the audit shares nothing with it', () => {
    const outside = (folder: string, allowed: RegExp) =>
      files
        .filter((file) => file.startsWith(folder) && !isTest(file))
        .flatMap((file) => importsOf(file).filter((path) => !path.startsWith(folder) && !allowed.test(path)))
    expect(outside('ledger/contract/', /^data\/units\.ts$/)).toEqual([])
    expect(outside('ledger/audit/', /^data\/errors\.ts$/)).toEqual([])
  })

  test.each(files.filter((file) => !/\/testing\//.test(file)))('%s keeps the house’s form', (file) => {
    const text = read(file)
    expect(text.split('\n').length, 'lines').toBeLessThanOrEqual(file in LONG ? LONG[file] : 400)
    expect(file).not.toMatch(/(?:^|\/)(?:utils?|helpers|index)(?:\.ts|\/)/)
    expect(text).not.toMatch(/^\s*(?:export )?(?:const )?enum /m)
    expect(text).not.toMatch(/\/(?:home|root|Users)\/[a-z]|\/work\//)
  })
})

/** Files that are long for a reason. */
const LONG: Record<string, number> = {}
