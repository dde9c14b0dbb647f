import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { TransactionWriter } from '../contract/writer.ts'
import { DurableLedger } from '../local/durable.ts'
import type { LedgerUnderTest } from './ledger-under-test.ts'
import { answersOf } from './local.ts'
import { behaviourOf } from './suite.ts'

const dir = mkdtempSync(join(tmpdir(), 'vpp-behaviour-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
let files = 0

/** A durable ledger that is closed after every call and opened again for the next. */
function forgetful(operationsPerSnapshot: number): () => Promise<LedgerUnderTest> {
  return () => {
    const path = join(dir, `${++files}.sqlite`)
    const opened = async <T>(use: (durable: DurableLedger) => T | Promise<T>): Promise<T> => {
      const durable = new DurableLedger(path, { operationsPerSnapshot })
      try {
        return await use(durable)
      } finally {
        durable.close()
      }
    }
    const answers = (durable: DurableLedger) => answersOf(durable.ledger)
    return Promise.resolve({
      submit: (client, sequence, operations) =>
        opened(async (durable) => {
          const writer = new TransactionWriter()
          for (const operation of operations) writer.add(operation)
          const answer = durable.submit(writer.transaction(client, sequence))
          if ('code' in answer) return { refused: answer.code }
          const { block, position } = await durable.acknowledged(answer)
          return { ok: `${block}/${position}` }
        }),
      money: (...args) => opened((durable) => answers(durable).money(...args)),
      lot: (...args) => opened((durable) => answers(durable).lot(...args)),
      battery: (...args) => opened((durable) => answers(durable).battery(...args)),
      unsettledExport: (...args) => opened((durable) => answers(durable).unsettledExport(...args)),
      stateHash: () => opened((durable) => answers(durable).stateHash()),
    })
  }
}

behaviourOf('durable ledger, replayed at every call', forgetful(Infinity))
behaviourOf('durable ledger, opened from a snapshot at every call', forgetful(1))
