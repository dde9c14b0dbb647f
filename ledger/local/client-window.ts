import type { RefusalCode } from '../contract/refusal.ts'

export const WINDOW = 4096

/** Where an accepted transaction stands: its block, and its place in it from 0. */
export interface Receipt {
  readonly block: number
  readonly position: number
}

/**
 * What a ledger remembers of one client, so that a transaction that arrives twice has one effect:
 * its last 4,096 sequence numbers, with the digest and receipt of each. They may come in any order
 * within that window; what lies below it is refused.
 */
export class ClientWindow {
  #highest = 0
  readonly #sequence = new Float64Array(WINDOW)
  readonly #digest: (Buffer | undefined)[] = []
  readonly #block = new Float64Array(WINDOW)
  readonly #position = new Float64Array(WINDOW)

  /** A receipt for a repetition, a refusal, or null for a number that is new. */
  look(sequence: number, digest: Buffer): Receipt | RefusalCode | null {
    if (sequence <= this.#highest - WINDOW) return 'too-old'
    const slot = sequence % WINDOW
    if (this.#sequence[slot] !== sequence) return null
    if (this.#digest[slot]?.equals(digest) !== true) return 'conflict'
    return { block: this.#block[slot], position: this.#position[slot] }
  }

  remember(sequence: number, digest: Buffer, receipt: Receipt): void {
    const slot = sequence % WINDOW
    this.#sequence[slot] = sequence
    this.#digest[slot] = digest
    this.#block[slot] = receipt.block
    this.#position[slot] = receipt.position
    if (sequence > this.#highest) this.#highest = sequence
  }
}
