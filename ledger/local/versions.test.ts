import { beforeEach, describe, expect, test } from 'vitest'
import { ANA, ANA_PANEL, at, Neighborhood, OPERATOR, ORACLE } from '../behaviour/neighborhood.ts'
import { localLedger } from '../behaviour/local.ts'
import { ACCOUNT_CREDIT } from '../contract/columns.ts'
import type { Operation } from '../contract/operations.ts'
import type { Transaction } from '../contract/decide.ts'
import { TransactionWriter } from '../contract/writer.ts'
import { LocalLedger } from './ledger.ts'

/** Optimistic concurrency as Fabric has it: what a transaction read must still be as it was. */
describe('a transaction with its reads', () => {
  let ledger: LocalLedger
  let hood: Neighborhood
  let sequence = 0
  const made = (client: number, ...operations: Operation[]): Transaction => {
    const writer = new TransactionWriter()
    for (const operation of operations) writer.add(operation)
    return writer.transaction(client, ++sequence)
  }
  const accepted = (client: number, ...operations: Operation[]): void => {
    expect(ledger.submit(made(client, ...operations))).toHaveProperty('block')
  }

  beforeEach(async () => {
    hood = await Neighborhood.open(localLedger)
    ledger = new LocalLedger()
    accepted(OPERATOR, ...hood.opening)
    accepted(ORACLE, hood.generated(0, 1000))
  })

  test('is accepted while nothing that it read has changed', () => {
    const use = made(OPERATOR, hood.used(0, 400))
    const reads = ledger.reads(use)
    // The panel with its lots, its site, and the account that acts.
    expect(reads.map(({ key, id }) => `${key} ${id}`).toSorted()).toEqual([
      'account 10',
      'asset 1',
      'asset 3',
    ])
    expect(ledger.submit(use, reads)).toHaveProperty('block')
  })

  test('is refused when another changed the lot in between, and accepted when it is made again', () => {
    const use = made(OPERATOR, hood.used(0, 400))
    const reads = ledger.reads(use)
    accepted(OPERATOR, hood.used(0, 100))
    const before = ledger.stateHash()
    expect(ledger.submit(use, reads)).toMatchObject({ code: 'mvcc-conflict', subject: `asset ${ANA_PANEL}` })
    expect(ledger.stateHash()).toBe(before)
    expect(ledger.submit(use, ledger.reads(use))).toHaveProperty('block')
  })

  test('is not disturbed by a refused transaction, nor by money that its account receives', () => {
    const offer = made(OPERATOR, hood.offered(0, 500, 135_000))
    accepted(OPERATOR, hood.offered(0, 400, 135_000))
    const bill = made(ORACLE, hood.generated(1, 5))
    const reads = ledger.reads(bill)
    expect(ledger.submit(offer)).toMatchObject({ code: 'already-offered' })
    expect(ledger.submit(bill, reads)).toHaveProperty('block')
    const anasReads = ledger.reads(made(OPERATOR, hood.used(1, 1))).filter(({ key }) => key === 'account')
    accepted(OPERATOR, hood.bought(0, 10, 135_000))
    expect(ledger.view.accountAmount(ANA, ACCOUNT_CREDIT)).toBeGreaterThan(0)
    expect(ledger.submit(made(OPERATOR, hood.used(1, 1)), anasReads)).toHaveProperty('block')
  })

  test('a settlement reads the credits that it folds', () => {
    const bill = made(2, hood.billed(0, 0, 5))
    const reads = ledger.reads(bill)
    accepted(OPERATOR, hood.offered(0, 400, 135_000), hood.bought(0, 10, 135_000))
    expect(ledger.submit(bill, reads)).toMatchObject({ code: 'mvcc-conflict', subject: `credit ${ANA}` })
  })

  test('a repeated transaction is answered by its receipt, whatever it read', () => {
    const use = made(OPERATOR, hood.used(0, 400))
    const reads = ledger.reads(use)
    const receipt = ledger.submit(use, reads)
    expect(ledger.submit(use, reads)).toEqual(receipt)
    expect(ledger.view.findLot(ANA_PANEL, at(0), 0, 0)).toBeGreaterThanOrEqual(0)
  })
})
