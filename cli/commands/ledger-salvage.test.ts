import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DurableLedger } from '../../ledger/local/durable.ts'
import { Trace } from '../../ledger/local/testing/trace.ts'

const VPP = join(import.meta.dirname, '..', 'vpp.ts')
const dir = mkdtempSync(join(tmpdir(), 'vpp-salvage-'))
const path = join(dir, 'town.sqlite')
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const salvage = (...args: string[]) =>
  spawnSync(process.execPath, [VPP, 'ledger-salvage', ...args], { encoding: 'utf8' })

beforeAll(async () => {
  const trace = await Trace.open()
  const durable = new DurableLedger(path, { operationsPerBlock: 20 })
  for (let number = 1; number <= 200; number++) durable.submit(trace.transaction(number))
  durable.close()
})

test('a sound file is left alone, a damaged one is salvaged and kept, and it says what it did', () => {
  const whole = readFileSync(path)
  expect(salvage(path).stdout).toMatch(/opens as it is; nothing was done\n {2}\d+ blocks, 200 transactions/)
  expect(readFileSync(path).equals(whole)).toBe(true)

  truncateSync(path, whole.length - 8192)
  const damaged = readFileSync(path)
  expect(() => new DurableLedger(path)).toThrow(`\`vpp ledger-salvage ${path}\``)
  const done = salvage(path, '--json')
  const { keptAs, transactions } = JSON.parse(done.stdout) as { keptAs: string; transactions: number }
  expect(keptAs).toBe(`${path}.damaged-1`)
  expect(readFileSync(keptAs).equals(damaged)).toBe(true)
  expect(transactions).toBeGreaterThan(100)
  const durable = new DurableLedger(path)
  expect(durable.ledger.transactions).toBe(transactions)
  durable.close()
})

test('a file that is not there is named', () => {
  const { status, stderr } = salvage(join(dir, 'nowhere.sqlite'))
  expect(status).toBe(3)
  expect(stderr).toMatch(/nowhere\.sqlite {2}is not there; name the file of a ledger/)
})
