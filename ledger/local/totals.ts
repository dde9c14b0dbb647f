import {
  BURNED,
  type EventBuffer,
  MINTED,
  OPENED,
  PAID,
  RELEASED,
  SET_ASIDE,
  SETTLED,
} from '../contract/events.ts'
import type { WordReader, WordWriter } from '../contract/word-stream.ts'
import { BURN_REASONS, LOT_KINDS, STORAGE_LOSS } from '../contract/vocabulary.ts'

const KINDS = LOT_KINDS.length + 1
const REASONS = BURN_REASONS.length + 1

/**
 * Energy by kind, state and reason, and money, summed from the events of accepted transactions. They
 * are kept apart from the lots, so that one can be checked against the other.
 */
export class Totals {
  readonly minted = new Float64Array(KINDS)
  readonly setAside = new Float64Array(KINDS)
  readonly #burned = new Float64Array(KINDS * REASONS)
  /** Released from setting aside, all kinds. */
  released = 0
  openingMicroUsd = 0
  paidMicroUsd = 0
  settledMicroUsd = 0
  trades = 0

  burnedFor(kind: number, reason: number): number {
    return this.#burned[kind * REASONS + reason]
  }

  burned(kind: number): number {
    let sum = 0
    for (let reason = 1; reason < REASONS; reason++) sum += this.burnedFor(kind, reason)
    return sum
  }

  /** What is neither burned nor set aside. */
  active(kind: number): number {
    return this.minted[kind] - this.setAside[kind] - this.burned(kind)
  }

  write(out: WordWriter): void {
    for (const table of [this.minted, this.setAside, this.#burned]) table.forEach((value) => out.i64(value))
    for (const value of [
      this.released,
      this.openingMicroUsd,
      this.paidMicroUsd,
      this.settledMicroUsd,
      this.trades,
    ])
      out.i64(value)
  }

  read(from: WordReader): void {
    for (const table of [this.minted, this.setAside, this.#burned])
      table.forEach((_, at) => (table[at] = from.i64()))
    this.released = from.i64()
    this.openingMicroUsd = from.i64()
    this.paidMicroUsd = from.i64()
    this.settledMicroUsd = from.i64()
    this.trades = from.i64()
  }

  add(events: EventBuffer): void {
    for (let at = 0; at < events.length; at++) {
      const kind = events.kind(at)
      const milliWh = events.milliWh(at)
      switch (events.type(at)) {
        case MINTED:
          this.minted[kind] += milliWh
          break
        case BURNED: {
          const reason = events.reason(at)
          this.#burned[kind * REASONS + reason] += milliWh
          // Storage loss burns what is set aside, every other reason what is active.
          if (reason === STORAGE_LOSS) this.setAside[kind] -= milliWh
          break
        }
        case SET_ASIDE:
          this.setAside[kind] += milliWh
          break
        case RELEASED:
          this.setAside[kind] -= milliWh
          this.released += milliWh
          break
        case PAID:
          this.paidMicroUsd += events.microUsd(at)
          this.trades++
          break
        case SETTLED:
          this.settledMicroUsd += events.microUsd(at)
          break
        case OPENED:
          this.openingMicroUsd += events.microUsd(at)
          break
        default:
      }
    }
  }
}
