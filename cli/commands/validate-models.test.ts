import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { VppError } from '../../data/errors.ts'
import { command } from './validate-models.ts'

const OWN = join(import.meta.dirname, '../references/own')

let dir: string
let printed: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'references-'))
  for (const folder of ['golden-dispatch', 'homes-fontana-2016']) {
    cpSync(join(OWN, folder), join(dir, folder), { recursive: true })
  }
  printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
  rmSync(dir, { recursive: true })
})

const run = (json: boolean) => command.handler({ data: dir, json, _: [], $0: 'vpp' })
const tamper = (name: string, change: (text: string) => string) =>
  writeFileSync(join(dir, name), change(readFileSync(join(dir, name), 'utf8')))

test('the table tells quantity, source, tolerance, deviation and verdict', async () => {
  await run(false)
  const lines = printed.split('\n')
  expect(lines[0].trim().split(/ {2,}/)).toEqual(['quantity', 'tolerance', 'deviation', 'unit', 'verdict'])
  expect(lines.slice(1, 3)).toEqual(['', 'source golden-dispatch/greedy_home91.csv'])
  expect(lines[3]).toMatch(/^ {2}charge, every row +2e-6 +[\d.]+e-\d+ +kWh +pass$/)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(printed).toMatch(/^3 references, \d+ checks, 0 failed$/m)
  expect(process.exitCode).toBeUndefined()
})

test('one JSON object, the same every time', async () => {
  await run(true)
  const first = printed
  printed = ''
  await run(true)
  expect(printed).toBe(first)
  expect(JSON.parse(first)).toMatchObject({ format: 1, passed: true, references: 3 })
})

test('a tampered reference fails with exit code 1 and says where', async () => {
  tamper('golden-dispatch/community_own3.json', (text) => text.replace(/("traded_kwh": )\d/, '$19'))
  await run(false)
  expect(process.exitCode).toBe(1)
  expect(printed).toMatch(/source golden-dispatch\/community_own3\.json\n +traded energy .* FAIL/)
  expect(printed).toContain('1 failed')
})

test('a malformed reference is an error with its place, after the table', async () => {
  tamper('golden-dispatch/dispatch_home91.json', (text) => text.slice(0, 50))
  const error = await Promise.resolve()
    .then(() => run(false))
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(VppError)
  expect(error).toMatchObject({ kind: 'invalid' })
  expect((error as VppError).message).toContain('golden-dispatch/dispatch_home91.json')
  expect(printed).toContain('traded energy')
})

test('a folder without references is a failure', async () => {
  rmSync(join(dir, 'golden-dispatch'), { recursive: true })
  const error = await Promise.resolve()
    .then(() => run(false))
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    kind: 'failure',
    problems: [{ place: dir, problem: 'no reference was found' }],
  })
})
