/** For tests: a copy of the own references that may be spoilt. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { validateModels } from './run.ts'

const OWN = join(import.meta.dirname, 'own')

/**
 * Copies folders of the own references before each test, and takes the copy away after it.
 * @param kept of a file's path in the references
 */
export function copyOfReferences(folders: readonly string[], kept: (path: string) => boolean = () => true) {
  const copy = { dir: '' }
  beforeEach(() => {
    copy.dir = mkdtempSync(join(tmpdir(), 'references-'))
    for (const folder of folders) {
      cpSync(join(OWN, folder), join(copy.dir, folder), {
        recursive: true,
        filter: (from) => !from.includes('.') || kept(from.slice(OWN.length + 1)),
      })
    }
  })
  afterEach(() => rmSync(copy.dir, { recursive: true }))

  return {
    /** Path in the copy. */
    path: (name = '') => join(copy.dir, name),
    /** Changes a file; the change must be one. */
    edit: (name: string, change: (text: string) => string): void => {
      const before = readFileSync(join(copy.dir, name), 'utf8')
      const after = change(before)
      expect(after).not.toBe(before)
      writeFileSync(join(copy.dir, name), after)
    },
    validate: () => validateModels(copy.dir),
    /** `source: quantity` of every check that failed; nothing else went wrong. */
    failed: (): string[] => {
      const validation = validateModels(copy.dir)
      expect(validation.problems).toEqual([])
      return validation.checks
        .filter(({ passed }) => !passed)
        .map(({ quantity, source }) => `${source}: ${quantity}`)
    },
    /** `place problem` of every reference that could not be read; the others are still checked. */
    problems: (): string[] => {
      const validation = validateModels(copy.dir)
      expect(validation.passed).toBe(false)
      expect(validation.checks.length).toBeGreaterThan(0)
      return validation.problems.map(({ place, problem }) => `${place} ${problem}`)
    },
  }
}
