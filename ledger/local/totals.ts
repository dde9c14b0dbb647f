import * as events from '../contract/events.ts'
import type { WordReader, WordWriter } from '../contract/word-stream.ts'
import { BURN_REASONS, LOT_KINDS, STORAGE_LOSS } from '../contract/vocabulary.ts'

const { BURNED, EVENT_CODES, eventCode, MINTED, OPENED, PAID, RELEASED, SET_ASIDE, SETTLED } = events
const KINDS = LOT_KINDS.length + 1
const REASONS = BURN_REASONS.length + 1

/**
 * Energy by kind, state and reason, and money, summed from the events of accepted transactions. They
 * are kept apart from the lots, so that one can be checked against the other.
 */
export class Totals {
  /** By event code (type, kind, reason): the sum of the amounts. */
  readonly sums = new Float64Array(EVENT_CODES)

  add(happened: events.EventBuffer): void {
    happened.addAmounts(this.sums)
  }

  /** Ever minted, milliwatt-hours. */
  minted(kind: number): number {
    return this.sums[eventCode(MINTED, kind, 0)]
  }

  burnedFor(kind: number, reason: number): number {
    return this.sums[eventCode(BURNED, kind, reason)]
  }

  burned(kind: number): number {
    let sum = 0
    for (let reason = 1; reason < REASONS; reason++) sum += this.burnedFor(kind, reason)
    return sum
  }

  /** What is set aside now: storage loss burns from it, every other reason from what is active. */
  setAside(kind: number): number {
    const moved = this.sums[eventCode(SET_ASIDE, kind, 0)] - this.sums[eventCode(RELEASED, kind, 0)]
    return moved - this.burnedFor(kind, STORAGE_LOSS)
  }

  /** What is neither burned nor set aside. */
  active(kind: number): number {
    return this.minted(kind) - this.setAside(kind) - this.burned(kind)
  }

  /** Released from setting aside, all kinds. */
  get released(): number {
    let sum = 0
    for (let kind = 1; kind < KINDS; kind++) sum += this.sums[eventCode(RELEASED, kind, 0)]
    return sum
  }

  get openingMicroUsd(): number {
    return this.sums[OPENED]
  }
  get paidMicroUsd(): number {
    return this.sums[PAID]
  }
  get settledMicroUsd(): number {
    return this.sums[SETTLED]
  }

  write(out: WordWriter): void {
    const seen = [...this.sums.keys()].filter((code) => this.sums[code] !== 0)
    out.i64(seen.length)
    for (const code of seen) for (const value of [code, this.sums[code]]) out.i64(value)
  }

  read(from: WordReader): void {
    for (let left = from.i64(); left > 0; left--) this.sums[from.i64()] = from.i64()
  }
}
