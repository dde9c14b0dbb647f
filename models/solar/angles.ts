/** Radians in a degree. */
export const DEG = Math.PI / 180

/** An angle brought into [0, 360), degrees. */
export function turnDeg(angleDeg: number): number {
  const rest = angleDeg % 360
  return rest < 0 ? rest + 360 : rest
}

/** An angle brought into [-180, 180), degrees. */
export const halfTurnDeg = (angleDeg: number): number => turnDeg(angleDeg + 180) - 180
