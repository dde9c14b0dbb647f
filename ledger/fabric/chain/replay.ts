import {
  ACCOUNT,
  ACCOUNT_CREDIT_VERSION,
  ACCOUNT_VERSION,
  ASSET,
  ASSET_VERSION,
  PLATFORM_VERSION,
} from '../../contract/columns.ts'
import type { Transaction } from '../../contract/decide.ts'
import { LocalLedger } from '../../local/ledger.ts'
import type { Read } from '../../local/versions.ts'
import { Keys, type LedgerName } from '../chaincode/keys.ts'
import { type Answer, decodeBatch, type Reply } from '../chaincode/wire.ts'
import type { Invocation, Version } from './block.ts'

const VALID = 0
const MVCC_READ_CONFLICT = 11
const PHANTOM_READ_CONFLICT = 12

/** What a replay of the chain found. */
export interface Replayed {
  readonly ledger: LocalLedger
  /** Transactions in the chain, and operations in them. */
  transactions: number
  operations: number
  /** How often each answer was given; `mvcc-conflict` as the network found it. */
  readonly codes: Record<string, number>
  /** Conflicts over a transaction's own number, which the in-process ledger cannot have: there nothing is in flight. */
  numberConflicts: number
  /** Where the in-process ledger answered otherwise; empty is what is wanted. */
  readonly differences: string[]
}

/**
 * Gives a ledger's transactions to the in-process ledger in the order of the chain, each with what it had read
 * by the chain's own record, and compares every answer. A page of rows that was read stands for each of its
 * rows as it was when the page was last written.
 */
export class ChainReplay {
  readonly #name: LedgerName
  readonly #keys: Keys
  readonly result: Replayed = {
    ledger: new LocalLedger(),
    transactions: 0,
    operations: 0,
    codes: {},
    numberConflicts: 0,
    differences: [],
  }
  /** By key: who last wrote it. */
  readonly #writers = new Map<string, Version>()
  /** By writer: how many transactions the in-process ledger had then. */
  readonly #counts = new Map<Version, number>([[null, 0]])
  /** By row: the versions that it has had. */
  readonly #versions = new Map<string, number[]>()
  /** By account: the rows of its credit as they came and went, with the version of the credit then. */
  readonly #credits = new Map<number, { rows: string; version: number }[]>()
  readonly #creditRows = new Map<number, Set<string>>()

  constructor(name: LedgerName) {
    this.#name = name
    this.#keys = new Keys(name)
  }

  /** Takes the next invocation of the chain; those of other ledgers are passed over. */
  take(invocation: Invocation): void {
    const [name, ledger, batch] = invocation.args
    if (textOf(name) !== 'submit' || textOf(ledger) !== this.#name.text) return
    const transactions = decodeBatch(batch)
    if (typeof transactions === 'string') return
    const { answers } = JSON.parse(textOf(invocation.response)) as Reply
    const version: Version = `${invocation.block}/${BigInt(invocation.place)}`
    if (this.#isNumberConflict(invocation)) {
      this.result.numberConflicts++
      if (invocation.code !== MVCC_READ_CONFLICT)
        this.#differ(invocation, 'mvcc-conflict', String(invocation.code))
      return
    }
    const conflict = [MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT].includes(invocation.code)
    const reads = this.#readsOf(invocation)
    for (const [at, transaction] of transactions.entries()) {
      const told = conflict ? 'mvcc-conflict' : codeOf(answers[at])
      this.#one(invocation, transaction, told, at === 0 ? reads : undefined)
      // Of a batch that lost its race nothing has happened: one refusal stands for all.
      if (conflict) break
    }
    if (invocation.code === VALID) this.#remember(invocation, version)
  }

  #one(
    invocation: Invocation,
    transaction: Transaction,
    told: string,
    reads: readonly Read[] | undefined,
  ): void {
    const { result } = this
    result.transactions++
    result.operations += transaction.operations
    result.codes[told] = (result.codes[told] ?? 0) + 1
    // Whose certificate it was is not for the in-process ledger to know.
    if (told === 'not-authorised') return
    const answer = result.ledger.submit(transaction, reads)
    const code = 'code' in answer ? answer.code : 'ok'
    if (code !== told) this.#differ(invocation, told, code)
  }

  #differ({ block, place }: Invocation, told: string, code: string): void {
    this.result.differences.push(`block ${block}, ${place}: the network says ${told}, in process ${code}`)
  }

  /** Is a key that only the network has (a client's numbers, its certificate) no longer as it was read? */
  #isNumberConflict({ access }: Invocation): boolean {
    const own = new RegExp(`^${this.#name.text}/[kie]/`)
    return access.reads.some(
      ({ key, version }) => own.test(key) && (this.#writers.get(key) ?? null) !== version,
    )
  }

  /** The reads of an invocation in the words of the in-process ledger. */
  #readsOf({ access }: Invocation): Read[] {
    const reads: Read[] = []
    for (const { key, version } of access.reads) {
      const [kind, number] = key.slice(this.#name.text.length + 1).split('/')
      const count = this.#counts.get(version) as number
      if (kind === 'p') reads.push({ key: 'platform', id: 0, version: this.#versionAt('platform/0', count) })
      if (kind !== 'a' && kind !== 's') continue
      const row = kind === 'a' ? 'account' : 'asset'
      const first = Number(number) * this.#keys.rowsPerKey
      for (let id = Math.max(1, first); id < first + this.#keys.rowsPerKey; id++) {
        reads.push({ key: row, id, version: this.#versionAt(`${row}/${id}`, count) })
      }
    }
    for (const { first, keys } of access.ranges) {
      const id = Number(first.split('/').at(-2))
      const seen = this.#credits.get(id) ?? []
      const rows = [...keys].toSorted().join(' ')
      const then = seen.findLast((entry) => entry.rows === rows) ?? { version: 0 }
      reads.push({ key: 'credit', id, version: then.version })
    }
    return reads
  }

  #versionAt(row: string, count: number): number {
    return this.#versions.get(row)?.findLast((version) => version <= count) ?? 0
  }

  /** Notes what a valid invocation wrote, by the chain and in process. */
  #remember({ access }: Invocation, version: Version): void {
    const { view, transactions } = this.result.ledger
    this.#counts.set(version, transactions)
    const note = (row: string, at: number) => {
      const versions = this.#versions.get(row) ?? []
      if (versions.at(-1) !== at) this.#versions.set(row, [...versions, at])
    }
    for (const { key, removed } of access.writes) {
      this.#writers.set(key, version)
      const [kind, number] = key.slice(this.#name.text.length + 1).split('/')
      if (kind === 'c') this.#noteCredit(Number(number), key, removed)
    }
    for (const id of view.accountNumbers())
      note(`account/${id}`, view.accounts[id * ACCOUNT + ACCOUNT_VERSION])
    for (const id of view.assetNumbers()) note(`asset/${id}`, view.assets[id * ASSET + ASSET_VERSION])
    note('platform/0', view.platform[PLATFORM_VERSION])
  }

  #noteCredit(account: number, key: string, removed: boolean): void {
    const rows = this.#creditRows.get(account) ?? new Set()
    this.#creditRows.set(account, rows)
    if (removed) rows.delete(key)
    else rows.add(key)
    const seen = this.#credits.get(account) ?? []
    const version = this.result.ledger.view.accounts[account * ACCOUNT + ACCOUNT_CREDIT_VERSION]
    this.#credits.set(account, [...seen.slice(-64), { rows: [...rows].toSorted().join(' '), version }])
  }
}

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8')
const codeOf = (answer: Answer): string => ('ok' in answer ? 'ok' : answer.refused.code)
