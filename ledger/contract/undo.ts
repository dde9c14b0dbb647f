/** Tables that an entry of the log may be about. */
export const ACCOUNTS = 0
export const ASSETS = 1
export const LOTS = 2
export const PASSES = 3
export const PLATFORMS = 4
/** An entry without values: the lot at this place was made by the transaction. */
export const BORN = 5
const TABLES = 8

/**
 * What stood in the rows that a transaction changes, so that a refused one leaves no trace. A row is
 * kept once, before its first change: its values, then its place, then `count × 8 + table`; the log is read
 * backwards.
 */
export class UndoLog {
  /** The entry that `pop` read last. */
  table = 0
  place = 0
  #count = 0
  #used = 0
  #log = new Float64Array(8192)

  /** Keeps `count` (a multiple of four) values of a table from `place` on. */
  keep(table: number, values: Float64Array, place: number, count: number): void {
    const at = this.#used
    const end = at + count
    if (end + 2 > this.#log.length) this.#log = doubled(this.#log)
    const log = this.#log
    for (let to = at, from = place; to < end; to += 4, from += 4) {
      log[to] = values[from]
      log[to + 1] = values[from + 1]
      log[to + 2] = values[from + 2]
      log[to + 3] = values[from + 3]
    }
    log[end] = place
    log[end + 1] = count * TABLES + table
    this.#used = end + 2
  }

  /** Takes the newest entry off, for `restore`; false when there is none. */
  pop(): boolean {
    if (this.#used === 0) return false
    const head = this.#log[this.#used - 1]
    this.table = head % TABLES
    this.#count = (head - this.table) / TABLES
    this.place = this.#log[this.#used - 2]
    this.#used -= 2 + this.#count
    return true
  }

  /** Puts the values of the entry that `pop` took back into its table. */
  restore(values: Float64Array): void {
    for (let field = 0; field < this.#count; field++) {
      values[this.place + field] = this.#log[this.#used + field]
    }
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
