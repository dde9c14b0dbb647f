/**
 * How much to move aside (above zero) or to release (below zero), milliwatt-hours. The target of what
 * is set aside is what the lower bound does not back: `S − max(0, E_low)`; moves below the hysteresis
 * are left alone, and tokens are released at most once a day.
 *
 * @param active Sa, milliwatt-hours
 * @param setAside Ss, milliwatt-hours
 * @param lowKwh E_low, kWh
 * @param mayRelease the day's release is still open
 */
export function setAsideMove(
  active: number,
  setAside: number,
  lowKwh: number,
  hysteresisKwh: number,
  mayRelease: boolean,
): number {
  const stock = active + setAside
  const backed = Math.floor(Math.max(0, lowKwh) * 1e6)
  const target = Math.max(0, stock - backed)
  const move = target - setAside
  const least = hysteresisKwh * 1e6
  if (move > least) return Math.min(move, active)
  if (move < -least && mayRelease) return move
  return 0
}
