/** Tables that an entry of the log may be about. */
export const ACCOUNTS = 0
export const ASSETS = 1
export const LOTS = 2
export const PASSES = 3
export const PLATFORMS = 4
/** Nothing is to be put back: the lot at this place was made by the transaction. */
export const BORN = 5
const TABLES = 8

/** Values that an entry keeps; behind them stands `place × TABLES + table`. */
const KEPT = 4
const ENTRY = KEPT + 1

/**
 * What stood in the rows that a transaction changes, so that a refused one leaves no trace. Four values
 * of a row are kept before they change; when they are kept again, later, that does no harm, since the log
 * is read backwards.
 */
export class UndoLog {
  /** The entry that `pop` read last. */
  table = 0
  place = 0
  #used = 0
  #log = new Float64Array(8192)

  /** Keeps the four values of a table from `place` on. */
  keep(table: number, values: Float64Array, place: number): void {
    const at = this.#used
    if (at + ENTRY > this.#log.length) this.#log = doubled(this.#log)
    const log = this.#log
    log[at] = values[place]
    log[at + 1] = values[place + 1]
    log[at + 2] = values[place + 2]
    log[at + 3] = values[place + 3]
    log[at + KEPT] = place * TABLES + table
    this.#used = at + ENTRY
  }

  /** Notes that a row was made: there is nothing to keep of it. */
  born(place: number): void {
    const at = this.#used
    if (at + ENTRY > this.#log.length) this.#log = doubled(this.#log)
    this.#log[at + KEPT] = place * TABLES + BORN
    this.#used = at + ENTRY
  }

  /** Takes the newest entry off, for `restore`; false when there is none. */
  pop(): boolean {
    if (this.#used === 0) return false
    this.#used -= ENTRY
    const head = this.#log[this.#used + KEPT]
    this.table = head % TABLES
    this.place = (head - this.table) / TABLES
    return true
  }

  /** Puts the values of the entry that `pop` took back into its table. */
  restore(values: Float64Array): void {
    values.set(this.#log.subarray(this.#used, this.#used + KEPT), this.place)
  }

  clear(): void {
    this.#used = 0
  }
}

/** A table of twice the length that begins with this one. */
export function doubled(table: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(table.length * 2)
  grown.set(table)
  return grown
}
