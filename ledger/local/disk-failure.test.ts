import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DurableLedger } from './durable.ts'
import { Reference, reopen, STORE_NAME } from './testing/reopen.ts'
import { runChild, testWithStrace } from './testing/strace.ts'

const OPTIONS = {
  operationsPerBlock: 12,
  operationsPerSnapshot: 150,
  checkpointBytes: 150_000,
  mostPerCommit: 20,
}

const dir = mkdtempSync(join(tmpdir(), 'vpp-failing-disk-'))
let reference: Reference
beforeAll(async () => {
  reference = await Reference.open()
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** What the child told: how much it had acknowledged, why it stopped, what it said when asked again. */
function reading(lines: readonly string[]) {
  const of = (what: string) => lines.filter((line) => line.startsWith(`${what} `))
  return {
    acknowledged: Number(of('acknowledged').at(-1)?.split(' ')[1] ?? 0),
    stopped: of('stopped'),
    refused: of('refused'),
    ended: of('ended'),
    wentOn: lines.includes('went on'),
    /** Lines after the stop that acknowledge something. */
    late: lines
      .slice(lines.findIndex((line) => line.startsWith('stopped')))
      .filter((l) => l.startsWith('ack')),
  }
}

/** A call that fails for once (`N`) or from then on (`N+`), as strace makes it. */
const FAULTS = [
  ['no space', 'pwrite64:error=ENOSPC', '+', 'full'],
  ['an I/O error of a write', 'pwrite64:error=EIO', '', 'disk I/O error'],
  ['a failed sync', 'fsync,fdatasync:error=EIO', '', 'disk I/O error'],
  ['syncs that fail for good', 'fsync,fdatasync:error=EIO', '+', 'disk I/O error'],
  ['a failed truncation', 'ftruncate:error=EIO', '+', 'disk I/O error'],
] as const

describe('a disk that fails', () => {
  testWithStrace.for(FAULTS)(
    '%s: stops, acknowledges nothing more, reopens',
    { timeout: 600_000 },
    ([name, fault, onwards, why]) => {
      let stopped = 0
      const from = fault.startsWith('pwrite64') ? [3, 20, 57, 130, 211, 350, 500] : [1, 2, 5, 9, 14, 33, 60]
      for (const when of from) {
        const store = join(dir, `${name.replaceAll(/\W/g, '-')}-${when}`)
        mkdirSync(store)
        const path = join(store, STORE_NAME)
        const calls = fault.split(':')[0]
        const strace = ['-o', '/dev/null', '-e', `trace=${calls}`, '-e', 'signal=none']
        const inject = ['-e', `inject=${fault}:when=${when}${onwards}`]
        const { lines } = runChild(path, 1000, OPTIONS, [...strace, ...inject])
        const told = reading(lines)
        if (told.ended.length === 0) {
          stopped++
          expect(told.stopped, lines.join('\n')).toHaveLength(1)
          expect(told.stopped[0]).toContain(why)
          expect(told.wentOn).toBe(false)
          expect(told.late).toEqual([])
          // A store that could not even be made has no later calls to refuse.
          if (lines[0].startsWith('opened')) {
            expect(told.refused).toHaveLength(3)
            for (const line of told.refused) expect(line).toBe(told.stopped[0].replace('stopped', 'refused'))
          }
        }
        expect(reopen(path, reference, told.acknowledged).transactions).toBeGreaterThanOrEqual(
          told.acknowledged,
        )
      }
      expect(stopped).toBeGreaterThan(from.length / 2)
    },
  )

  const SMALL = join(dir, 'small')
  const canMount = (): boolean => {
    mkdirSync(SMALL)
    return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'vpp-test', SMALL]).status === 0
  }
  test.skipIf(process.getuid?.() !== 0 || !canMount())(
    'a full disk: stops; reopens while it is full, goes on when there is room',
    () => {
      try {
        const path = join(SMALL, STORE_NAME)
        const durable = new DurableLedger(path, { operationsPerBlock: 20 })
        let acknowledged = 0
        const fill = () => {
          for (let number = 1; number <= 50_000; number++) {
            durable.submit(reference.trace.transaction(number))
            if (number % 10 !== 0) continue
            durable.commit()
            acknowledged = number
          }
        }
        expect(fill).toThrow(/full/)
        expect(() => durable.submit(reference.trace.transaction(1))).toThrow(/full/)
        expect(acknowledged).toBeGreaterThan(100)
        durable.close()
        const full = new DurableLedger(path)
        expect(full.ledger.transactions).toBeGreaterThanOrEqual(acknowledged)
        expect(full.ledger.stateHash()).toBe(reference.stateAfter(full.ledger.transactions))
        full.submit(reference.trace.transaction(full.ledger.transactions + 1))
        expect(() => full.commit()).toThrow(/full/)
        full.close()
        expect(spawnSync('mount', ['-o', 'remount,size=8m', SMALL]).status).toBe(0)
        expect(reopen(path, reference, acknowledged).transactions).toBeGreaterThanOrEqual(acknowledged)
      } finally {
        spawnSync('umount', [SMALL])
      }
    },
  )
})
