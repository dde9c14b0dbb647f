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
import { BURN_REASONS, LOT_KINDS } from '../contract/vocabulary.ts'

const REASONS = BURN_REASONS.length

/**
 * Energy by kind, state and reason, and money, summed from the events of accepted transactions.
 * `minted = active + set aside + burned` must hold for every kind after each of them.
 */
export class Totals {
  readonly minted = new Float64Array(LOT_KINDS.length + 1)
  readonly active = new Float64Array(LOT_KINDS.length + 1)
  readonly setAside = new Float64Array(LOT_KINDS.length + 1)
  /** By kind × reason, `kind * 6 + reason`. */
  readonly burned = new Float64Array((LOT_KINDS.length + 1) * (REASONS + 1))
  /** Released from setting aside, all kinds. */
  released = 0
  openingMicroUsd = 0
  paidMicroUsd = 0
  settledMicroUsd = 0
  trades = 0

  burnedFor(kind: number, reason: number): number {
    return this.burned[kind * (REASONS + 1) + reason]
  }

  add(events: EventBuffer): void {
    for (let at = 0; at < events.length; at++) {
      const kind = events.kind(at)
      const milliWh = events.milliWh(at)
      switch (events.type(at)) {
        case MINTED:
          this.minted[kind] += milliWh
          this.active[kind] += milliWh
          break
        case BURNED: {
          const reason = events.reason(at)
          this.burned[kind * (REASONS + 1) + reason] += milliWh
          // Storage loss burns what is set aside, every other reason what is active.
          if (reason === REASONS) this.setAside[kind] -= milliWh
          else this.active[kind] -= milliWh
          break
        }
        case SET_ASIDE:
          this.active[kind] -= milliWh
          this.setAside[kind] += milliWh
          break
        case RELEASED:
          this.active[kind] += milliWh
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
