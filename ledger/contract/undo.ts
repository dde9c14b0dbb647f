/** Tables that an entry of the log may be about. */
export const ACCOUNTS = 0
export const ASSETS = 1
export const BATTERIES = 2
export const LOTS = 3
export const LOT_TERMS = 4
export const PASSES = 5
export const PLATFORMS = 6
/** Nothing is to be put back: the lot in this row was made by the transaction. */
export const BORN = 7
const TABLES = 8

/** Doubles of half a line of the cache, which is what an entry keeps; behind them stands `half × TABLES + table`. */
export const HALF = 4
const ENTRY = HALF + 1
const WORDS = 2 * HALF

/**
 * What stood in the rows that a transaction changes, so that a refused one leaves no trace. Half a line of a table
 * is kept before it changes; when it is kept again, later, that does no harm, since the log
 * is read backwards.
 */
export class UndoLog {
  /** The entry that `pop` read last; of a lot that was born, its row. */
  table = 0
  half = 0
  #used = 0
  #log = new Float64Array(ENTRY * 2048)
  #logWords = new Int32Array(this.#log.buffer)

  /** Keeps half a line of a table: its doubles from `half × HALF` on, none of which may be no number. */
  keep(table: number, values: Float64Array, half: number): void {
    const at = this.#used
    if (at + ENTRY > this.#log.length) this.#grow()
    const log = this.#log
    const from = half << 2
    log[at] = values[from]
    log[at + 1] = values[from + 1]
    log[at + 2] = values[from + 2]
    log[at + 3] = values[from + 3]
    log[at + HALF] = half * TABLES + table
    this.#used = at + ENTRY
  }

  /** The same of a table whose integers may be anything: their pairs are no doubles. */
  keepWords(table: number, words: Int32Array, half: number): void {
    const at = this.#used
    if (at + ENTRY > this.#log.length) this.#grow()
    const log = this.#logWords
    for (let word = 0; word < WORDS; word++) log[at * 2 + word] = words[half * WORDS + word]
    this.#log[at + HALF] = half * TABLES + table
    this.#used = at + ENTRY
  }

  /** Notes that a row was made: there is nothing to keep of it. */
  born(row: number): void {
    const at = this.#used
    if (at + ENTRY > this.#log.length) this.#grow()
    this.#log[at + HALF] = row * TABLES + BORN
    this.#used = at + ENTRY
  }

  #grow(): void {
    const grown = new Float64Array(this.#log.length * 2)
    grown.set(this.#log)
    this.#log = grown
    this.#logWords = new Int32Array(grown.buffer)
  }

  /** Takes the newest entry off, for `restore`; false when there is none. */
  pop(): boolean {
    if (this.#used === 0) return false
    this.#used -= ENTRY
    const head = this.#log[this.#used + HALF]
    this.table = head % TABLES
    this.half = (head - this.table) / TABLES
    return true
  }

  /** Puts what the entry that `pop` took has kept back into its table's words. */
  restore(words: Int32Array): void {
    const at = this.#used * 2
    words.set(this.#logWords.subarray(at, at + WORDS), this.half * WORDS)
  }

  clear(): void {
    this.#used = 0
  }
}
