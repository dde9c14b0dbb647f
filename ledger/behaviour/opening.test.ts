import { expect, test } from 'vitest'
import type { Operation } from '../contract/operations.ts'
import { TransactionWriter } from '../contract/writer.ts'
import { LocalLedger } from '../local/ledger.ts'

const register = (actor: number, account: number, role: Operation<'register'>['role']): Operation => ({
  op: 'register',
  actor,
  account,
  role,
  agent: account,
  openingMicroUsd: 7,
  creditLimitMicroUsd: 3,
  label: 'someone',
  credential: '',
})
const written = (...operations: Operation[]) => {
  const writer = new TransactionWriter()
  for (const operation of operations) writer.add(operation)
  return writer
}

/** Who may open a ledger: an operator that registers itself, and after it only who it lets in. */
test.each([
  ['another role than operator', 1, register(1, 1, 'household'), 'not-authorised'],
  ['somebody else', 1, register(1, 2, 'operator'), 'not-authorised'],
  ['in the name of another', 2, register(1, 1, 'operator'), 'not-authorised'],
  ['an operator, itself', 1, register(1, 1, 'operator'), 'ok'],
] as const)('the first account: %s', (_, client, operation, expected) => {
  const ledger = new LocalLedger()
  const answer = ledger.submit(written(operation).transaction(client, 1))
  expect('code' in answer ? answer.code : 'ok').toBe(expected)
  expect([...ledger.view.accountNumbers()]).toEqual(expected === 'ok' ? [1] : [])
})

test('a second operator does not let itself in', () => {
  const ledger = new LocalLedger()
  expect(ledger.submit(written(register(1, 1, 'operator')).transaction(1, 1))).toHaveProperty('block')
  expect(ledger.submit(written(register(2, 2, 'operator')).transaction(2, 1))).toMatchObject({
    code: 'not-authorised',
  })
  expect(ledger.submit(written(register(1, 2, 'operator')).transaction(1, 2))).toHaveProperty('block')
  // Both may act now, and versions tell when each came.
  const reads = ledger.reads(written(register(2, 3, 'oracle')).transaction(2, 2))
  expect(reads).toContainEqual({ key: 'account', id: 2, version: 2 })
})

test.each([
  ['a role', register(1, 2, 'oracle'), 3],
  [
    'a kind',
    {
      op: 'createAsset',
      actor: 1,
      asset: 5,
      kind: 'meter',
      owner: 1,
      site: 5,
      intervalMinutes: 5,
      nameplateW: 0,
      energyMilliWh: 0,
      deliverableMilliWh: 0,
      standbyW: 0,
      factorPpm: 0,
      location: '',
      label: '',
    },
    3,
  ],
] as const)('%s beyond its list is malformed', (_, operation, word) => {
  const ledger = new LocalLedger()
  expect(ledger.submit(written(register(1, 1, 'operator')).transaction(1, 1))).toHaveProperty('block')
  for (const [sequence, value] of [0, 6, -1, 2 ** 31 - 1].entries()) {
    const transaction = written(operation).transaction(1, 2 + sequence)
    transaction.words[word] = value
    expect(ledger.submit(transaction)).toMatchObject({ code: 'malformed', asked: value })
  }
  expect(ledger.submit(written(operation).transaction(1, 9))).toHaveProperty('block')
})
