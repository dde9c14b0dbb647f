/** Rows of things that have numbers of their own (accounts, assets): dense, in the order of creation. */
export class NumberedRows {
  /** Row + 1 by number; grown to the highest number in use. */
  #rows = new Int32Array(1024)
  count = 0

  /** Row of a number; −1 when it has none. */
  find(number: number): number {
    return number >= 0 && number < this.#rows.length ? this.#rows[number] - 1 : -1
  }

  /** The next row for a number that has none. */
  add(number: number): number {
    if (number >= this.#rows.length) {
      const grown = new Int32Array(2 ** Math.ceil(Math.log2(number + 1)))
      grown.set(this.#rows)
      this.#rows = grown
    }
    this.#rows[number] = ++this.count
    return this.count - 1
  }

  /** Rows in the order of their numbers. */
  *sorted(): Generator<number> {
    for (const row of this.#rows) if (row > 0) yield row - 1
  }
}

/** The same table with room for `length` values, doubled when it is too small. */
export function roomFor<T extends Int32Array | Float64Array>(table: T, length: number): T {
  if (length <= table.length) return table
  const grown = new (table.constructor as new (length: number) => T)(Math.max(length, table.length * 2))
  grown.set(table)
  return grown
}
