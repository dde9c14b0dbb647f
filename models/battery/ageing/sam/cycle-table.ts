import { type Curve, onCurve, onLine } from './interpolate.ts'

/** Rows of a cycle-life table: depth of the cycles (%), number of cycles, capacity left (%). */
export type CycleTableRows = readonly (readonly [number, number, number])[]

/** Capacity left after a number of cycles of one depth, %, between the curves of the depths tested. */
export type CycleTable = (depthPercent: number, cycles: number) => number

/**
 * Reads a cycle-life table as SAM's shared library does: along the two depths either side by number of
 * cycles, then between them by depth. Below the least depth the other curve is 100 % at depth 0; above
 * the greatest its curve holds. One depth alone counts for every depth.
 */
export function cycleTable(rows: CycleTableRows): CycleTable {
  const depths = [...new Set(rows.map(([depth]) => depth))].toSorted((a, b) => a - b)
  const curves = new Map<number, Curve>(
    depths.map((depth) => {
      const own = rows.filter((row) => row[0] === depth)
      return [depth, { x: own.map((row) => row[1]), y: own.map((row) => row[2]) }]
    }),
  )
  const curveOf = (depth: number): Curve | undefined => curves.get(depth)
  if (depths.length === 1) {
    const all = { x: rows.map((row) => row[1]), y: rows.map((row) => row[2]) }
    return (_, cycles) => onCurve(all, cycles)
  }
  return (depthPercent, cycles) => {
    // What is not bracketed by the table is bracketed by no cycle at all and by a full one.
    const low = depths.findLast((depth) => depth < depthPercent && depth > 0) ?? 0
    const high = depths.find((depth) => depth >= depthPercent && depth < 100) ?? 100
    const above = curveOf(high) ?? curveOf(depths[depths.length - 1])
    const below = curveOf(low)
    const lowCapacity = below === undefined ? 100 : Math.max(0, onCurve(below, cycles))
    const highCapacity = above === undefined ? 100 : Math.min(100, onCurve(above, cycles))
    return onLine(low, lowCapacity, high, highCapacity, depthPercent)
  }
}
