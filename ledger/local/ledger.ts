import { decide, type Transaction } from '../contract/decide.ts'
import { EventBuffer } from '../contract/events.ts'
import type { Refusal } from '../contract/refusal.ts'
import { stateWords } from '../contract/state-words.ts'
import { LedgerView } from '../contract/view.ts'
import { writeI64 } from '../contract/words.ts'
import { HASH_BYTES, HEADER_WORDS, RECORD_WORDS, sealHeader, sha256, TRANSACTION_MAGIC } from './block.ts'
import { ClientWindow, type Receipt } from './client-window.ts'
import { Totals } from './totals.ts'

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
  #head: Buffer = Buffer.alloc(HASH_BYTES)
  readonly #perBlock: number
  readonly #sink: BlockSink | undefined
  readonly #clients = new Map<number, ClientWindow>()
  #block = new Int32Array(1 << 16)
  #at = HEADER_WORDS
  #leaves: Buffer[] = []
  #blockOperations = 0

  constructor({ operationsPerBlock = 1000, sink }: LedgerOptions = {}) {
    this.#perBlock = operationsPerBlock
    this.#sink = sink
  }

  /** Hash of the last sealed block, hexadecimal; zeros before the first. */
  get head(): string {
    return this.#head.toString('hex')
  }

  /** One hash over accounts, assets and living lots, hexadecimal; see `stateWords`. */
  stateHash(): string {
    const words = stateWords(this.view)
    return sha256(new Uint8Array(words.buffer, words.byteOffset, words.byteLength)).toString('hex')
  }

  /**
   * Decides a transaction and, when it is accepted, applies it. The same id with the same body gives
   * the same receipt and has no second effect. The events stay in `view.events` until the next call.
   */
  submit(transaction: Transaction): Receipt | Refusal {
    const { client, sequence, operations } = transaction
    if (!Number.isSafeInteger(sequence) || sequence < 1) {
      return { code: 'malformed', operation: 0, subject: `client ${client}`, asked: sequence, had: 1 }
    }
    const record = this.#record(transaction)
    const digest = sha256(new Uint8Array(this.#block.buffer, this.#at * 4, record * 4))
    let window = this.#clients.get(client)
    const known = window?.look(sequence, digest) ?? null
    if (known !== null) {
      if (typeof known !== 'string') return known
      return { code: known, operation: 0, subject: `client ${client}`, asked: sequence, had: 0 }
    }
    const decided = decide(this.view, transaction)
    if (!(decided instanceof EventBuffer)) return decided
    this.view.commit()
    this.totals.add(decided)
    const receipt = { block: this.blocks + 1, position: this.#leaves.length }
    if (window === undefined) {
      window = new ClientWindow()
      this.#clients.set(client, window)
    }
    window.remember(sequence, digest, receipt)
    this.#leaves.push(digest)
    this.#at += record
    this.#blockOperations += operations
    this.transactions++
    this.operations += operations
    if (this.#blockOperations >= this.#perBlock) this.seal()
    return receipt
  }

  /** Writes the record behind what the block holds, without counting it yet; returns its words. */
  #record({ client, sequence, words, operations }: Transaction): number {
    const length = RECORD_WORDS + words.length
    if (this.#at + length > this.#block.length) {
      const grown = new Int32Array(Math.max(this.#at + length, this.#block.length * 2))
      grown.set(this.#block.subarray(0, this.#at))
      this.#block = grown
    }
    const block = this.#block
    const at = this.#at
    block[at] = TRANSACTION_MAGIC
    block[at + 1] = length
    block[at + 2] = client
    writeI64(block, at + 3, sequence)
    block[at + 5] = operations
    block.set(words, at + RECORD_WORDS)
    return length
  }

  /** Ends the block at hand, if it holds anything. */
  seal(): void {
    if (this.#leaves.length === 0) return
    this.blocks++
    this.#head = sealHeader(
      this.#block,
      {
        number: this.blocks,
        transactions: this.#leaves.length,
        operations: this.#blockOperations,
        payloadBytes: (this.#at - HEADER_WORDS) * 4,
      },
      this.#head,
      this.#leaves,
    )
    this.#sink?.(new Uint8Array(this.#block.buffer, 0, this.#at * 4))
    this.#at = HEADER_WORDS
    this.#leaves = []
    this.#blockOperations = 0
  }
}
