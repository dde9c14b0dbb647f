import { type MessagePort, workerData } from 'node:worker_threads'
import { readI64 } from '../../ledger/contract/words.ts'
import { JournalWriter } from '../../ledger/local/journal.ts'
import { LocalLedger } from '../../ledger/local/ledger.ts'
import { RunStore } from '../../ledger/local/run-store.ts'
import { newTold, TOLD } from '../invariants.ts'
import { OwnLedger } from '../token-ledger.ts'
import {
  DAY,
  FINISH,
  INTERVAL,
  type LedgerThreadData,
  PART,
  TRANSACTION,
  TRANSACTION_HEADER,
  writeError,
} from './messages.ts'
import { ENDED, FAILED, RingReader } from './ring.ts'

const { ring, error, batteries, journal, store, port } = workerData as LedgerThreadData & {
  readonly port: MessagePort
}
const reader = new RingReader(ring)
try {
  keep()
} catch (cause) {
  writeError(error, cause instanceof Error ? cause.message : String(cause))
  reader.end(FAILED)
}

/** Takes what comes through the ring until the run is over. */
function keep(): void {
  const blocks = journal === null ? null : new JournalWriter(journal)
  const durable = store === null ? null : new RunStore(store)
  const stored = blocks !== null || durable !== null
  const sink = (block: Uint8Array): void => {
    blocks?.append(block)
    durable?.append(block)
  }
  const tokens = new OwnLedger(new LocalLedger(stored ? { sink } : {}), batteries)
  const told = newTold()
  const doubles = new Float64Array(TOLD.length)
  const doubleWords = new Int32Array(doubles.buffer)
  let parts: Int32Array[] = []
  for (;;) {
    const at = reader.next()
    const { words } = reader
    switch (reader.kind) {
      case TRANSACTION: {
        const body = words.subarray(at + TRANSACTION_HEADER, at + TRANSACTION_HEADER + words[at + 4])
        tokens.submit({
          client: words[at],
          sequence: readI64(words, at + 1),
          operations: words[at + 3],
          words: parts.length === 0 ? body : joined([...parts, body]),
        })
        if (parts.length > 0) parts = []
        break
      }
      case PART:
        parts.push(words.slice(at + 1, at + 1 + words[at]))
        break
      case INTERVAL:
        doubleWords.set(words.subarray(at, at + doubleWords.length))
        for (let field = 0; field < TOLD.length; field++) told[TOLD[field]] = doubles[field]
        tokens.interval(told)
        reader.release()
        break
      case DAY:
        tokens.day()
        durable?.commit()
        break
      case FINISH:
        port.postMessage(tokens.finish())
        blocks?.close()
        durable?.close()
        reader.end(ENDED)
        return
      default:
        throw new Error(`internal: a record of kind ${reader.kind}`)
    }
  }
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const whole = new Int32Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
