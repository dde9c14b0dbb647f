import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { COMMANDS } from './commands.ts'
import { OPERATIONS } from '../ledger/contract/operations.ts'
import { USE_CASES } from '../reports/viability/business/use-cases.ts'

const ROOT = join(import.meta.dirname, '..')

test.each(USE_CASES)('“$name” names what there is', ({ operations, tests, commands }) => {
  for (const operation of operations) expect(Object.keys(OPERATIONS)).toContain(operation)
  for (const path of tests) expect(existsSync(join(ROOT, path)), path).toBe(true)
  for (const command of commands) expect(COMMANDS.map(({ name }) => name)).toContain(command.split(' ')[1])
})

test('every operation of the contract belongs to a use case', () => {
  const mapped = new Set(USE_CASES.flatMap(({ operations }) => operations))
  expect(Object.keys(OPERATIONS).filter((operation) => !mapped.has(operation))).toEqual([])
})
