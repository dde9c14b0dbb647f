import type { RefusalCode } from '../contract/refusal.ts'
import type { WordReader, WordWriter } from '../contract/word-stream.ts'

export const WINDOW = 4096

/** Where an accepted transaction stands: its block, and its place in it from 0. */
export interface Receipt {
  readonly block: number
  readonly position: number
}

/**
 * 53 bits that stand for a transaction's body. Not a hash that resists an attacker, and none is
 * needed: a client whose two bodies meet gets the receipt of its own first one, and no effect.
 */
export function fingerprint(words: Int32Array): number {
  // Four lanes that do not wait for each other; no single changed word can leave its own as it was.
  const { length } = words
  const whole = length & ~3
  let a = 0x9e3779b9 ^ length
  let b = 0x85ebca6b | 0
  let c = 0x3c6ef372
  let d = 0x510e527f
  let at = 0
  for (; at < whole; at += 4) {
    a = Math.imul(((a << 15) | (a >>> 17)) ^ words[at], 0x2c1b3c6d)
    b = Math.imul(((b << 13) | (b >>> 19)) ^ words[at + 1], 0x1b56c4e9)
    c = Math.imul(((c << 15) | (c >>> 17)) ^ words[at + 2], 0x297a2d39)
    d = Math.imul(((d << 13) | (d >>> 19)) ^ words[at + 3], 0x6a09e667)
  }
  for (; at < length; at++) a = Math.imul(((a << 15) | (a >>> 17)) ^ words[at], 0x2c1b3c6d)
  // Each lane goes into both halves, whose every bit depends on it.
  a = mixed(a ^ mixed(c))
  b = mixed(b ^ mixed(d))
  a = mixed(a ^ ((b << 16) | (b >>> 16)))
  b = mixed(b ^ a)
  return (a >>> 0) * 0x20_0000 + (b >>> 11)
}

function mixed(lane: number): number {
  const half = Math.imul(lane ^ (lane >>> 16), 0xc2b2ae35 | 0)
  return half ^ (half >>> 15)
}

const FIELDS = 4
const SEQUENCE = 0
const PRINT = 1
const BLOCK = 2
const POSITION = 3

/**
 * What a ledger remembers of one client, so that a transaction that arrives twice has one effect:
 * its last 4,096 sequence numbers, with fingerprint and receipt of each. They may come in any order
 * within that window; what lies below it is refused. The table grows only as far as it is needed.
 */
export class ClientWindow {
  #highest = 0
  /** A power of two, so that a number's slot is its low bits. */
  #slots = 16
  #table = new Float64Array(16 * FIELDS)

  /** A receipt for a repetition, a refusal, or null for a number that is new. */
  look(sequence: number, print: number): Receipt | RefusalCode | null {
    if (sequence <= this.#highest - WINDOW) return 'too-old'
    const slot = (sequence & (this.#slots - 1)) * FIELDS
    const table = this.#table
    if (table[slot + SEQUENCE] !== sequence) return null
    if (table[slot + PRINT] !== print) return 'conflict'
    return { block: table[slot + BLOCK], position: table[slot + POSITION] }
  }

  remember(sequence: number, print: number, block: number, position: number): void {
    if (sequence > this.#highest) this.#highest = sequence
    let slot = (sequence & (this.#slots - 1)) * FIELDS
    while (this.#living(this.#table[slot + SEQUENCE])) {
      this.#grow()
      slot = (sequence & (this.#slots - 1)) * FIELDS
    }
    const table = this.#table
    table[slot + SEQUENCE] = sequence
    table[slot + PRINT] = print
    table[slot + BLOCK] = block
    table[slot + POSITION] = position
  }

  #living(sequence: number): boolean {
    return sequence > 0 && sequence > this.#highest - WINDOW
  }

  /** Twice the slots: numbers that differ by less than 4,096 never share one of 4,096. */
  #grow(): void {
    const old = this.#table
    this.#slots *= 2
    this.#table = new Float64Array(this.#slots * FIELDS)
    for (let at = 0; at < old.length; at += FIELDS) {
      if (!this.#living(old[at + SEQUENCE])) continue
      this.#table.set(old.subarray(at, at + FIELDS), (old[at + SEQUENCE] & (this.#slots - 1)) * FIELDS)
    }
  }

  write(out: WordWriter): void {
    const living: number[] = []
    for (let at = 0; at < this.#table.length; at += FIELDS) {
      if (this.#living(this.#table[at + SEQUENCE])) living.push(at)
    }
    living.sort((a, b) => this.#table[a] - this.#table[b])
    out.i64(this.#highest)
    out.i64(living.length)
    for (const at of living) for (let field = 0; field < FIELDS; field++) out.i64(this.#table[at + field])
  }

  static read(from: WordReader): ClientWindow {
    const window = new ClientWindow()
    window.#highest = from.i64()
    for (let left = from.i64(); left > 0; left--) {
      window.remember(from.i64(), from.i64(), from.i64(), from.i64())
    }
    return window
  }
}
