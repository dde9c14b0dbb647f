import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { TransactionWriter } from '../../ledger/contract/writer.ts'
import { LocalLedger } from '../../ledger/local/ledger.ts'
import { JournalWriter } from '../../ledger/local/journal.ts'
import { verifyJournal } from '../../ledger/audit/verify.ts'
import { batteriesOf, openAccounts, ORACLE_ACCOUNT, solarOf } from '../accounts.ts'
import { runGallery, temporaryFolder, tokensOf } from '../testing.ts'
import { OwnLedger, type TokenLedger } from '../token-ledger.ts'
import { PipedLedger } from './piped-ledger.ts'
import { newTold } from '../invariants.ts'

const DAYS = 5
const NOTHING = newTold()
const dir = temporaryFolder()
const { engine, result, series } = runGallery('first-neighborhood', DAYS)
const { area, scenario } = engine
const batteries = batteriesOf(area)

test('the same run, its ledger in another thread: the same result, series and journal', async () => {
  const journal = new JournalWriter(join(dir, 'own.journal'))
  runGallery('first-neighborhood', DAYS, { sink: (block) => journal.append(block) })
  journal.close()
  const path = join(dir, 'piped.journal')
  const tokens = new PipedLedger(batteries, { journal: path, store: join(dir, 'piped.sqlite') })
  const piped = runGallery('first-neighborhood', DAYS, { tokens })
  expect(piped.result).toEqual(result)
  expect(piped.series).toEqual(series)
  expect(readFileSync(path)).toEqual(readFileSync(join(dir, 'own.journal')))
  expect(verifyJournal(path).stateHash).toBe(tokensOf(result).ledger.stateHash)
  await tokens.close()
})

/** What a ledger throws at a transaction that the contract refuses, an interval later at the latest. */
function refusalOf(tokens: TokenLedger): string {
  openAccounts(tokens, area, scenario)
  const writer = new TransactionWriter()
  writer.mint(ORACLE_ACCOUNT, solarOf(0), 5, 0, 999_999_999)
  try {
    tokens.submit(writer.transaction(ORACLE_ACCOUNT, 1))
    tokens.finish()
  } catch (cause) {
    return (cause as Error).message
  }
  return 'nothing'
}

test('a refusal ends the run in the same words', async () => {
  const piped = new PipedLedger(batteries, { journal: null, store: null })
  const own = refusalOf(new OwnLedger(new LocalLedger(), batteries))
  expect(own).toMatch(/^internal: the ledger refused: .*exceeds-nameplate/)
  expect(refusalOf(piped)).toBe(own)
  await piped.close()
})

test('books that are not the ledger’s end the run, and so does a file that is there already', async () => {
  for (const wrong of Object.keys(NOTHING)) {
    const own = new OwnLedger(new LocalLedger(), batteries)
    openAccounts(own, area, scenario)
    own.interval(NOTHING)
    expect(() => own.interval({ ...NOTHING, [wrong]: 7 })).toThrow(/^internal: .*(?:differs|outlived)/)
  }
  const piped = new PipedLedger(batteries, { journal: null, store: null })
  openAccounts(piped, area, scenario)
  piped.interval({ ...NOTHING, exported: 7 })
  expect(() => piped.finish()).toThrow('Tgen exported differs from the meters')
  await piped.close()
  const twice = new PipedLedger(batteries, { journal: join(dir, 'piped.journal'), store: null })
  expect(() => twice.finish()).toThrow(/^EEXIST/)
  await twice.close()
})

test('a transaction longer than the ring is one transaction', async () => {
  const writer = new TransactionWriter()
  for (let operation = 0; operation < 60_000; operation++)
    writer.reading(ORACLE_ACCOUNT, 4, 5 * operation, 0, operation)
  const submit = (tokens: TokenLedger) => {
    openAccounts(tokens, area, scenario)
    tokens.submit(writer.transaction(ORACLE_ACCOUNT, 1))
    return tokens.finish()
  }
  const piped = new PipedLedger(batteries, { journal: null, store: null })
  const end = submit(piped)
  expect(end).toEqual(submit(new OwnLedger(new LocalLedger(), batteries)))
  expect(end.operations).toBeGreaterThan(60_000)
  await piped.close()
})
