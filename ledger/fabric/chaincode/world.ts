import {
  ACCOUNT,
  ACCOUNT_CREDIT,
  ACCOUNT_CREDIT_VERSION,
  ACCOUNT_ROLE,
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
import {
  readAccount,
  readAsset,
  readPlatform,
  writeAccount,
  writeAsset,
  writePlatform,
} from '../../contract/state-values.ts'
import { LedgerView } from '../../contract/view.ts'
import { WordReader, WordWriter } from '../../contract/word-stream.ts'
import { readI64 } from '../../contract/words.ts'
import type { Keys } from './keys.ts'

/** The committed state, as a chaincode (or whoever runs its code elsewhere) reads it. */
export interface StateReader {
  /** Empty where there is nothing. */
  get(key: string): Promise<Uint8Array>
  /** All from `first` up to, not with, `end`, in the order of the keys. */
  range(first: string, end: string): Promise<readonly (readonly [string, Uint8Array])[]>
}

/** New values by key; null removes. */
export type Writes = Map<string, Uint8Array | null>

export const wordsOf = (bytes: Uint8Array): Int32Array => new Int32Array(new Uint8Array(bytes).buffer)
export const bytesOf = (value: number): Uint8Array => {
  const out = new WordWriter()
  out.i64(value)
  return out.bytes.slice()
}

/**
 * The part of a ledger's state that transactions read, in a view of the contract: its own overlay, since
 * Fabric answers a read with the committed value whatever was written before.
 */
export class World {
  readonly view = new LedgerView()
  readonly #keys: Keys
  readonly #state: StateReader
  readonly #accounts = new Set<number>()
  readonly #assets = new Set<number>()
  /** By account: keys of the rows that its credit is the sum of. */
  readonly #credits = new Map<number, string[]>()
  #platform = false

  constructor(keys: Keys, state: StateReader) {
    this.#keys = keys
    this.#state = state
  }

  /** Fetches what a read set names and is not here yet, all at once; false when nothing was missing. */
  async need({ accounts, assets, credits, platform }: ReadSet): Promise<boolean> {
    const state = this.#state
    const keys = this.#keys
    const fetches: Promise<() => void>[] = []
    const fetch = (key: string, take: (bytes: Uint8Array) => void) =>
      fetches.push(state.get(key).then((bytes) => () => take(bytes)))
    for (const page of missing(accounts, keys, this.#accounts)) {
      fetch(keys.accounts(page), (bytes) => this.#takeAccounts(bytes))
    }
    for (const page of missing(assets, keys, this.#assets)) {
      fetch(keys.assets(page), (bytes) => this.#takeAssets(bytes))
    }
    if (platform && !this.#platform) {
      this.#platform = true
      fetch(keys.platform(), (bytes) => this.#takePlatform(bytes))
    }
    for (const account of credits) {
      if (this.#credits.has(account)) continue
      this.#credits.set(account, [])
      const rows = state.range(...keys.range('c', account))
      fetches.push(rows.then((found) => () => this.#takeCredits(account, found)))
    }
    if (fetches.length === 0) return false
    for (const take of await Promise.all(fetches)) take()
    // What was read in is the state as it stands: nothing to undo, nothing that changed.
    this.view.commit()
    return true
  }

  #takeAccounts(bytes: Uint8Array): void {
    const { view } = this
    const reader = new WordReader(wordsOf(bytes))
    while (!reader.ended) {
      const account = reader.peekI64()
      view.reserve(0, account, 0)
      // An earlier transaction of the batch may have paid an account that nobody had read.
      const credit = view.accounts[account * ACCOUNT + ACCOUNT_CREDIT]
      readAccount(view, reader)
      view.accounts[account * ACCOUNT + ACCOUNT_CREDIT] = credit
    }
  }

  #takeAssets(bytes: Uint8Array): void {
    const { view } = this
    const reader = new WordReader(wordsOf(bytes))
    // Whoever is paid without being read needs a row to be paid into.
    let highest = 0
    while (!reader.ended) {
      const asset = readAsset(view, reader)
      highest = Math.max(highest, view.asset(asset, ASSET_OWNER))
      for (const lot of view.lotsOf(asset)) highest = Math.max(highest, view.lots[lot + LOT_OWNER])
      view.assets[asset * ASSET + ASSET_VERSION] = 0
    }
    view.reserve(0, highest, 0)
  }

  #takePlatform(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    readPlatform(this.view, new WordReader(wordsOf(bytes)))
    this.view.reserve(0, this.view.platform[PLATFORM_OPERATOR], 0)
  }

  #takeCredits(account: number, rows: readonly (readonly [string, Uint8Array])[]): void {
    this.view.reserve(0, account, 0)
    for (const [, bytes] of rows) {
      this.view.accounts[account * ACCOUNT + ACCOUNT_CREDIT] += readI64(wordsOf(bytes), 0)
    }
    this.#credits.set(
      account,
      rows.map(([key]) => key),
    )
  }

  /** What the transactions changed, as new values. `transaction` names the rows of credit. */
  writes(transaction: string): Writes {
    const { view } = this
    const keys = this.#keys
    const writes: Writes = new Map()
    const out = new WordWriter()
    const value = (): Uint8Array => {
      const bytes = out.bytes.slice()
      out.clear()
      return bytes
    }
    if (view.platform[PLATFORM_VERSION] > 0) {
      writePlatform(view, out)
      writes.set(keys.platform(), value())
    }
    for (const page of changed(view.accounts, ACCOUNT, ACCOUNT_VERSION, keys)) {
      for (const account of rowsOf(view.accounts, ACCOUNT, ACCOUNT_ROLE, keys, page)) {
        const credit = view.accounts[account * ACCOUNT + ACCOUNT_CREDIT]
        view.accounts[account * ACCOUNT + ACCOUNT_CREDIT] = 0
        writeAccount(view, account, out)
        view.accounts[account * ACCOUNT + ACCOUNT_CREDIT] = credit
      }
      writes.set(keys.accounts(page), value())
    }
    for (const page of changed(view.assets, ASSET, ASSET_VERSION, keys)) {
      for (const asset of rowsOf(view.assets, ASSET, ASSET_KIND, keys, page)) writeAsset(view, asset, out)
      writes.set(keys.assets(page), value())
    }
    this.#writeCredits(transaction, writes)
    return writes
  }

  #writeCredits(transaction: string, writes: Writes): void {
    const { accounts } = this.view
    for (let at = ACCOUNT; at < accounts.length; at += ACCOUNT) {
      if (accounts[at + ACCOUNT_CREDIT_VERSION] === 0) continue
      const account = at / ACCOUNT
      // Rows that were read are folded into one; where none was read, this is one more.
      for (const row of this.#credits.get(account) ?? []) writes.set(row, null)
      const credit = accounts[at + ACCOUNT_CREDIT]
      if (credit !== 0) writes.set(this.#keys.credit(account, transaction), bytesOf(credit))
    }
  }
}

/** Pages of numbers that are not here yet; they are marked as being here. */
function missing(numbers: Iterable<number>, keys: Keys, here: Set<number>): number[] {
  const pages: number[] = []
  for (const number of numbers) {
    const page = keys.pageOf(number)
    if (number <= 0 || here.has(page)) continue
    here.add(page)
    pages.push(page)
  }
  return pages
}

/** Pages in which a row has a version: one that a transaction changed. */
function changed(table: Float64Array, width: number, version: number, keys: Keys): Set<number> {
  const pages = new Set<number>()
  for (let at = width; at < table.length; at += width) {
    if (table[at + version] > 0) pages.add(keys.pageOf(at / width))
  }
  return pages
}

/** Numbers of a page that exist. */
function* rowsOf(table: Float64Array, width: number, exists: number, keys: Keys, page: number): Generator<number> {
  const end = Math.min((page + 1) * keys.rowsPerKey, Math.floor(table.length / width))
  for (let row = Math.max(1, page * keys.rowsPerKey); row < end; row++) {
    if (table[row * width + exists] !== 0) yield row
  }
}
