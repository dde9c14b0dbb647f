import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Transaction } from '../../contract/decide.ts'
import { encodeBatch } from '../chaincode/wire.ts'
import { MirroredLedger } from '../../../sim/fabric-run.ts'
import { runGallery } from '../../../sim/testing.ts'

/** A run's transactions, as the in-process ledger took them, and the state that they leave. */
export interface Recorded {
  readonly transactions: readonly Transaction[]
  readonly stateHash: string
  /** The same transactions in a file, for another process. */
  readonly file: string
}

/** Runs a scenario of the gallery in this process. */
export function recordedDays(scenario: string, days: number): Promise<Recorded> {
  const dir = mkdtempSync(join(tmpdir(), 'vpp-recorded-'))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  const transactions: Transaction[] = []
  const { engine } = runGallery(scenario, days, {
    newLedger: (options) => new MirroredLedger(options),
  })
  transactions.push(...(engine.ledger as MirroredLedger).take())
  const file = join(dir, 'transactions')
  writeFileSync(file, encodeBatch(transactions))
  return Promise.resolve({ transactions, stateHash: engine.ledger.stateHash(), file })
}
