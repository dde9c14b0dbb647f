import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Transaction } from '../../ledger/contract/decide.ts'
import { writeI64 } from '../../ledger/contract/words.ts'
import { type Told, TOLD } from '../invariants.ts'
import type { LedgerEnd, TokenLedger } from '../token-ledger.ts'
import {
  DAY,
  errorMemory,
  FINISH,
  INTERVAL,
  type LedgerThreadData,
  PART,
  readError,
  TRANSACTION,
  TRANSACTION_HEADER,
} from './messages.ts'
import { FAILED, ringMemory, RingWriter } from './ring.ts'

/** Words of the ring: some intervals of a large community. */
const RING_WORDS = 1 << 20

/** Where the blocks of a piped ledger go; see `LedgerThreadData`. */
export type LedgerFiles = Pick<LedgerThreadData, 'journal' | 'store'>

/**
 * A ledger in a thread of its own: transactions go through a ring of shared memory in their canonical form, the engine
 * goes on, and the thread decides, hashes and stores behind it. Whatever goes wrong there is thrown by a later call, in the words
 * in which the engine's own ledger would have thrown it.
 */
export class PipedLedger implements TokenLedger {
  readonly #ring: RingWriter
  readonly #error: Int32Array<SharedArrayBuffer>
  readonly #worker: Worker
  readonly #port: MessagePort
  /** The same bytes as words and as doubles: what the books say, on its way. */
  readonly #told = new Float64Array(TOLD.length)
  readonly #toldWords = new Int32Array(this.#told.buffer)

  /** @param batteries by home: its battery's number, or 0 */
  constructor(batteries: Int32Array, { journal, store }: LedgerFiles) {
    const ring = ringMemory(RING_WORDS)
    this.#ring = new RingWriter(ring)
    this.#error = errorMemory()
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    const data: LedgerThreadData = { ring, error: this.#error, batteries, journal, store }
    this.#worker = new Worker(new URL('thread.ts', import.meta.url), {
      workerData: { ...data, port: port2 },
      transferList: [port2],
    })
    // It must not keep a process alive that has no more to do.
    this.#worker.unref()
  }

  submit({ client, sequence, words, operations }: Transaction): void {
    const ring = this.#ring
    const most = ring.most - TRANSACTION_HEADER
    let from = 0
    for (; words.length - from > most; from += most) {
      const at = ring.open(PART, 1 + most)
      ring.words[at] = most
      ring.words.set(words.subarray(from, from + most), at + 1)
      ring.close()
    }
    const last = from === 0 ? words : words.subarray(from)
    const at = ring.open(TRANSACTION, TRANSACTION_HEADER + last.length)
    ring.words[at] = client
    writeI64(ring.words, at + 1, sequence)
    ring.words[at + 3] = operations
    ring.words[at + 4] = last.length
    ring.words.set(last, at + TRANSACTION_HEADER)
    ring.close()
  }

  interval(told: Told): void {
    const told64 = this.#told
    for (let at = 0; at < TOLD.length; at++) told64[at] = told[TOLD[at]]
    const at = this.#ring.open(INTERVAL, this.#toldWords.length)
    this.#ring.words.set(this.#toldWords, at)
    this.#ring.close()
    this.#ring.publish()
    this.#throwWhatFailed()
  }

  day(): void {
    this.#ring.open(DAY, 0)
    this.#ring.close()
  }

  finish(): LedgerEnd {
    this.#ring.open(FINISH, 0)
    this.#ring.close()
    this.#ring.finish()
    this.#throwWhatFailed()
    const answer = receiveMessageOnPort(this.#port)
    if (answer === undefined) throw new Error('internal: the thread of the ledger ended without an answer')
    return answer.message as LedgerEnd
  }

  /** Ends the thread, whatever it is at. */
  async close(): Promise<void> {
    this.#port.close()
    await this.#worker.terminate()
  }

  #throwWhatFailed(): void {
    if (this.#ring.state === FAILED) throw new Error(readError(this.#error))
  }
}
