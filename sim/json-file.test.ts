import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeJsonFile } from './json-file.ts'
import { temporaryFolder } from './testing.ts'

const dir = temporaryFolder()
let files = 0

const written = (value: unknown): string => {
  const path = join(dir, String(files++))
  writeJsonFile(path, value)
  return readFileSync(path, 'utf8')
}

test('a file in pieces is what it is in one', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 7 }), (value) => {
      expect(written(value)).toBe(`${JSON.stringify(value, null, 1)}\n`)
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('fields that are undefined are left out, in lists they are null; long texts come whole', () => {
  const long = Array.from({ length: 15_000 }, (_, at) => ({
    at,
    text: 'a line\nand "more"',
    none: undefined,
  }))
  for (const value of [{ a: undefined, b: [undefined, {}, []], c: { d: undefined } }, [long, { long }]])
    expect(written(value)).toBe(`${JSON.stringify(value, null, 1)}\n`)
})
