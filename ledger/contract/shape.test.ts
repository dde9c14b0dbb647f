import { expect, test } from 'vitest'
import type { Operation } from './operations.ts'
import { malformedAt, MAX_TEXT_BYTES } from './shape.ts'
import { TransactionWriter } from './writer.ts'

const register = (account: number, label: string, credential = ''): Operation => ({
  op: 'register',
  actor: 1,
  account,
  role: 'household',
  agent: 1,
  openingMicroUsd: 0,
  creditLimitMicroUsd: 0,
  label,
  credential,
})
const cancel: Operation = { op: 'cancel', actor: 1, lotAsset: 1, lotMinute: 5, lotSource: 0, lotFrom: 0 }
const words = (...operations: Operation[]): Int32Array => {
  const writer = new TransactionWriter()
  for (const operation of operations) writer.add(operation)
  return writer.transaction(1, 1).words.slice()
}
const room = { account: 0, asset: 0 }
const first = (row: Int32Array, operations = 1): number => malformedAt(row, operations, room)
/** Where the label's length word stands in a `register`. */
const LABEL = 9

test('sound operations, and the room that they need', () => {
  expect(first(words(cancel))).toBe(-1)
  expect(room).toEqual({ account: 0, asset: 0 })
  const asset = {
    op: 'createAsset',
    actor: 1,
    kind: 'meter',
    owner: 1,
    intervalMinutes: 5,
    nameplateW: 0,
    energyMilliWh: 0,
    deliverableMilliWh: 0,
    standbyW: 0,
    factorPpm: 0,
    location: 'x',
    label: 'abcde',
  } as const
  const both = words(register(7, 'seven'), { ...asset, asset: 40, site: 40 }, register(3, ''), {
    ...asset,
    asset: 9,
    site: 9,
  })
  expect(first(both, 4)).toBe(-1)
  expect(room).toEqual({ account: 7, asset: 40 })
})

test('texts of every length up to the limit, with their own padding alone', () => {
  for (const length of [0, 1, 2, 3, 4, 5, MAX_TEXT_BYTES - 1, MAX_TEXT_BYTES]) {
    const row = words(register(7, 'a'.repeat(length), 'b'.repeat(length)))
    expect(first(row)).toBe(-1)
    if (length % 4 === 0) continue
    const padded = row.slice()
    padded[LABEL + 1 + Math.floor(length / 4)] |= 1 << 24
    expect(first(padded)).toBe(0)
  }
  const long = words(register(7, 'a'.repeat(MAX_TEXT_BYTES + 1)))
  expect(first(long)).toBe(0)
})

test('a text that says another length than it has', () => {
  const row = words(register(7, 'abcd', 'ef'))
  expect(row[LABEL]).toBe(4)
  for (const length of [-1, -4, 0, 3, 5, 8, 9, 12, 400, 513, 2 ** 31 - 1]) {
    const wrong = row.slice()
    wrong[LABEL] = length
    expect(first(wrong), String(length)).toBe(0)
  }
  // The second text reaches beyond the operation, into the next one.
  const two = words(register(7, '', 'ab'), cancel)
  two[LABEL + 1] = 8
  expect(first(two, 2)).toBe(0)
  const last = words(register(7, '', ''))
  last[LABEL + 1] = 1
  expect(first(last)).toBe(0)
})

test('which operation is the first that is wrong', () => {
  const row = words(cancel, cancel, cancel)
  expect(first(row, 3)).toBe(-1)
  expect(first(row, 4)).toBe(3)
  expect(first(row, 2)).toBe(2)
  expect(first(row.subarray(0, row.length - 1), 3)).toBe(2)
  const length = row[0] >>> 8
  row[length] = (row[length] & ~0xff) | 99
  expect(first(row, 3)).toBe(1)
  row[length] = (length - 1) * 256 + 6
  expect(first(row, 3)).toBe(1)
  row[length] = (length + 1) * 256 + 6
  expect(first(row, 3)).toBe(1)
  for (const operations of [0, -1, 0.5, Number.NaN]) expect(first(row, operations)).toBe(0)
})

test('numbers that an account or asset cannot have', () => {
  for (const account of [0, -1, 2 ** 20, 2 ** 31 - 1]) expect(first(words(register(account, '')))).toBe(0)
  expect(first(words(register(2 ** 20 - 1, '')))).toBe(-1)
})

test('bytes that are no UTF-8, and a byte order mark that is one', () => {
  const row = words(register(7, 'abcd'))
  row[LABEL + 1] = 0x80808080 | 0
  expect(first(row)).toBe(0)
  expect(first(words(register(7, '\uFEFFab')))).toBe(-1)
})
