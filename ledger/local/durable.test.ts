import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Receipt } from './client-window.ts'
import { DurableLedger } from './durable.ts'
import { Reference } from './testing/reopen.ts'
import { CHILD } from './testing/strace.ts'

const dir = mkdtempSync(join(tmpdir(), 'vpp-durable-'))
let files = 0
const newFile = (): string => join(dir, `${++files}.sqlite`)
let reference: Reference
beforeAll(async () => {
  reference = await Reference.open()
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** A ledger with the trace's first transactions, in commits of ten. */
function filled(path: string, transactions: number): DurableLedger {
  const durable = new DurableLedger(path, { operationsPerBlock: 25 })
  for (let number = 1; number <= transactions; number++) {
    durable.submit(reference.trace.transaction(number))
    if (number % 10 === 0) durable.commit()
  }
  return durable
}

describe('one writer', () => {
  const REFUSED = /\.sqlite {2}is in use: a ledger has one writer.*; end the other/

  test('a second one in this process is refused, and the first goes on', () => {
    const path = newFile()
    const first = filled(path, 20)
    for (let attempt = 0; attempt < 3; attempt++) expect(() => new DurableLedger(path)).toThrow(REFUSED)
    first.submit(reference.trace.transaction(21))
    first.close()
    const second = new DurableLedger(path)
    expect(second.ledger.transactions).toBe(21)
    second.close()
  })
  test('so is one in another process, and a mere reader', () => {
    const path = newFile()
    const first = filled(path, 20)
    const other = spawnSync(process.execPath, [CHILD, path, '30', '{}'], { encoding: 'utf8' })
    expect(other.stdout).toMatch(/^stopped .*is in use/)
    const reader = `new (require('node:sqlite').DatabaseSync)(process.argv[1], { readOnly: true })
      .prepare('SELECT count(*) FROM blocks').get()`
    expect(spawnSync(process.execPath, ['-e', reader, path], { encoding: 'utf8' }).stderr).toMatch(/locked/)
    first.submit(reference.trace.transaction(21))
    first.close()
  })
  test('and one in another thread', async () => {
    const path = newFile()
    const first = filled(path, 20)
    const code = `import { DurableLedger } from ${JSON.stringify(new URL('durable.ts', import.meta.url).href)}
      import { parentPort, workerData } from 'node:worker_threads'
      try { new DurableLedger(workerData); parentPort.postMessage('opened') }
      catch (error) { parentPort.postMessage(error.message) }`
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
      workerData: path,
    })
    const said = await new Promise((resolve, reject) => {
      worker.on('message', resolve)
      worker.on('error', reject)
    })
    expect(said).toMatch(REFUSED)
    first.close()
  })
})

describe('acknowledgement', () => {
  test('waits for the commit, which all of one turn share', async () => {
    const path = newFile()
    const durable = new DurableLedger(path, { operationsPerBlock: 1_000_000 })
    const waiting: Promise<Receipt>[] = []
    for (let number = 1; number <= 100; number++) {
      const answer = durable.submit(reference.trace.transaction(number))
      waiting.push(durable.acknowledged(answer as Receipt))
    }
    expect(durable.durableBlock).toBe(0)
    const receipts = await Promise.all(waiting)
    expect(durable.durableBlock).toBe(1)
    expect(receipts.map(({ block, position }) => [block, position])).toEqual(receipts.map((_, at) => [1, at]))
    durable.close()
  })
  test('of what was waiting comes when the ledger is closed; a closed one says so', async () => {
    const durable = new DurableLedger(newFile())
    const waiting = durable.acknowledged(durable.submit(reference.trace.transaction(1)) as Receipt)
    durable.close()
    expect(await waiting).toEqual({ block: 1, position: 0 })
    expect(() => durable.submit(reference.trace.transaction(2))).toThrow(/was closed; open it again/)
    await expect(durable.acknowledged({ block: 2, position: 0 })).rejects.toThrow(/was closed/)
    expect(() => durable.close()).not.toThrow()
  })
})

describe('the same transaction, more than once', () => {
  test('1 to 5 times, at once and after restarts: one effect, the same receipt; another body: conflict', async () => {
    const times = fc.integer({ min: 1, max: 5 })
    const sends = fc.array(fc.record({ times, restart: fc.boolean() }), { minLength: 1, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(sends, async (plan) => {
        const path = newFile()
        let durable = new DurableLedger(path, { operationsPerBlock: 7 })
        const receipts: Receipt[] = []
        for (const [at, { times: count, restart }] of plan.entries()) {
          const send = async () => {
            const answer = durable.submit(reference.trace.transaction(at + 1))
            if ('code' in answer) throw new Error(answer.code)
            return await durable.acknowledged(answer)
          }
          const answers = await Promise.all(Array.from({ length: count }, send))
          if (restart) {
            durable.close()
            durable = new DurableLedger(path, { operationsPerBlock: 7 })
            answers.push(await send())
          }
          for (const answer of answers) expect(answer).toEqual(answers[0])
          receipts.push(answers[0])
          expect(durable.ledger.transactions).toBe(at + 1)
        }
        durable.close()
        durable = new DurableLedger(path)
        for (const [at, receipt] of receipts.entries()) {
          const sent = reference.trace.transaction(at + 1)
          expect(durable.submit(sent)).toEqual(receipt)
          const other = reference.trace.transaction(plan.length + 10)
          expect(durable.submit({ ...other, client: sent.client, sequence: at + 1 })).toMatchObject({
            code: 'conflict',
          })
        }
        expect(durable.ledger.stateHash()).toBe(reference.stateAfter(plan.length))
        durable.close()
      }),
      { numRuns: 25 },
    )
  })
})

describe('what cannot be opened', () => {
  test('another database, a later format, a folder that is not there: each is named', () => {
    const other = newFile()
    const db = new DatabaseSync(other)
    db.exec('CREATE TABLE t(x); PRAGMA application_id = 7')
    db.close()
    const before = readFileSync(other)
    expect(() => new DurableLedger(other)).toThrow(/is a database, but no ledger; name another file/)
    expect(readFileSync(other).equals(before)).toBe(true)

    const later = newFile()
    filled(later, 5).close()
    for (const format of [1, 99]) {
      const file = new DatabaseSync(later)
      file.exec(`PRAGMA user_version = ${format}`)
      file.close()
      expect(() => new DurableLedger(later)).toThrow(
        `is a ledger of format ${format}; this version reads format 2`,
      )
    }
    expect(() => new DurableLedger(join(dir, 'nowhere', 'a.sqlite'))).toThrow(
      /cannot be opened.*; check the folder/,
    )
  })
  test('a file in which a block breaks a rule, or is another than its transactions make, though SQLite is content', () => {
    for (const change of [
      'UPDATE blocks SET block = (SELECT block FROM blocks WHERE number = 3) WHERE number = 4',
      'DELETE FROM blocks WHERE number = 4',
    ]) {
      const path = newFile()
      filled(path, 60).close()
      const db = new DatabaseSync(path)
      db.exec(change)
      db.close()
      expect(() => new DurableLedger(path)).toThrow(/block 4 .*`vpp ledger-salvage/)
    }
    const path = newFile()
    filled(path, 60).close()
    const file = readFileSync(path)
    // One bit of a client's number, in the middle of the file.
    const at = file.indexOf('VPPT', file.indexOf('VPPT', 20_000))
    file[at + 8] ^= 1
    writeFileSync(path, file)
    expect(() => new DurableLedger(path)).toThrow(/block \d+ .*`vpp ledger-salvage/)
  })
})
