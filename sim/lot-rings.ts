/** A lot is a row of these, whole: what the ledger names it by, and what is left of it in milliwatt-hours. */
export const LOT = 6
export const LOT_MINUTE = 0
export const LOT_SOURCE = 1
export const LOT_FROM = 2
export const LOT_OWNER = 3
export const LOT_ACTIVE = 4
export const LOT_ASIDE = 5

/** A ring is a row of these, all places of lots: where its memory begins and ends, its oldest lot, where the next comes. */
const RING = 8
const BASE = 0
const END = 1
const HEAD = 2
const TAIL = 3
/** A lot before which none is active, and one after which none is; −1: not known. */
const NONE_BEFORE = 4
const NONE_AFTER = 5

/** Lots that a first ring has room for, less one. */
const FIRST_ROOM = 64

/**
 * Every home's lots from the oldest to the newest, one behind the other in a ring of its own: a battery gives its oldest and sets
 * its newest aside, so what is asked for lies together. A lot is known by its place in `rows` until the next one is
 * added to its ring; one with nothing left is passed over, and gone once it is the oldest or the newest.
 */
export class LotRings {
  rows = new Int32Array(1024 * LOT)
  readonly #rings: Int32Array
  #used = 0

  constructor(homes: number) {
    this.#rings = new Int32Array(homes * RING)
    for (let home = 0; home < homes; home++) this.forgetActive(home)
  }

  /** The oldest lot, −1 none. */
  first(home: number): number {
    const ring = home * RING
    const head = this.#rings[ring + HEAD]
    return head === this.#rings[ring + TAIL] ? -1 : head
  }

  /** The newest lot, −1 none. */
  last(home: number): number {
    const ring = home * RING
    const tail = this.#rings[ring + TAIL]
    return this.#rings[ring + HEAD] === tail ? -1 : this.#before(ring, tail)
  }

  /** The next newer lot, −1 none. */
  next(home: number, lot: number): number {
    const ring = home * RING
    const tail = this.#rings[ring + TAIL]
    let at = this.#after(ring, lot)
    while (at !== tail && this.#isEmpty(at)) at = this.#after(ring, at)
    return at === tail ? -1 : at
  }

  /** The next older lot, −1 none. */
  previous(home: number, lot: number): number {
    const ring = home * RING
    const head = this.#rings[ring + HEAD]
    let at = lot
    while (at !== head) {
      at = this.#before(ring, at)
      if (!this.#isEmpty(at)) return at
    }
    return -1
  }

  /** The oldest lot with something active, −1 none. */
  firstActive(home: number): number {
    const { rows } = this
    const ring = home * RING
    const tail = this.#rings[ring + TAIL]
    const known = this.#rings[ring + NONE_BEFORE]
    let lot = known < 0 ? this.#rings[ring + HEAD] : known
    while (lot !== tail && rows[lot + LOT_ACTIVE] === 0) lot = this.#after(ring, lot)
    if (lot === tail) return -1
    this.#rings[ring + NONE_BEFORE] = lot
    return lot
  }

  /** The newest lot with something active, −1 none. */
  lastActive(home: number): number {
    const known = this.#rings[home * RING + NONE_AFTER]
    let lot = known < 0 ? this.last(home) : known
    if (lot >= 0 && this.rows[lot + LOT_ACTIVE] === 0) lot = this.#olderActive(home, lot)
    this.#rings[home * RING + NONE_AFTER] = lot
    return lot
  }

  #olderActive(home: number, lot: number): number {
    let at = this.previous(home, lot)
    while (at >= 0 && this.rows[at + LOT_ACTIVE] === 0) at = this.previous(home, at)
    return at
  }

  /** What was set aside may be active again: anywhere. */
  forgetActive(home: number): void {
    this.#forgetActive(home * RING)
  }

  #forgetActive(ring: number): void {
    this.#rings[ring + NONE_BEFORE] = -1
    this.#rings[ring + NONE_AFTER] = -1
  }

  /** A new newest lot, all of it active; returns its place. */
  add(
    home: number,
    minute: number,
    source: number,
    from: number,
    owner: number,
    activeMilliWh: number,
  ): number {
    const ring = home * RING
    const rings = this.#rings
    if (rings[ring + BASE] === rings[ring + END]) this.#move(ring, FIRST_ROOM)
    else if (this.#after(ring, rings[ring + TAIL]) === rings[ring + HEAD]) this.#makeRoom(ring)
    const lot = rings[ring + TAIL]
    const { rows } = this
    rows[lot + LOT_MINUTE] = minute
    rows[lot + LOT_SOURCE] = source
    rows[lot + LOT_FROM] = from
    rows[lot + LOT_OWNER] = owner
    rows[lot + LOT_ACTIVE] = activeMilliWh
    rows[lot + LOT_ASIDE] = 0
    rings[ring + TAIL] = this.#after(ring, lot)
    rings[ring + NONE_AFTER] = lot
    return lot
  }

  /** Drops a home's oldest and newest lots while they are empty. */
  dropEmpty(home: number): void {
    const ring = home * RING
    const rings = this.#rings
    let head = rings[ring + HEAD]
    let tail = rings[ring + TAIL]
    while (head !== tail && this.#isEmpty(head)) {
      this.#forget(ring, head)
      head = this.#after(ring, head)
    }
    while (head !== tail) {
      const newest = this.#before(ring, tail)
      if (!this.#isEmpty(newest)) break
      this.#forget(ring, newest)
      tail = newest
    }
    rings[ring + HEAD] = head
    rings[ring + TAIL] = tail
  }

  #isEmpty(lot: number): boolean {
    return (this.rows[lot + LOT_ACTIVE] | this.rows[lot + LOT_ASIDE]) === 0
  }

  #after(ring: number, lot: number): number {
    const next = lot + LOT
    return next === this.#rings[ring + END] ? this.#rings[ring + BASE] : next
  }

  #before(ring: number, lot: number): number {
    return (lot === this.#rings[ring + BASE] ? this.#rings[ring + END] : lot) - LOT
  }

  /** A lot is gone: nothing is told by it any more. */
  #forget(ring: number, lot: number): void {
    if (this.#rings[ring + NONE_BEFORE] === lot) this.#rings[ring + NONE_BEFORE] = -1
    if (this.#rings[ring + NONE_AFTER] === lot) this.#rings[ring + NONE_AFTER] = -1
  }

  /** The ring is full: where a quarter and more of it is empty lots these go, else it moves to where there is twice the room. */
  #makeRoom(ring: number): void {
    const rings = this.#rings
    const { rows } = this
    const tail = rings[ring + TAIL]
    const room = (rings[ring + END] - rings[ring + BASE]) / LOT
    let to = rings[ring + HEAD]
    let kept = 0
    for (let at = to; at !== tail; at = this.#after(ring, at)) {
      if (this.#isEmpty(at)) continue
      if (to !== at) rows.copyWithin(to, at, at + LOT)
      to = this.#after(ring, to)
      kept++
    }
    rings[ring + TAIL] = to
    if (kept > room * 0.75) this.#move(ring, 2 * room)
    else this.#forgetActive(ring)
  }

  /** Moves a ring to new memory with room for so many lots; the old is not used again, and less than the new. */
  #move(ring: number, room: number): void {
    const rings = this.#rings
    const base = this.#used
    this.#used = base + room * LOT
    while (this.#used > this.rows.length) {
      const grown = new Int32Array(this.rows.length * 2)
      grown.set(this.rows)
      this.rows = grown
    }
    let to = base
    for (let at = rings[ring + HEAD]; at !== rings[ring + TAIL]; at = this.#after(ring, at)) {
      this.rows.copyWithin(to, at, at + LOT)
      to += LOT
    }
    rings[ring + BASE] = base
    rings[ring + END] = this.#used
    rings[ring + HEAD] = base
    rings[ring + TAIL] = to
    this.#forgetActive(ring)
  }
}
