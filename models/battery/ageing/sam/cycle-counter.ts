/** A cycle that closed: its range and the deepest discharge on record, % of capacity. */
export interface SamCycle {
  readonly rangePercent: number
  readonly deepestPercent: number
}

/** Ranges that differ by less count as equal, %. */
const TOLERANCE_PERCENT = 0.002

/**
 * Rainflow as SAM's shared library counts it: every range that a later one covers is one whole cycle,
 * also where it holds the first turning point, and what is open at the end never counts.
 */
export class SamCycleCounter {
  readonly #depths: number[] = []
  /** Cycles so far. */
  count = 0

  /** Depth of discharge at a change between charging and discharging, %; returns what closed. */
  turn(depthPercent: number): SamCycle[] {
    const depths = this.#depths
    const closed: SamCycle[] = []
    depths.push(depthPercent)
    while (depths.length >= 3) {
      const top = depths.length - 1
      const newest = Math.abs(depths[top] - depths[top - 1])
      const before = Math.abs(depths[top - 1] - depths[top - 2])
      if (newest + TOLERANCE_PERCENT < before) break
      closed.push({ rangePercent: before, deepestPercent: Math.max(...depths) })
      this.count++
      depths.splice(top - 2, 2)
    }
    return closed
  }
}
