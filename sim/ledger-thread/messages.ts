import type { RingMemory } from './ring.ts'

/** Kinds of records between an engine and the thread of its ledger; 0 is the ring's own. */
export const TRANSACTION = 1
/** Words of a transaction that would not fit whole: their number, then they; the transaction with its last ones follows. */
export const PART = 2
export const INTERVAL = 3
export const DAY = 4
export const FINISH = 5

/** Words before a transaction's own: client, sequence (64 bits), operations, number of its words. */
export const TRANSACTION_HEADER = 5

/** What the thread of a ledger is started with. */
export interface LedgerThreadData {
  readonly ring: RingMemory
  /** Bytes for the message of an error: their number, then UTF-8. */
  readonly error: Int32Array<SharedArrayBuffer>
  /** By home: its battery's number, or 0. */
  readonly batteries: Int32Array
  /** File for the journal; null: blocks are hashed and dropped. */
  readonly journal: string | null
  /** SQLite file of a durable ledger; null: none. */
  readonly store: string | null
}

const ERROR_WORDS = 1 << 14
export const errorMemory = (): Int32Array<SharedArrayBuffer> =>
  new Int32Array(new SharedArrayBuffer(ERROR_WORDS * 4))

export function writeError(error: Int32Array<SharedArrayBuffer>, message: string): void {
  const bytes = new TextEncoder().encode(message).subarray(0, (ERROR_WORDS - 1) * 4)
  new Uint8Array(error.buffer, 4, bytes.length).set(bytes)
  error[0] = bytes.length
}

export const readError = (error: Int32Array<SharedArrayBuffer>): string =>
  new TextDecoder().decode(new Uint8Array(error.buffer, 4, error[0]))
