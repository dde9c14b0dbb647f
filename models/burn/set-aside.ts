/** Moves aside below this are left for the next interval, milliwatt-hours. */
const LEAST_MOVE = 20_000
/** Taken off the bound for what is left, and for what an interval may take that no register has shown. */
const SLACK = 3 * LEAST_MOVE

/**
 * How much to move aside (above zero) or to release (below zero), milliwatt-hours. The target of what
 * is set aside is what the lower bound does not back: `S − max(0, E_low)`. What is not backed goes
 * aside at once; it comes back at most once a day, and only past the hysteresis.
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
  const backed = Math.floor(Math.max(0, lowKwh * 1e6 - SLACK))
  const target = Math.max(0, stock - backed)
  const move = target - setAside
  if (move > LEAST_MOVE) return Math.min(move, active)
  if (move < -hysteresisKwh * 1e6 && mayRelease) return move
  return 0
}
