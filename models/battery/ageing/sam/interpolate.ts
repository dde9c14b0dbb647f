/** A straight line through two points, beyond them too; where both lie on one x, the first one's y. */
export function onLine(x1: number, y1: number, x2: number, y2: number, x: number): number {
  if (x1 === x2 || y1 === y2) return y1
  const slope = (y2 - y1) / (x2 - x1)
  return slope * x + (y1 - slope * x1)
}

/** Points of a curve, x ascending. */
export interface Curve {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

/** Value of a curve between its points; beyond its ends the first or last two points go on. */
export function onCurve({ x, y }: Curve, at: number): number {
  let next = 1
  while (next < x.length && x[next] <= at) next++
  if (next === x.length) next--
  return onLine(x[next - 1], y[next - 1], x[next], y[next], at)
}
