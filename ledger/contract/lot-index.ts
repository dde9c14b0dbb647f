import * as columns from './columns.ts'

const { LOT, LOT_ASSET, LOT_FROM, LOT_MINUTE, LOT_SOURCE } = columns

/**
 * From a storage lot's name to its row, and back to nothing when the lot is gone: open addressing with
 * linear probing; deletion shifts back, so no tombstones are left behind. The names themselves stand
 * in the table of lots.
 */
export class LotIndex {
  #slots = new Int32Array(1024)
  #mask = 1023
  #used = 0
  /** The table of lots; whoever replaces it by a longer one puts that here. */
  lots: Float64Array

  constructor(lots: Float64Array) {
    this.lots = lots
  }

  /** Place of a lot in the table, or −1. */
  find(asset: number, minute: number, source: number, from: number): number {
    const slots = this.#slots
    const mask = this.#mask
    const { lots } = this
    let slot = hashOf(asset, minute, source, from) & mask
    for (;;) {
      const row = slots[slot] - 1
      if (row < 0) return -1
      const lot = row * LOT
      if (
        lots[lot + LOT_MINUTE] === minute &&
        lots[lot + LOT_ASSET] === asset &&
        lots[lot + LOT_SOURCE] === source &&
        lots[lot + LOT_FROM] === from
      ) {
        return lot
      }
      slot = (slot + 1) & mask
    }
  }

  /** Adds a row whose name stands in the table already and is not in the index yet. */
  add(row: number): void {
    if (this.#used * 2 >= this.#slots.length) this.#grow()
    let slot = homeOf(this.lots, row) & this.#mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask
    this.#slots[slot] = row + 1
    this.#used++
  }

  remove(row: number): void {
    const slots = this.#slots
    const mask = this.#mask
    const { lots } = this
    let hole = homeOf(lots, row) & mask
    while (slots[hole] !== row + 1) hole = (hole + 1) & mask
    slots[hole] = 0
    this.#used--
    for (let slot = (hole + 1) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const home = homeOf(lots, slots[slot] - 1) & mask
      if (((slot - home) & mask) >= ((slot - hole) & mask)) {
        slots[hole] = slots[slot]
        slots[slot] = 0
        hole = slot
      }
    }
  }

  #grow(): void {
    const old = this.#slots
    const { lots } = this
    this.#slots = new Int32Array(old.length * 2)
    this.#mask = this.#slots.length - 1
    for (const entry of old) {
      if (entry === 0) continue
      let slot = homeOf(lots, entry - 1) & this.#mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask
      this.#slots[slot] = entry
    }
  }
}

function hashOf(asset: number, minute: number, source: number, from: number): number {
  let h =
    Math.imul(asset, 0x9e3779b1) ^
    Math.imul(minute, 0x85ebca6b) ^
    Math.imul(source, 0xc2b2ae35) ^
    Math.imul(from | 0, 0x27d4eb2f)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return h ^ (h >>> 16)
}

/** The same of the name in a row. */
function homeOf(lots: Float64Array, row: number): number {
  const lot = row * LOT
  return hashOf(lots[lot + LOT_ASSET], lots[lot + LOT_MINUTE], lots[lot + LOT_SOURCE], lots[lot + LOT_FROM])
}
