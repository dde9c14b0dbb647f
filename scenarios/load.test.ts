import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { VppError } from '../data/errors.ts'
import { galleryNames, galleryPath } from './gallery.ts'
import { loadScenario } from './load.ts'

let folder: string
const here = process.cwd()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vpp-scenarios-'))
  process.chdir(folder)
})

afterAll(() => {
  process.chdir(here)
  rmSync(folder, { recursive: true })
})

function complaint(pathOrName: string): string {
  try {
    loadScenario(pathOrName)
  } catch (error) {
    if (!(error instanceof VppError)) throw error
    expect(error.kind).toBe('invalid')
    return error.message
  }
  throw new Error(`${pathOrName} was accepted`)
}

describe('a scenario is found', () => {
  test('by its name in the gallery, from any folder', () => {
    const loaded = loadScenario('one-home')
    expect(loaded.path).toBe(galleryPath('one-home'))
    expect(loaded.text).toBe(readFileSync(loaded.path, 'utf8'))
    expect(loaded.scenario.name).toBe('one-home')
  })

  test('by path, and a file with a gallery name by ./name', () => {
    const text = readFileSync(galleryPath('one-home'), 'utf8').replace('name: one-home', 'name: mine')
    writeFileSync('one-home', text)
    expect(loadScenario('./one-home').scenario.name).toBe('mine')
    expect(loadScenario('one-home').scenario.name).toBe('one-home')
    expect(loadScenario('./one-home').path).toBe(join(process.cwd(), 'one-home'))
  })
})

describe('the hash', () => {
  test('is of what the scenario means, not of how it is written', () => {
    const text = readFileSync(galleryPath('one-home'), 'utf8')
    writeFileSync('same.yaml', `# a comment\n${text.replace('period: {', 'period:    {')}`)
    writeFileSync('other.yaml', text.replace('seed: 1', 'seed: 2'))
    const { hash } = loadScenario('one-home')
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(loadScenario('./same.yaml').hash).toBe(hash)
    expect(loadScenario('./other.yaml').hash).not.toBe(hash)
    expect(loadScenario('one-home', { days: 3 }).hash).not.toBe(hash)
  })
})

describe('what is no scenario file is refused', () => {
  test('missing, with the nearest name of the gallery', () => {
    expect(complaint('nowhere/x.yaml')).toBe(
      `nowhere/x.yaml  is not there; give the path of a YAML file, or a name of the gallery: ${galleryNames().join(', ')}`,
    )
    expect(complaint('first-neighbourhod')).toBe(
      'first-neighbourhod  is not there; did you mean first-neighborhood?',
    )
  })

  test('a path out of the gallery', () => {
    expect(complaint('../one-home')).toMatch(/^\.\.\/one-home {2}is not there/)
  })

  test('a folder', () => {
    mkdirSync('folder')
    expect(complaint('folder')).toBe('folder  is a folder; must be a YAML file; give folder/scenario.yaml')
  })

  test('an empty file', () => {
    writeFileSync('empty.yaml', '')
    expect(complaint('empty.yaml')).toMatch(/^empty.yaml {2}is empty; must hold a scenario/)
  })

  test('binary files', () => {
    writeFileSync('nul.yaml', Uint8Array.of(0x61, 0, 0x62))
    expect(complaint('nul.yaml')).toMatch(/^nul.yaml {2}is a binary file/)
    writeFileSync(
      'bytes.yaml',
      Uint8Array.from({ length: 128 }, (_, i) => 128 + i),
    )
    expect(complaint('bytes.yaml')).toMatch(/^bytes.yaml {2}is not text in UTF-8/)
  })

  test('10 MB of nested aliases, at once', () => {
    writeFileSync('bomb.yaml', `a: &a [x]\n${'b: [*a, *a, *a, *a]\n'.repeat(500_000)}`)
    const started = performance.now()
    expect(complaint('bomb.yaml')).toMatch(/^bomb.yaml {2}has 10000010 bytes; must have at most 8388608/)
    expect(performance.now() - started).toBeLessThan(500)
  })

  test('a file that a text editor on Windows wrote is accepted', () => {
    const text = readFileSync(galleryPath('one-home'), 'utf8')
    writeFileSync('windows.yaml', `\uFEFF${text.replaceAll('\n', '\r\n')}`)
    expect(loadScenario('windows.yaml').hash).toBe(loadScenario('one-home').hash)
  })
})
