import { LOT_ASSET, LOT_FROM, LOT_KIND, LOT_MINUTE, LOT_SOURCE } from './columns.ts'

/** What happened, in the order in which it happened. One row per event, all columns whole numbers. */
export const MINTED = 1
export const BURNED = 2
export const SET_ASIDE = 3
export const RELEASED = 4
export const PAID = 5
export const SETTLED = 6
export const UNCLAIMED = 7
export const OPENED = 8

export const EVENT_NAMES = [
  'minted',
  'burned',
  'set-aside',
  'released',
  'paid',
  'settled',
  'unclaimed',
  'opened',
] as const

const STRIDE = 11

/**
 * Events of one transaction in typed columns: nothing is allocated for an event. A quantity that is
 * burned or set aside is named by its place in the lot, `from` to `from + milliWh`, so that every
 * milliwatt-hour of every lot has one history.
 */
export class EventBuffer {
  length = 0
  #data = new Float64Array(STRIDE * 1024)

  clear(): void {
    this.length = 0
  }

  #row(): number {
    const at = this.length * STRIDE
    if (at + STRIDE > this.#data.length) {
      const grown = new Float64Array(this.#data.length * 2)
      grown.set(this.#data)
      this.#data = grown
    }
    this.length++
    return at
  }

  /** An event about the lot at a place of the table; `reason` the burn reason (0 where there is none). */
  ofLot(
    type: number,
    reason: number,
    lots: Float64Array,
    lot: number,
    from: number,
    milliWh: number,
    account: number,
  ): void {
    const at = this.#row()
    const data = this.#data
    data[at] = type
    data[at + 1] = lots[lot + LOT_KIND]
    data[at + 2] = reason
    data[at + 3] = lots[lot + LOT_ASSET]
    data[at + 4] = lots[lot + LOT_MINUTE]
    data[at + 5] = lots[lot + LOT_SOURCE]
    data[at + 6] = lots[lot + LOT_FROM]
    data[at + 7] = from
    data[at + 8] = milliWh
    data[at + 9] = account
    data[at + 10] = 0
  }

  /** Metered discharge of an interval that no lot claims; `minute` its start. */
  unclaimed(battery: number, minute: number, milliWh: number, owner: number): void {
    this.money(UNCLAIMED, battery, owner, 0)
    const at = (this.length - 1) * STRIDE
    this.#data[at + 4] = minute
    this.#data[at + 8] = milliWh
  }

  /** Money from one account to another; `type` PAID, SETTLED or OPENED (from account 0). */
  money(type: number, from: number, to: number, microUsd: number): void {
    const at = this.#row()
    const data = this.#data
    data[at] = type
    data[at + 1] = 0
    data[at + 2] = 0
    data[at + 3] = from
    data[at + 4] = 0
    data[at + 5] = 0
    data[at + 6] = 0
    data[at + 7] = 0
    data[at + 8] = 0
    data[at + 9] = to
    data[at + 10] = microUsd
  }

  type(index: number): number {
    return this.#data[index * STRIDE]
  }
  kind(index: number): number {
    return this.#data[index * STRIDE + 1]
  }
  reason(index: number): number {
    return this.#data[index * STRIDE + 2]
  }
  /** Asset of the lot; for money, the account that pays. */
  asset(index: number): number {
    return this.#data[index * STRIDE + 3]
  }
  minute(index: number): number {
    return this.#data[index * STRIDE + 4]
  }
  source(index: number): number {
    return this.#data[index * STRIDE + 5]
  }
  lotFrom(index: number): number {
    return this.#data[index * STRIDE + 6]
  }
  from(index: number): number {
    return this.#data[index * STRIDE + 7]
  }
  milliWh(index: number): number {
    return this.#data[index * STRIDE + 8]
  }
  /** Owner or user of the energy; for money, the account that is paid. */
  account(index: number): number {
    return this.#data[index * STRIDE + 9]
  }
  microUsd(index: number): number {
    return this.#data[index * STRIDE + 10]
  }
}
