import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DurableLedger, type Opening } from '../durable.ts'
import { LocalLedger } from '../ledger.ts'
import type { Image } from './disk-image.ts'
import { Trace } from './trace.ts'

/** Where images are opened: in memory where the system has such a folder, a sync costs nothing there. */
const IN_MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

export const STORE_NAME = 'ledger.sqlite'

/** The trace's states, from which every reopened one must be one. */
export class Reference {
  readonly trace: Trace
  /** State hash after so many transactions. */
  readonly #states: string[]
  readonly #ledger = new LocalLedger()

  private constructor(trace: Trace) {
    this.trace = trace
    this.#states = [this.#ledger.stateHash()]
  }

  static async open(): Promise<Reference> {
    return new Reference(await Trace.open())
  }

  stateAfter(transactions: number): string {
    for (let number = this.#states.length; number <= transactions; number++) {
      this.#ledger.submit(this.trace.transaction(number))
      this.#states.push(this.#ledger.stateHash())
    }
    return this.#states[transactions]
  }
}

export interface Reopened {
  readonly transactions: number
  readonly head: string
  readonly opened: Opening
}

/** A folder for images, emptied before each. */
export class ImageFolder {
  readonly path = mkdtempSync(join(IN_MEMORY, 'vpp-image-'))
  readonly store = join(this.path, STORE_NAME)

  place(image: Image): void {
    rmSync(this.path, { recursive: true, force: true })
    mkdirSync(this.path)
    for (const [name, content] of image) writeFileSync(join(this.path, name), content)
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

/**
 * Opens a store that may have been through anything, and holds it to what a ledger promises: it is a
 * prefix of the trace in whole blocks with at least the `acknowledged` transactions; its last
 * transaction, sent again, has no second effect; the next one is accepted and durable.
 *
 * @throws Error that says which promise was broken; VppError where the store refuses to open
 */
export function reopen(path: string, reference: Reference, acknowledged: number): Reopened {
  const durable = new DurableLedger(path)
  const { ledger, opened } = durable
  const { transactions, head } = ledger
  try {
    const must = (kept: boolean, promise: string) => {
      if (!kept) throw new Error(`broken after ${transactions} transactions: ${promise}`)
    }
    must(transactions >= acknowledged, `all ${acknowledged} that were acknowledged are there`)
    must(ledger.stateHash() === reference.stateAfter(transactions), 'the state is that of the trace')
    if (transactions > 0) {
      const again = durable.submit(reference.trace.transaction(transactions))
      must('block' in again && again.block === opened.blocks, 'a repetition gets its receipt')
      must(ledger.transactions === transactions, 'a repetition has no effect')
    }
    must('block' in durable.submit(reference.trace.transaction(transactions + 1)), 'it goes on')
    durable.commit()
  } finally {
    durable.close()
  }
  return { transactions, head, opened }
}
