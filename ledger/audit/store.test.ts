import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { RUN_FILES } from '../../data/run-files.ts'
import { runInto, temporaryFolder, tokensOf } from '../../sim/testing.ts'
import { DurableLedger } from '../local/durable.ts'
import { verifyJournal } from './verify.ts'

test('a durable ledger’s store is verified as its journal is, and damage to it named', async () => {
  const { dir, results } = await runInto(temporaryFolder(), 'low-income-block', 12, { durable: true })
  const { id, ledger } = tokensOf(results.communities[0])
  const store = join(dir, RUN_FILES.ledger, `${id}.sqlite`)
  const journal = verifyJournal(join(dir, RUN_FILES.ledger, `${id}.journal`))
  const found = verifyJournal(store)
  expect(found).toMatchObject({ ok: true, head: ledger.head, stateHash: ledger.stateHash })
  expect([found.operations, found.stateHash]).toEqual([journal.operations, journal.stateHash])

  // One program at a time.
  const open = new DurableLedger(store)
  expect(() => verifyJournal(store)).toThrow(/is open elsewhere/)
  open.close()

  const database = new DatabaseSync(store)
  const [middle] = [Math.ceil(found.blocks / 2)]
  const block = database.prepare('SELECT block FROM blocks WHERE number = ?').get(middle)?.block
  if (!(block instanceof Uint8Array)) throw new Error('no block')
  const write = (number: number, bytes: Uint8Array) =>
    database.prepare('UPDATE blocks SET block = ? WHERE number = ?').run(bytes, number)
  const changed = new Uint8Array(block)
  changed[5000] ^= 4
  write(middle, changed)
  expect(verifyJournal(store)).toMatchObject({ ok: false, blocks: middle - 1, findings: [{ block: middle }] })
  write(middle, block)
  expect(verifyJournal(store).ok).toBe(true)
  database.prepare('DELETE FROM blocks WHERE number = ?').run(middle)
  expect(verifyJournal(store).findings).toMatchObject([
    { block: middle, problem: `block ${middle + 1} stands in its place` },
  ])
  database.prepare('INSERT INTO blocks(number, block) VALUES (?, ?)').run(middle, block)
  expect(verifyJournal(store).ok).toBe(true)
  // Whole blocks missing at the end, down to none at all.
  for (const kept of [found.blocks - 1, 0]) {
    database.prepare('DELETE FROM blocks WHERE number > ?').run(kept)
    expect(verifyJournal(store)).toMatchObject({ ok: false, findings: [{ block: kept + 1 }] })
  }
  database.exec('PRAGMA application_id = 1')
  expect(verifyJournal(store).findings).toMatchObject([{ block: 0 }])
  database.close()
}, 60_000)
