import { decide, type Transaction } from '../../ledger/contract/decide.ts'
import { BURNED, EventBuffer, MINTED, RELEASED, SET_ASIDE } from '../../ledger/contract/events.ts'
import { OPERATIONS } from '../../ledger/contract/operations.ts'
import { LedgerView } from '../../ledger/contract/view.ts'
import { LocalLedger } from '../../ledger/local/ledger.ts'
import { bareTypedArrays, mapOfObjects } from './bare.ts'
import { Copier } from './copies.ts'
import { defaultYear } from './year.ts'

export const COPIES = 73
/** Days of the year of which the copies are made: all of them would not fit into memory. */
export const COPIED_DAYS = 5
const BARE_OPERATIONS = 4_000_000
const MAP_OPERATIONS = 500_000

/** What is measured, in its own process each; `small` is the default year, `large` its first days for 73 communities. */
export const ROWS = [
  'bare typed arrays, chain',
  'Map of objects and BigInt, chain',
  'in-process ledger, small',
  'in-process ledger, large',
  'decide alone, small',
  'decide alone, large',
  'reading alone, small',
] as const
export type RowName = (typeof ROWS)[number]

/** One row's work, ready to be done again and again. */
export interface Work {
  readonly operations: number
  readonly transactions: number
  /** Mints, burns, set-asides and releases of parts of lots, and trades; null where none are counted. */
  readonly lotEvents: number | null
  readonly homes: number
  readonly batteries: number
  readonly head: string
  readonly stateHash: string
  readonly once: () => void
}

/** Kept, so that what reads is not dropped by the compiler. */
let nothing = 0

export function workOf(name: RowName): Work {
  const none = { transactions: 0, lotEvents: null, homes: 0, batteries: 0, head: '', stateHash: '' }
  if (name.startsWith('bare'))
    return { ...none, operations: BARE_OPERATIONS, once: () => bareTypedArrays(BARE_OPERATIONS) }
  if (name.startsWith('Map'))
    return { ...none, operations: MAP_OPERATIONS, once: () => mapOfObjects(MAP_OPERATIONS) }
  const isYear = name.endsWith('small')
  const year = defaultYear(isYear ? undefined : COPIED_DAYS)
  const { homes, batteries, head, stateHash } = year
  const transactions = packed(isYear ? year.transactions : copies(year))
  const operations = transactions.reduce((sum, one) => sum + one.operations, 0)
  const about = { operations, transactions: transactions.length, homes, batteries, head, stateHash }
  if (name.startsWith('decide')) return { ...about, lotEvents: null, once: () => decided(transactions) }
  if (name.startsWith('reading')) return { ...about, lotEvents: null, once: () => read(transactions) }
  const ledger = replayed(transactions)
  if (isYear && (ledger.head !== head || ledger.stateHash() !== stateHash))
    throw new Error('the replay is not the year')
  return { ...about, lotEvents: lotEventsOf(transactions), once: () => void replayed(transactions) }
}

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

/** The year's first days for `COPIES` communities in one ledger, each transaction one of them all. */
function copies({ transactions, homes }: ReturnType<typeof defaultYear>): Transaction[] {
  const copier = new Copier(homes, COPIES)
  return transactions.map((transaction) => {
    const copy = copier.copy(transaction)
    return { ...copy, words: copy.words.slice() }
  })
}

function replayed(transactions: readonly Transaction[]): LocalLedger {
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

function read(transactions: readonly Transaction[]): void {
  for (const { words } of transactions) for (let at = 0; at < words.length; at++) nothing ^= words[at]
  if (nothing === Number.MIN_SAFE_INTEGER) process.stdout.write('')
}

function lotEventsOf(transactions: readonly Transaction[]): number {
  const view = new LedgerView()
  let count = 0
  for (const transaction of transactions) {
    const events = decide(view, transaction)
    view.commit()
    if (!(events instanceof EventBuffer)) throw new Error('refused')
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
