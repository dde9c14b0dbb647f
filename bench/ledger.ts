/**
 * How fast is the ledger in memory, on one core? The transactions of the default year
 * (`first-neighborhood`), as its agents sent them, and the same from 73 such communities in one ledger,
 * beside two bounds: bare typed arrays, and a Map of objects; all in one process, round by round. Writes
 * ledger.md beside this file: `npm run bench:ledger`.
 *
 * Seconds are processor time of the whole process (its garbage collector and compiler too), because the
 * machine may be busy with other work. Agents write a transaction just before they submit it; here all stand
 * one after the other in one piece of memory, and each is read from there, in no cache when its turn comes.
 */
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { decide, type Transaction } from '../ledger/contract/decide.ts'
import { BURNED, EventBuffer, MINTED, RELEASED, SET_ASIDE } from '../ledger/contract/events.ts'
import { OPERATIONS } from '../ledger/contract/operations.ts'
import { LedgerView } from '../ledger/contract/view.ts'
import { inlineRules } from '../ledger/local/inlining.ts'
import { LocalLedger } from '../ledger/local/ledger.ts'
import { bareTypedArrays, mapOfObjects } from './ledger/bare.ts'
import { best, cpuSeconds, median } from './ledger/clock.ts'
import { Copier } from './ledger/copies.ts'
import { defaultYear } from './ledger/year.ts'

const ROUNDS = 5
const COPIES = 73
/** Days of the year of which the copies are made: all of them would not fit into memory. */
const COPIED_DAYS = 5
const BARE_OPERATIONS = 4_000_000
const MAP_OPERATIONS = 500_000

inlineRules()
const year = defaultYear()
const yearly = packed(year.transactions)
const copied = packed(copies())

/** The same transactions with their words in one piece of memory, in their order. */
function packed(transactions: readonly Transaction[]): Transaction[] {
  const all = new Int32Array(transactions.reduce((sum, { words }) => sum + words.length, 0))
  let at = 0
  return transactions.map((transaction) => {
    const words = all.subarray(at, at + transaction.words.length)
    words.set(transaction.words)
    at += words.length
    return { ...transaction, words }
  })
}

/** The first days of the year for `COPIES` communities in one ledger, each transaction one of them all. */
function copies(): Transaction[] {
  const { transactions, homes } = defaultYear(COPIED_DAYS)
  const copier = new Copier(homes, COPIES)
  return transactions.map((transaction) => {
    const copy = copier.copy(transaction)
    return { ...copy, words: copy.words.slice() }
  })
}

const operationsOf = (transactions: readonly Transaction[]): number =>
  transactions.reduce((sum, { operations }) => sum + operations, 0)

function ledgerOf(transactions: readonly Transaction[]): LocalLedger {
  const ledger = new LocalLedger()
  for (const transaction of transactions) {
    const answer = ledger.submit(transaction)
    if ('code' in answer) throw new Error(`refused: ${JSON.stringify(answer)}`)
  }
  ledger.seal()
  return ledger
}

function decided(transactions: readonly Transaction[]): void {
  const view = new LedgerView()
  for (const transaction of transactions) {
    const answer = decide(view, transaction)
    if (!(answer instanceof EventBuffer)) throw new Error(`refused: ${JSON.stringify(answer)}`)
    view.commit()
  }
}

/** Mints, burns, set-asides and releases of parts of lots, and trades. */
function lotEventsOf(transactions: readonly Transaction[]): number {
  const ledger = new LocalLedger()
  const { events } = ledger.view
  let count = 0
  for (const transaction of transactions) {
    ledger.submit(transaction)
    for (let at = 0; at < events.length; at++) {
      if ([MINTED, BURNED, SET_ASIDE, RELEASED].includes(events.type(at))) count++
    }
    const { words } = transaction
    for (let at = 0; at < words.length; at += words[at] >>> 8) {
      if ((words[at] & 0xff) === OPERATIONS.trade.code) count++
    }
  }
  return count
}

interface Row {
  readonly name: string
  readonly work: () => void
  readonly operations: number
  readonly lotEvents?: number
  readonly seconds: number[]
}
const yearOperations = operationsOf(yearly)
const copiedOperations = operationsOf(copied)
const yearEvents = lotEventsOf(yearly)
const copiedEvents = lotEventsOf(copied)
const small = `${(yearOperations / year.transactions.length).toFixed(0)} operations a transaction`
const large = `${(copiedOperations / copied.length).toFixed(0)} operations a transaction`
/** Kept, so that what reads is not dropped by the compiler. */
let nothing = 0

const row = (name: string, operations: number, work: () => void, lotEvents?: number): Row => ({
  name,
  operations,
  work,
  seconds: [],
  ...(lotEvents === undefined ? {} : { lotEvents }),
})
const rows: Row[] = [
  row('bare typed arrays, chain', BARE_OPERATIONS, () => bareTypedArrays(BARE_OPERATIONS)),
  row('Map of objects and BigInt, chain', MAP_OPERATIONS, () => mapOfObjects(MAP_OPERATIONS)),
  row(`in-process ledger, ${small}`, yearOperations, () => ledgerOf(yearly), yearEvents),
  row(`in-process ledger, ${large}`, copiedOperations, () => ledgerOf(copied), copiedEvents),
  row(`decide alone, ${small}`, yearOperations, () => decided(yearly)),
  row(`decide alone, ${large}`, copiedOperations, () => decided(copied)),
  row(`reading alone, ${small}`, yearOperations, () => {
    for (const { words } of yearly) for (let at = 0; at < words.length; at++) nothing ^= words[at]
  }),
]

const replayed = ledgerOf(yearly)
if (replayed.head !== year.head || replayed.stateHash() !== year.stateHash) {
  throw new Error('the replay is not the year')
}
for (let round = 0; round <= ROUNDS; round++) {
  for (const { work, seconds } of rows) {
    const taken = cpuSeconds(work)
    // The first round warms up.
    if (round > 0) seconds.push(taken)
  }
}

const millions = (count: number, seconds: number): string => (count / seconds / 1e6).toFixed(2)
const lines = rows.map(({ name, operations, lotEvents, seconds }) =>
  [
    '',
    name,
    millions(operations, best(seconds)),
    millions(operations, median(seconds)),
    ((best(seconds) / operations) * 1e9).toFixed(0),
    lotEvents === undefined
      ? ''
      : `${millions(lotEvents, best(seconds))} (${millions(lotEvents, median(seconds))})`,
    '',
  ]
    .join(' | ')
    .trim(),
)
const text = `# The ledger in memory: speed

The default year (\`first-neighborhood\`, ${year.homes} homes, ${year.batteries} with a battery): ${year.transactions.length.toLocaleString('en-US')} transactions, ${yearOperations.toLocaleString('en-US')} operations,
${yearEvents.toLocaleString('en-US')} lot events. Large transactions: its first ${COPIED_DAYS} days for ${COPIES} copies of the community in one ledger, ${COPIES * year.homes} homes,
${copied.length.toLocaleString('en-US')} transactions, ${copiedOperations.toLocaleString('en-US')} operations. One thread, ${ROUNDS} rounds one after the other in one process, processor time.
${cpus()[0].model.trim()}, ${availableParallelism()} shared cores, Node ${process.version}, V8 ${process.versions.v8}, ${process.platform}. Written by \`bench/ledger.ts\` (\`npm run bench:ledger\`).

| what | million operations/s, best | median | ns an operation | million lot events/s, best (median) |
|---|---|---|---|---|
${lines.join('\n')}

An operation is one of the contract's (mint, exchange, offer, trade, burn, close …), with roles, ownership, versions, roll back,
events, running totals, idempotency, Merkle leaves and hash chain. A lot event is a mint, burn, set-aside or release of a part of a
lot, or a trade; operations make none (readings, offers), one, or several (an exchange makes a mint and two burns). "Bare" is one transfer
between two of 4,096 balances with a 40-byte record; both bounds hash blocks of 1,000 records. The transactions
stand in memory one after the other and are read from there: "reading alone" is a loop over their words. Head and state hash of the
replayed year are those of the simulation: \`${year.head.slice(0, 16)}…\`, \`${year.stateHash.slice(0, 16)}…\`.
`
process.stdout.write(text)
writeFileSync(join(import.meta.dirname, 'ledger.md'), text)
if (nothing === Number.MIN_SAFE_INTEGER) process.stdout.write('')
