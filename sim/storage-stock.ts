import { mulDivMillionFloor } from '../data/units.ts'
import { batteryOf } from './accounts.ts'

/** A lot is a row of these: a line of the processor's cache. */
export const LOT = 8
export const LOT_MINUTE = 0
export const LOT_SOURCE = 1
export const LOT_FROM = 2
export const LOT_OWNER = 3
export const LOT_ACTIVE = 4
export const LOT_ASIDE = 5
/** Neighbors in the list of its battery: places, −1 none. */
export const LOT_NEXT = 6
export const LOT_PREVIOUS = 7

/**
 * What every home's battery holds in tokens, as the agents know it: lots from the oldest to the newest, each active and set
 * aside. The agents write the transactions and need not ask the ledger what came of them; the ledger decides
 * by its own rules, and whoever runs both holds one against the other (`invariants.ts`). Milliwatt-hours.
 */
export class StorageStock {
  rows = new Float64Array(1024 * LOT)
  /** By home. */
  readonly active: Float64Array
  readonly setAside: Float64Array
  /** Registered energy, and the factor of mints to come. */
  readonly energyMilliWh: Float64Array
  readonly factorPpm: Float64Array
  /** Ever minted, of these as shadow, and lost by what anchors verified. */
  readonly minted: Float64Array
  readonly shadow: Float64Array
  readonly lost: Float64Array
  /** Sums over all homes. */
  activeTotal = 0
  setAsideTotal = 0
  mintedTotal = 0
  lostTotal = 0
  /** First and last lot of each home: places, −1 none. */
  readonly #first: Float64Array
  readonly #last: Float64Array
  /** A lot before which none is active, −1 not known: what is set aside in the oldest lots would be passed again and again. */
  readonly #noneBefore: Float64Array
  readonly #free: number[] = []
  #used = 0

  constructor(homes: number) {
    const column = () => new Float64Array(homes)
    this.active = column()
    this.setAside = column()
    this.energyMilliWh = column()
    this.factorPpm = column()
    this.minted = column()
    this.shadow = column()
    this.lost = column()
    this.#first = column().fill(-1)
    this.#last = column().fill(-1)
    this.#noneBefore = column().fill(-1)
  }

  /** Enters a battery with nothing in it. */
  enter(home: number, energyMilliWh: number, factorPpm: number): void {
    this.energyMilliWh[home] = energyMilliWh
    this.factorPpm[home] = factorPpm
  }

  first(home: number): number {
    return this.#first[home]
  }
  /** The oldest lot with something active, −1 none. */
  firstActive(home: number): number {
    const { rows } = this
    const known = this.#noneBefore[home]
    let lot = known < 0 ? this.#first[home] : known
    while (lot >= 0 && rows[lot + LOT_ACTIVE] === 0) lot = rows[lot + LOT_NEXT]
    this.#noneBefore[home] = lot
    return lot
  }
  last(home: number): number {
    return this.#last[home]
  }

  /**
   * What a charge is worth at the home's factor, at most the room that is left; nothing leaves no lot.
   * @param source asset that the energy comes from: a panel, or the battery itself for a shadow lot
   */
  mint(
    home: number,
    minute: number,
    source: number,
    from: number,
    owner: number,
    chargedMilliWh: number,
  ): void {
    const room = this.energyMilliWh[home] - this.active[home] - this.setAside[home]
    const tokens = Math.min(mulDivMillionFloor(chargedMilliWh, this.factorPpm[home]), Math.max(0, room))
    if (tokens === 0) return
    const lot = this.#free.length > 0 ? (this.#free.pop() as number) : this.#newRow()
    const { rows } = this
    const last = this.#last[home]
    rows[lot + LOT_MINUTE] = minute
    rows[lot + LOT_SOURCE] = source
    rows[lot + LOT_FROM] = from
    rows[lot + LOT_OWNER] = owner
    rows[lot + LOT_ACTIVE] = tokens
    rows[lot + LOT_ASIDE] = 0
    rows[lot + LOT_NEXT] = -1
    rows[lot + LOT_PREVIOUS] = last
    if (last < 0) this.#first[home] = lot
    else rows[last + LOT_NEXT] = lot
    this.#last[home] = lot
    this.#changeActive(home, tokens)
    this.minted[home] += tokens
    this.mintedTotal += tokens
    if (source === batteryOf(home)) this.shadow[home] += tokens
  }

  #newRow(): number {
    const lot = this.#used++ * LOT
    if (lot === this.rows.length) {
      const grown = new Float64Array(this.rows.length * 2)
      grown.set(this.rows)
      this.rows = grown
    }
    return lot
  }

  /** Uses up a part of what is active in a lot; an empty lot is gone. */
  useActive(home: number, lot: number, milliWh: number): void {
    this.rows[lot + LOT_ACTIVE] -= milliWh
    this.#changeActive(home, -milliWh)
    this.#dropIfEmpty(home, lot)
  }

  /** Uses up a part of what is set aside in a lot. */
  useAside(home: number, lot: number, milliWh: number): void {
    this.rows[lot + LOT_ASIDE] -= milliWh
    this.#changeAside(home, -milliWh)
    this.#dropIfEmpty(home, lot)
  }

  /** Moves a part of a lot aside; below zero: back. */
  move(home: number, lot: number, milliWh: number): void {
    if (milliWh < 0) this.#noneBefore[home] = -1
    this.rows[lot + LOT_ACTIVE] -= milliWh
    this.rows[lot + LOT_ASIDE] += milliWh
    this.#changeActive(home, -milliWh)
    this.#changeAside(home, milliWh)
  }

  /** An anchor showed that the battery can deliver so much at most: of what is set aside the excess is lost, oldest first. */
  anchor(home: number, energyHighMilliWh: number): void {
    const excess = this.active[home] + this.setAside[home] - energyHighMilliWh
    let left = Math.min(this.setAside[home], Math.max(0, excess))
    this.lost[home] += left
    this.lostTotal += left
    for (let lot = this.#first[home]; left > 0 && lot >= 0;) {
      const part = Math.min(left, this.rows[lot + LOT_ASIDE])
      const next = this.rows[lot + LOT_NEXT]
      if (part > 0) this.useAside(home, lot, part)
      left -= part
      lot = next
    }
  }

  /** Active Tstorage that an account owns in a home's battery; shadow lots are never sold. */
  sellable(home: number, owner: number): number {
    let there = 0
    for (let lot = this.#first[home]; lot >= 0; lot = this.rows[lot + LOT_NEXT])
      if (this.isSellable(home, lot, owner)) there += this.rows[lot + LOT_ACTIVE]
    return there
  }

  isSellable(home: number, lot: number, owner: number): boolean {
    return !this.isShadow(home, lot) && this.rows[lot + LOT_OWNER] === owner
  }

  /** A shadow lot's source is the battery itself: what it took from the grid. */
  isShadow(home: number, lot: number): boolean {
    return this.rows[lot + LOT_SOURCE] === batteryOf(home)
  }

  #changeActive(home: number, milliWh: number): void {
    this.active[home] += milliWh
    this.activeTotal += milliWh
  }
  #changeAside(home: number, milliWh: number): void {
    this.setAside[home] += milliWh
    this.setAsideTotal += milliWh
  }

  #dropIfEmpty(home: number, lot: number): void {
    const { rows } = this
    if (rows[lot + LOT_ACTIVE] > 0 || rows[lot + LOT_ASIDE] > 0) return
    const previous = rows[lot + LOT_PREVIOUS]
    const next = rows[lot + LOT_NEXT]
    if (this.#noneBefore[home] === lot) this.#noneBefore[home] = next
    if (previous < 0) this.#first[home] = next
    else rows[previous + LOT_NEXT] = next
    if (next < 0) this.#last[home] = previous
    else rows[next + LOT_PREVIOUS] = previous
    this.#free.push(lot)
  }
}
