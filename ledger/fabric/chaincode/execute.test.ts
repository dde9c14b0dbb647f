import { describe, expect, test } from 'vitest'
import { streamFor } from '../../../data/random.ts'
import { localLedger } from '../../behaviour/local.ts'
import { Neighborhood, OPERATOR, ORACLE } from '../../behaviour/neighborhood.ts'
import type { Transaction } from '../../contract/decide.ts'
import { ClientWindow } from '../../local/client-window.ts'
import { LocalLedger } from '../../local/ledger.ts'
import { transactionOf } from '../testing/ledger.ts'
import { MemoryState } from '../testing/memory-state.ts'
import { contendedWork } from '../testing/workload.ts'
import { canonical, stateOf } from '../client/world-state.ts'
import { execute } from './execute.ts'
import { Identifiers } from './identifiers.ts'
import { Keys, ledgerName, type LedgerName } from './keys.ts'
import { decodeBatch, decodeEnvelope, encodeBatch } from './wire.ts'

const named = (text: string): LedgerName => ledgerName(text) as LedgerName
/** Everyone speaks through one identity here: who may is asked elsewhere. */
const SUBMITTER = 'TestMSP:aa'
const credentials = Object.fromEntries([1, 2, 3, 12].map((account) => [account, SUBMITTER]))

const codesOf = async (state: MemoryState, ledger: LedgerName, batch: readonly Transaction[], id: string) => {
  const { reply, writes } = await execute(state, {
    ledger,
    transactions: batch,
    envelope: { credentials },
    submitter: SUBMITTER,
    id,
  })
  state.commit(writes)
  return reply.answers.map((answer) => ('ok' in answer ? 'ok' : answer.refused.code))
}

describe('the chaincode’s code on a state in memory', () => {
  test.each([
    ['street~1', 1],
    ['street~4', 7],
    ['street', 1],
    ['street', 40],
  ])(
    '%s, %i transactions a batch: the answers and the state of the in-process ledger',
    async (text, perBatch) => {
      const { opening, work } = await contendedWork(4000, 7)
      const all = [{ client: OPERATOR, operations: opening }, ...work].map(({ client, operations }, at) =>
        transactionOf(client, at + 1, operations),
      )
      const local = new LocalLedger()
      const state = new MemoryState()
      for (let at = 0; at < all.length; at += perBatch) {
        const batch = all.slice(at, at + perBatch)
        const expected = batch.map((transaction) => {
          const answer = local.submit(transaction)
          return 'code' in answer ? answer.code : 'ok'
        })
        expect(await codesOf(state, named(text), batch, `tx-${at}`)).toEqual(expected)
      }
      const view = stateOf(named(text), state.values)
      expect(canonical(view).hash).toBe(local.stateHash())
    },
  )

  test('the same state and submission give the same writes, and ledgers do not touch each other', async () => {
    const hood = await Neighborhood.open(localLedger)
    const one = new MemoryState()
    const other = new MemoryState()
    const opening = transactionOf(OPERATOR, 1, hood.opening)
    for (const state of [one, other]) await codesOf(state, named('a'), [opening], 'tx')
    expect([...one.values]).toEqual([...other.values])
    const before = new Map(one.values)
    await codesOf(one, named('b'), [opening], 'tx')
    await codesOf(one, named('b'), [transactionOf(ORACLE, 1, [hood.generated(0, 5)])], 'tx2')
    for (const [key, value] of before) expect(one.values.get(key)).toEqual(value)
  })

  test('what is refused writes nothing', async () => {
    const hood = await Neighborhood.open(localLedger)
    const state = new MemoryState()
    await codesOf(state, named('a'), [transactionOf(OPERATOR, 1, hood.opening)], 'tx')
    const before = new Map(state.values)
    expect(await codesOf(state, named('a'), [transactionOf(OPERATOR, 2, [hood.used(0, 5)])], 'tx2')).toEqual([
      'unknown-lot',
    ])
    expect(state.values).toEqual(before)
  })
})

describe('what the network remembers of a client', () => {
  test('20,000 numbers in a random order near their place: as the in-process window', async () => {
    const draw = streamFor(3, 'fabric-window')
    const state = new MemoryState()
    const keys = new Keys(named('w'))
    const window = new ClientWindow()
    let front = 1
    for (let left = 20_000; left > 0; left--) {
      front += draw.uint32() % 3
      const back = draw.uint32() % 50 === 0 ? draw.uint32() % 9000 : draw.uint32() % 40
      const sequence = Math.max(1, front - back)
      const print = draw.uint32() % 2
      const identifiers = new Identifiers(keys, state)
      await identifiers.need([{ client: 1, sequence }])
      const found = await identifiers.look(1, sequence, print)
      const expected = window.look(sequence, print)
      if (expected === null || typeof expected === 'string') expect(found).toBe(expected)
      else expect(found).toEqual({ ok: `r${expected.block}` })
      if (expected !== null) continue
      window.remember(sequence, print, left, 0)
      identifiers.remember(1, sequence, print, `r${left}`)
      const writes = new Map<string, Uint8Array | null>()
      identifiers.write(writes)
      state.commit(writes)
    }
  })
})

describe('the form of a submission', () => {
  test('a batch comes back as it was sent', async () => {
    const { work } = await contendedWork(500, 2)
    const batch = work.map(({ client, operations }, at) => transactionOf(client, 2 ** 40 + at, operations))
    const back = decodeBatch(encodeBatch(batch)) as Transaction[]
    expect(back.map(({ words, ...rest }) => ({ ...rest, words: [...words] }))).toEqual(
      batch.map(({ words, ...rest }) => ({ ...rest, words: [...words] })),
    )
  })
  test.each(['', 'x'.repeat(102), 'UPPER', 'a/b', '../a', 'a~3', '-a', 'a\u0000'])(
    '%j names no ledger',
    (text) => {
      expect(ledgerName(text)).toBeNull()
    },
  )
  test.each([
    '[]',
    '1',
    'null',
    '{"certificates":{}}',
    '{"signatures":[[1]]}',
    '{"credentials":[]}',
    '{"more":1}',
    '{',
  ])('%s is no envelope', (text) => {
    expect(decodeEnvelope(text)).toBeTypeOf('string')
  })
})
