import { DatabaseSync } from 'node:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DurableLedger } from './durable.ts'
import { LocalLedger } from './ledger.ts'
import { restoreSnapshot, takeSnapshot } from './snapshot.ts'
import { Reference, reopen } from './testing/reopen.ts'

const dir = mkdtempSync(join(tmpdir(), 'vpp-snapshot-'))
const path = join(dir, 'ledger.sqlite')
let reference: Reference
beforeAll(async () => {
  reference = await Reference.open()
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('a snapshot', () => {
  test.each([0, 1, 3, 170, 500])('after %i transactions holds all that a ledger knows', (count) => {
    const ledger = new LocalLedger({ operationsPerBlock: 50 })
    const receipts = Array.from({ length: count }, (_, at) =>
      ledger.submit(reference.trace.transaction(at + 1)),
    )
    ledger.seal()
    const twin = new LocalLedger({ operationsPerBlock: 50 })
    expect(restoreSnapshot(twin, takeSnapshot(ledger))).toBe(true)
    const same = () => {
      expect([twin.head, twin.stateHash(), twin.totals]).toEqual([
        ledger.head,
        ledger.stateHash(),
        ledger.totals,
      ])
      for (const kind of [1, 2, 3]) expect(twin.totals.burned(kind)).toBe(ledger.totals.burned(kind))
      expect([twin.blocks, twin.transactions, twin.operations]).toEqual([
        ledger.blocks,
        ledger.transactions,
        ledger.operations,
      ])
    }
    same()
    for (const [at, receipt] of receipts.entries()) {
      expect(twin.submit(reference.trace.transaction(at + 1))).toEqual(receipt)
    }
    for (let number = count + 1; number <= count + 300; number++) {
      const transaction = reference.trace.transaction(number)
      expect(twin.submit(transaction)).toEqual(ledger.submit(transaction))
    }
    ledger.seal()
    twin.seal()
    same()
    expect(takeSnapshot(twin)).toEqual(takeSnapshot(ledger))
  })
  test('lets no read pass that was made before it', () => {
    const ledger = new LocalLedger()
    for (let number = 1; number <= 200; number++) ledger.submit(reference.trace.transaction(number))
    const next = reference.trace.transaction(201)
    const before = new LocalLedger().reads(next)
    ledger.seal()
    const twin = new LocalLedger()
    restoreSnapshot(twin, takeSnapshot(ledger))
    expect(twin.submit(next, before)).toMatchObject({ code: 'mvcc-conflict' })
    expect(twin.submit(next, twin.reads(next))).toHaveProperty('block')
  })
})

describe('opening', () => {
  /** A ledger with snapshots after about every 200 operations, and 30 transactions after the last. */
  function filled(): { snapshots: number[]; transactions: number } {
    for (const name of [path, `${path}-wal`]) rmSync(name, { force: true })
    const durable = new DurableLedger(path, { operationsPerBlock: 20, operationsPerSnapshot: 200 })
    for (let number = 1; number <= 600; number++) {
      durable.submit(reference.trace.transaction(number))
      if (number % 10 === 0) durable.commit()
    }
    durable.close()
    const db = new DatabaseSync(path)
    const snapshots = db
      .prepare('SELECT block FROM snapshots ORDER BY block')
      .all()
      .map(({ block }) => Number(block))
    db.close()
    return { snapshots, transactions: 600 }
  }
  const sql = (text: string) => {
    const db = new DatabaseSync(path)
    db.exec(text)
    db.close()
  }

  test('takes up the newest of two that are kept, and replays only what follows', () => {
    const { snapshots, transactions } = filled()
    expect(snapshots).toHaveLength(2)
    // Blocks long before it are not read: only `verify` looks at them again.
    sql('DELETE FROM blocks WHERE number = 2')
    const found = reopen(path, reference, transactions)
    expect(found).toMatchObject({ transactions, opened: { snapshot: snapshots[1] } })
  })
  test('takes the one before where the newest is damaged, and all blocks where both are', () => {
    const { snapshots, transactions } = filled()
    sql(`UPDATE snapshots SET state = zeroblob(length(state)) WHERE block = ${snapshots[1]}`)
    expect(reopen(path, reference, transactions).opened.snapshot).toBe(snapshots[0])
    sql('UPDATE snapshots SET state = zeroblob(length(state))')
    expect(reopen(path, reference, transactions).opened.snapshot).toBe(0)
  })
  test('refuses a snapshot and a block that do not belong together', () => {
    const { snapshots } = filled()
    sql(
      `UPDATE blocks SET block = (SELECT block FROM blocks WHERE number = 2) WHERE number = ${snapshots[1]}`,
    )
    expect(() => new DurableLedger(path)).toThrow(/is not that of its snapshot.*ledger-salvage/)
  })
})
