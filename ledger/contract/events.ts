import * as columns from './columns.ts'

const { LOT_ASSET, LOT_FROM, LOT_MINUTE, LOT_SOURCE } = columns

/** What happened, in the order in which it happened. */
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

/** Codes are below this: type + 16 × kind of the lot + 64 × burn reason. */
export const EVENT_CODES = 512
export const eventCode = (type: number, kind: number, reason: number): number =>
  type | (kind << 4) | (reason << 6)
export const typeOfCode = (code: number): number => code & 15
export const kindOfCode = (code: number): number => (code >> 4) & 3
export const reasonOfCode = (code: number): number => code >> 6

/** Whole numbers of an event: code, what it is about, account, minute. */
const INTS = 4
/** Its quantities: milliwatt-hours (or µ$), and the first of these milliwatt-hours in the lot. */
const AMOUNTS = 2

/**
 * Events of one transaction in typed columns: nothing is allocated for an event. A quantity that is
 * burned or set aside is named by its place in the lot, `from` to `from + milliWh`, so that every
 * milliwatt-hour of every lot has one history. A lot's name is read from its row, which stays as it
 * is until the next transaction, even when the lot is gone.
 */
export class EventBuffer {
  length = 0
  /** The view's table of lots, as last seen. */
  lots: Float64Array<ArrayBuffer>
  #lotWords: Int32Array
  #ints = new Int32Array(INTS * 1024)
  #amounts = new Float64Array(AMOUNTS * 1024)

  /** @param lots the view's table */
  constructor(lots: Float64Array<ArrayBuffer>) {
    this.lots = lots
    this.#lotWords = new Int32Array(lots.buffer)
  }

  /** To be called by whoever replaces the table of lots by a longer one. */
  look(lots: Float64Array<ArrayBuffer>): void {
    this.lots = lots
    this.#lotWords = new Int32Array(lots.buffer)
  }

  clear(): void {
    this.length = 0
  }

  /** An event about the lot at a place of the table; `reason` the burn reason (0 where there is none). */
  ofLot(
    type: number,
    kind: number,
    reason: number,
    lot: number,
    from: number,
    milliWh: number,
    account: number,
  ): void {
    this.add(eventCode(type, kind, reason), lot, account, 0, milliWh, from)
  }

  /** Metered discharge of an interval that no lot claims; `minute` its start. */
  unclaimed(battery: number, minute: number, milliWh: number, owner: number): void {
    this.add(UNCLAIMED, battery, owner, minute, milliWh, 0)
  }

  /** Money from one account to another; `type` PAID, SETTLED or OPENED (from account 0). */
  money(type: number, from: number, to: number, microUsd: number): void {
    this.add(type, from, to, 0, microUsd, 0)
  }

  private add(
    code: number,
    subject: number,
    account: number,
    minute: number,
    amount: number,
    from: number,
  ): void {
    const index = this.length
    const at = index * INTS
    if (at === this.#ints.length) this.#grow()
    const ints = this.#ints
    const amounts = this.#amounts
    ints[at] = code
    ints[at + 1] = subject
    ints[at + 2] = account
    ints[at + 3] = minute
    amounts[index * AMOUNTS] = amount
    amounts[index * AMOUNTS + 1] = from
    this.length = index + 1
  }

  #grow(): void {
    const ints = new Int32Array(this.#ints.length * 2)
    ints.set(this.#ints)
    this.#ints = ints
    const amounts = new Float64Array(this.#amounts.length * 2)
    amounts.set(this.#amounts)
    this.#amounts = amounts
  }

  /** Adds the amount of each event to the sum of its code. */
  addAmounts(sums: Float64Array): void {
    const { length } = this
    const ints = this.#ints
    const amounts = this.#amounts
    for (let index = 0; index < length; index++) sums[ints[index * INTS]] += amounts[index * AMOUNTS]
  }

  codeAt(index: number): number {
    return this.#ints[index * INTS]
  }
  /** Milliwatt-hours, or µ$ where money moves. */
  amount(index: number): number {
    return this.#amounts[index * AMOUNTS]
  }
  type(index: number): number {
    return typeOfCode(this.codeAt(index))
  }
  kind(index: number): number {
    return kindOfCode(this.codeAt(index))
  }
  reason(index: number): number {
    return reasonOfCode(this.codeAt(index))
  }
  /** Asset of the lot; for money, the account that pays. */
  asset(index: number): number {
    const subject = this.#ints[index * INTS + 1]
    return this.kind(index) === 0 ? subject : this.#lotWords[subject * 2 + LOT_ASSET]
  }
  minute(index: number): number {
    return this.kind(index) === 0 ? this.#ints[index * INTS + 3] : this.#ofRow(index, LOT_MINUTE)
  }
  source(index: number): number {
    return this.#ofRow(index, LOT_SOURCE)
  }
  lotFrom(index: number): number {
    return this.kind(index) === 0 ? 0 : this.lots[this.#ints[index * INTS + 1] + LOT_FROM]
  }
  from(index: number): number {
    return this.#amounts[index * AMOUNTS + 1]
  }
  milliWh(index: number): number {
    return this.kind(index) === 0 && this.type(index) !== UNCLAIMED ? 0 : this.amount(index)
  }
  /** Owner or user of the energy; for money, the account that is paid. */
  account(index: number): number {
    return this.#ints[index * INTS + 2]
  }
  microUsd(index: number): number {
    return this.kind(index) === 0 && this.type(index) !== UNCLAIMED ? this.amount(index) : 0
  }

  #ofRow(index: number, field: number): number {
    return this.kind(index) === 0 ? 0 : this.#lotWords[this.#ints[index * INTS + 1] * 2 + field]
  }
}
