/**
 * From a lot's name to its row, and back to nothing when the lot is gone: open addressing with
 * linear probing over typed arrays; deletion shifts back, so no tombstones are left behind. The
 * names themselves stand in the columns of the lot table.
 */
export class LotIndex {
  #slots = new Int32Array(1024)
  #mask = 1023
  #used = 0
  readonly #asset: () => Float64Array
  readonly #minute: () => Float64Array
  readonly #source: () => Float64Array
  readonly #from: () => Float64Array

  constructor(columns: {
    asset: () => Float64Array
    minute: () => Float64Array
    source: () => Float64Array
    from: () => Float64Array
  }) {
    this.#asset = columns.asset
    this.#minute = columns.minute
    this.#source = columns.source
    this.#from = columns.from
  }

  static #hash(asset: number, minute: number, source: number, from: number): number {
    let h = Math.imul(asset, 0x9e3779b1) ^ Math.imul(minute, 0x85ebca6b)
    h =
      Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) ^
      Math.imul(source + 1, 0xc2b2ae35) ^
      Math.imul(from | 0, 0x27d4eb2f)
    h = Math.imul(h ^ (h >>> 13), 0x297a2d39)
    return h ^ (h >>> 16)
  }

  #hashOfRow(row: number): number {
    return LotIndex.#hash(this.#asset()[row], this.#minute()[row], this.#source()[row], this.#from()[row])
  }

  /** Row of a lot, or −1. */
  find(asset: number, minute: number, source: number, from: number): number {
    const slots = this.#slots
    const mask = this.#mask
    const assets = this.#asset()
    const minutes = this.#minute()
    const sources = this.#source()
    const froms = this.#from()
    let slot = LotIndex.#hash(asset, minute, source, from) & mask
    for (;;) {
      const row = slots[slot] - 1
      if (row < 0) return -1
      if (
        minutes[row] === minute &&
        assets[row] === asset &&
        sources[row] === source &&
        froms[row] === from
      ) {
        return row
      }
      slot = (slot + 1) & mask
    }
  }

  /** Adds a row whose name stands in the columns already and is not in the index yet. */
  add(row: number): void {
    if (this.#used * 2 >= this.#slots.length) this.#grow()
    let slot = this.#hashOfRow(row) & this.#mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask
    this.#slots[slot] = row + 1
    this.#used++
  }

  remove(row: number): void {
    const slots = this.#slots
    const mask = this.#mask
    let hole = this.#hashOfRow(row) & mask
    while (slots[hole] !== row + 1) hole = (hole + 1) & mask
    slots[hole] = 0
    this.#used--
    for (let slot = (hole + 1) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const home = this.#hashOfRow(slots[slot] - 1) & mask
      if (((slot - home) & mask) >= ((slot - hole) & mask)) {
        slots[hole] = slots[slot]
        slots[slot] = 0
        hole = slot
      }
    }
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Int32Array(old.length * 2)
    this.#mask = this.#slots.length - 1
    for (const entry of old) {
      if (entry === 0) continue
      let slot = this.#hashOfRow(entry - 1) & this.#mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask
      this.#slots[slot] = entry
    }
  }
}
