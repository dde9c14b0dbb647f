import { assert } from '../../data/errors.ts'
import { decide, malformed, type Transaction } from '../contract/decide.ts'
import { EventBuffer } from '../contract/events.ts'
import { type ReadSet, readSet } from '../contract/read-set.ts'
import type { Refusal } from '../contract/refusal.ts'
import { readState, writeState } from '../contract/state-values.ts'
import { LedgerView } from '../contract/view.ts'
import { type WordReader, WordWriter } from '../contract/word-stream.ts'
import { writeI64 } from '../contract/words.ts'
import {
  HASH_BYTES,
  HEADER_WORDS,
  LEAF_WORDS,
  RECORD_WORDS,
  sealBlock,
  sha256,
  TRANSACTION_MAGIC,
} from './block.ts'
import { ClientWindow, fingerprint, type Receipt } from './client-window.ts'
import { Totals } from './totals.ts'
import { type Read, setVersions, staleRead, versionsOf } from './versions.ts'

/** Takes a finished block; the bytes are valid until it returns. */
export type BlockSink = (block: Uint8Array) => void

export interface LedgerOptions {
  /** A block is sealed when it holds at least this many operations. */
  readonly operationsPerBlock?: number
  /** Where blocks go; without one they are hashed and dropped. */
  readonly sink?: BlockSink
}

/**
 * The in-process ledger: one view, one writer, a chain of blocks. A transaction is decided by the
 * contract, applied whole or not at all, added to the running totals and to the block at hand.
 */
export class LocalLedger {
  readonly view = new LedgerView()
  readonly totals = new Totals()
  blocks = 0
  transactions = 0
  operations = 0
  #head = Buffer.alloc(HASH_BYTES)
  readonly #perBlock: number
  readonly #sink: BlockSink | undefined
  readonly #clients = new Map<number, ClientWindow>()
  #block = new Int32Array(1 << 16)
  #at = HEADER_WORDS
  #leafStart = HEADER_WORDS
  #leafEnds: number[] = []
  #blockTransactions = 0
  #blockOperations = 0

  constructor({ operationsPerBlock = 4000, sink }: LedgerOptions = {}) {
    this.#perBlock = operationsPerBlock
    this.#sink = sink
  }

  /** Hash of the last sealed block, hexadecimal; zeros before the first. */
  get head(): string {
    return this.#head.toString('hex')
  }

  /** One hash over accounts, platform, assets and living lots, hexadecimal. */
  stateHash(): string {
    const out = new WordWriter()
    writeState(this.view, out)
    return sha256(out.bytes).toString('hex')
  }

  /** What a transaction reads, as it stands now: to be handed in with it later. */
  reads(transaction: Transaction): Read[] {
    return versionsOf(this.view, this.readSet(transaction))
  }

  readSet(transaction: Transaction): ReadSet {
    return readSet(this.view, transaction)
  }

  /**
   * Decides a transaction and, when it is accepted, applies it. The same id with the same body gives
   * the same receipt and has no second effect. The events stay in `view.events` until the next call.
   *
   * @param reads what the transaction was made from; when one of it has changed since, it is refused
   */
  submit(transaction: Transaction, reads?: readonly Read[]): Receipt | Refusal {
    const { client, sequence, words, operations } = transaction
    if (!Number.isSafeInteger(sequence) || sequence < 1 || !Number.isInteger(client) || client < 0) {
      return malformed(`client ${client}`, 0, sequence, 1)
    }
    const print = fingerprint(words)
    let window = this.#clients.get(client)
    const known = window?.look(sequence, print) ?? null
    if (known !== null) {
      if (typeof known !== 'string') return known
      return { code: known, operation: 0, subject: `client ${client}`, asked: sequence, had: 0 }
    }
    const stale = reads === undefined ? null : staleRead(this.view, reads)
    if (stale !== null) return stale
    const decided = decide(this.view, transaction)
    if (!(decided instanceof EventBuffer)) return decided
    this.transactions++
    this.operations += operations
    this.view.commit()
    this.totals.add(decided)
    if (window === undefined) {
      window = new ClientWindow()
      this.#clients.set(client, window)
    }
    const block = this.blocks + 1
    const position = this.#blockTransactions
    window.remember(sequence, print, block, position)
    this.#append(transaction)
    if (this.#blockOperations >= this.#perBlock) this.seal()
    return { block, position }
  }

  /** Writes the transaction's record behind what the block holds. */
  #append({ client, sequence, words, operations }: Transaction): void {
    const length = RECORD_WORDS + words.length
    const at = this.#at
    if (at + length > this.#block.length) {
      const grown = new Int32Array(Math.max(at + length, this.#block.length * 2))
      grown.set(this.#block.subarray(0, at))
      this.#block = grown
    }
    const block = this.#block
    block[at] = TRANSACTION_MAGIC
    block[at + 1] = length
    block[at + 2] = client
    writeI64(block, at + 3, sequence)
    block[at + 5] = operations
    block.set(words, at + RECORD_WORDS)
    this.#at = at + length
    this.#blockTransactions++
    this.#blockOperations += operations
    if (this.#at - this.#leafStart >= LEAF_WORDS) this.#endLeaf()
  }

  #endLeaf(): void {
    this.#leafEnds.push(this.#at)
    this.#leafStart = this.#at
  }

  /** Writes the whole ledger as it stands at the end of a block. */
  write(out: WordWriter): void {
    assert(this.#blockTransactions === 0, 'a ledger is written down between two blocks')
    for (const count of [this.blocks, this.transactions, this.operations]) out.i64(count)
    out.text(this.head)
    this.totals.write(out)
    out.i64(this.#clients.size)
    for (const [client, window] of this.#clients) {
      out.i64(client)
      window.write(out)
    }
    writeState(this.view, out)
  }

  /** Reads what `write` wrote into a ledger that is new. */
  read(from: WordReader): void {
    assert(this.transactions === 0, 'only a new ledger takes up a snapshot')
    this.blocks = from.i64()
    this.transactions = from.i64()
    this.operations = from.i64()
    this.#head = Buffer.from(from.text(), 'hex')
    this.totals.read(from)
    for (let left = from.i64(); left > 0; left--) this.#clients.set(from.i64(), ClientWindow.read(from))
    readState(this.view, from)
    // When each key changed is not known any more: not after this, so that no old read passes.
    setVersions(this.view, this.transactions)
  }

  /** Ends the block at hand, if it holds anything. */
  seal(): void {
    if (this.#blockTransactions === 0) return
    if (this.#leafStart < this.#at) this.#endLeaf()
    this.blocks++
    sealBlock(
      this.#block,
      { number: this.blocks, transactions: this.#blockTransactions, operations: this.#blockOperations },
      this.#head,
      this.#leafEnds,
    )
    this.#sink?.(new Uint8Array(this.#block.buffer, 0, this.#at * 4))
    this.#at = HEADER_WORDS
    this.#leafStart = HEADER_WORDS
    this.#leafEnds = []
    this.#blockTransactions = 0
    this.#blockOperations = 0
  }
}
