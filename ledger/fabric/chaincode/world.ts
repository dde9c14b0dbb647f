import {
  ACCOUNT,
  ACCOUNT_CREDIT,
  ACCOUNT_CREDIT_VERSION,
  ACCOUNT_VERSION,
  ASSET,
  ASSET_KIND,
  ASSET_OWNER,
  ASSET_VERSION,
  LOT_OWNER,
  PLATFORM_OPERATOR,
  PLATFORM_VERSION,
} from '../../contract/columns.ts'
import type { ReadSet } from '../../contract/read-set.ts'
import { readPlatform, writePlatform } from '../../contract/state-values.ts'
import { LedgerView } from '../../contract/view.ts'
import { MAX_ID } from '../../contract/vocabulary.ts'
import type { Keys } from './keys.ts'
import {
  packed,
  PackedReader,
  PackedWriter,
  packTexts,
  type RowTexts,
  unpacked,
  unpackTexts,
} from './packing.ts'
import { putTexts, readPage, type RowKind, textsOf, writeRow } from './pages.ts'

/** The committed state, as a chaincode (or whoever runs its code elsewhere) reads it. */
export interface StateReader {
  /** Empty where there is nothing. */
  get(key: string): Promise<Uint8Array>
  /** All from `first` up to, not with, `end`, in the order of the keys. */
  range(first: string, end: string): Promise<readonly (readonly [string, Uint8Array])[]>
}

/** New values by key; null removes. */
export type Writes = Map<string, Uint8Array | null>

/** What a transaction reads; `newAccounts` and `newAssets` are those that it makes: their texts are written. */
export interface Needs extends ReadSet {
  readonly newAccounts: Set<number>
  readonly newAssets: Set<number>
}

/** How the rows of a kind stand in the view's tables. */
const TABLES = {
  accounts: { width: ACCOUNT, version: ACCOUNT_VERSION },
  assets: { width: ASSET, version: ASSET_VERSION },
} as const

/**
 * The part of a ledger's state that transactions read, in a view of the contract: its own overlay, since
 * Fabric answers a read with the committed value whatever was written before.
 */
export class World {
  readonly view = new LedgerView()
  readonly #keys: Keys
  readonly #state: StateReader
  readonly #pages = { accounts: new Set<number>(), assets: new Set<number>() }
  /** Texts of the pages to which rows are added. */
  readonly #texts = {
    accounts: new Map<number, readonly RowTexts[]>(),
    assets: new Map<number, readonly RowTexts[]>(),
  }
  /** By account: keys of the rows that its credit is the sum of. */
  readonly #credits = new Map<number, string[]>()
  /** Accounts that may be paid without being read. */
  readonly #payable = new Set<number>()
  #platform = false

  constructor(keys: Keys, state: StateReader) {
    this.#keys = keys
    this.#state = state
  }

  /**
   * Makes the tables long enough at once: numbers may be high and few, and doubling a table copies it whole, while the
   * system gives a new one its memory only where it is touched.
   */
  #makeRoom({ accounts, assets, newAccounts, newAssets }: Needs): void {
    const highest = (...sets: Set<number>[]): number => {
      let most = 0
      for (const set of sets) for (const number of set) if (number < MAX_ID) most = Math.max(most, number)
      return most + this.#keys.rowsPerKey
    }
    this.view.makeRoom(highest(accounts, newAccounts), highest(assets, newAssets))
  }

  /** Fetches what is named and not here yet, all at once; false when nothing was missing. */
  async need(needs: Needs): Promise<boolean> {
    const state = this.#state
    const keys = this.#keys
    const fetches: Promise<() => void>[] = []
    const fetch = (key: string, take: (bytes: Uint8Array) => void) =>
      fetches.push(state.get(key).then((bytes) => () => take(bytes)))
    for (const kind of ['accounts', 'assets'] as const) {
      for (const page of missing(needs[kind], keys, this.#pages[kind])) {
        fetch(keys.rows(kind, page), (bytes) => this.#takeRows(kind, page, bytes))
      }
      const texts = this.#texts[kind]
      for (const page of missing(kind === 'accounts' ? needs.newAccounts : needs.newAssets, keys, texts)) {
        texts.set(page, [])
        fetch(keys.texts(kind, page), (bytes) => this.#takeTexts(kind, page, bytes))
      }
    }
    if (needs.platform && !this.#platform) {
      this.#platform = true
      fetch(keys.platform(), (bytes) => this.#takePlatform(bytes))
    }
    for (const account of needs.credits) {
      if (this.#credits.has(account)) continue
      this.#credits.set(account, [])
      const rows = state.range(...keys.range('c', account))
      fetches.push(rows.then((found) => () => this.#takeCredits(account, found)))
    }
    if (fetches.length === 0) return false
    this.#makeRoom(needs)
    for (const take of await Promise.all(fetches)) take()
    // What was read in is the state as it stands: nothing to undo, nothing that changed.
    this.view.commit()
    return true
  }

  #takeRows(kind: RowKind, page: number, bytes: Uint8Array): void {
    const { view } = this
    const numbers = readPage(view, kind, bytes)
    putTexts(view, kind, this.#texts[kind].get(page) ?? [])
    if (kind === 'accounts') return
    // Whoever is paid without being read needs a row to be paid into.
    let highest = 0
    for (const asset of numbers) {
      this.#payable.add(view.assetField(asset, ASSET_OWNER))
      for (const lot of view.lotsOf(asset)) this.#payable.add(view.lotWords[lot * 2 + LOT_OWNER])
      view.assets[asset * ASSET + ASSET_VERSION] = 0
    }
    for (const account of this.#payable) highest = Math.max(highest, account)
    view.reserve(0, highest, 0)
  }

  #takeTexts(kind: RowKind, page: number, bytes: Uint8Array): void {
    const rows = unpackTexts(bytes)
    this.#texts[kind].set(page, rows)
    putTexts(this.view, kind, rows)
  }

  #takePlatform(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    readPlatform(this.view, new PackedReader(bytes).words)
    const operator = this.view.platform[PLATFORM_OPERATOR]
    this.#payable.add(operator)
    this.view.reserve(0, operator, 0)
  }

  #takeCredits(account: number, rows: readonly (readonly [string, Uint8Array])[]): void {
    this.view.reserve(0, account, 0)
    for (const [, bytes] of rows) this.view.accounts[account * ACCOUNT + ACCOUNT_CREDIT] += unpacked(bytes)
    this.#credits.set(
      account,
      rows.map(([key]) => key),
    )
  }

  /** What the transactions changed, as new values. `transaction` names the rows of credit. */
  writes(transaction: string): Writes {
    const { view } = this
    const writes: Writes = new Map()
    if (view.platform[PLATFORM_VERSION] > 0) {
      const out = new PackedWriter()
      writePlatform(view, out.words)
      writes.set(this.#keys.platform(), out.take())
    }
    this.#writeRows('accounts', writes)
    this.#writeRows('assets', writes)
    this.#writeCredits(transaction, writes)
    return writes
  }

  #writeRows(kind: RowKind, writes: Writes): void {
    const { view } = this
    const keys = this.#keys
    const out = new PackedWriter()
    const { width, version } = TABLES[kind]
    for (const page of this.#pages[kind]) {
      const rows = [...rowsOf(view, kind, keys, page)]
      if (!rows.some((row) => view[kind][row * width + version] > 0)) continue
      for (const row of rows) writeRow(view, kind, row, out)
      writes.set(keys.rows(kind, page), out.take())
      const texts = this.#texts[kind].get(page)
      if (texts !== undefined && texts.length < rows.length) {
        writes.set(keys.texts(kind, page), packTexts(rows.map((row) => textsOf(view, kind, row))))
      }
    }
  }

  #writeCredits(transaction: string, writes: Writes): void {
    const { accounts } = this.view
    const paid = new Set(this.#payable)
    for (const page of this.#pages.accounts) {
      for (const row of rowsOf(this.view, 'accounts', this.#keys, page)) paid.add(row)
    }
    for (const account of paid) {
      const at = account * ACCOUNT
      if (account === 0 || accounts[at + ACCOUNT_CREDIT_VERSION] === 0) continue
      // Rows that were read are folded into one; where none was read, this is one more.
      for (const row of this.#credits.get(account) ?? []) writes.set(row, null)
      const credit = accounts[at + ACCOUNT_CREDIT]
      if (credit !== 0) writes.set(this.#keys.credit(account, transaction), packed(credit))
    }
  }
}

/** Pages of numbers that are not here yet, each once. */
function missing(numbers: Iterable<number>, keys: Keys, here: Set<number> | Map<number, unknown>): number[] {
  const pages = new Set<number>()
  for (const number of numbers) {
    const page = keys.pageOf(number)
    if (number > 0 && !here.has(page)) pages.add(page)
  }
  if (here instanceof Set) for (const page of pages) here.add(page)
  return [...pages]
}

/** Numbers of a page that exist. */
function* rowsOf(view: LedgerView, kind: RowKind, keys: Keys, page: number): Generator<number> {
  const end = Math.min((page + 1) * keys.rowsPerKey, Math.floor(view[kind].length / TABLES[kind].width))
  for (let row = Math.max(1, page * keys.rowsPerKey); row < end; row++) {
    const exists = kind === 'accounts' ? view.accountExists(row) : view.assetField(row, ASSET_KIND) !== 0
    if (exists) yield row
  }
}
