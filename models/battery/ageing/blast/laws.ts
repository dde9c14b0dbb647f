/**
 * How a loss grows with time or throughput, in steps of changing rate: each law is written as a rate of
 * its own state, so that what was lost under other conditions counts. `x` is days or equivalent full
 * cycles. Source: BLAST-Lite 1.1.1 (NREL, BSD-3-Clause).
 */

/** A published step beyond so many times what the law itself gives says nothing any more. */
const MOST_OVERSHOOT = 10

/**
 * Change of `y = k·x^p` over a step `dx`, from the state `y`: as published the slope at the start times `dx`. Cells
 * that hardly lost anything under mild conditions stand so near to zero that under harsher ones (empty for days,
 * then charged) this slope takes all their health in a day; there the change is the law's own,
 * `k·((y/k)^(1/p) + dx)^p − y`.
 */
export function powerLaw(y: number, dx: number, k: number, p: number): number {
  if (dx === 0) return 0
  if (y === 0) return k * dx ** p
  const sloped = k * p * (y / k) ** ((p - 1) / p) * dx
  // The law is steepest from zero, so that its own change is no more than this.
  if (!(sloped > MOST_OVERSHOOT * k * dx ** p)) return sloped
  return k * ((y / k) ** (1 / p) + dx) ** p - y
}

/** Change of `y = (k·x)^p`. */
export function scaledPowerLaw(y: number, dx: number, k: number, p: number): number {
  if (dx === 0) return 0
  if (y === 0) return (k * dx) ** p
  const x = y ** (1 / p) / k
  return ((p * (k * x) ** p) / x) * dx
}

/** Change of `y = 2·limit·(1/2 − 1/(1 + exp((k·x)^p)))`. */
export function sigmoidLaw(y: number, dx: number, limit: number, k: number, p: number): number {
  if (dx === 0) return 0
  if (y === 0) return 2 * limit * (0.5 - 1 / (1 + Math.exp((k * dx) ** p)))
  const x = (1 / k) * Math.log(-((2 * limit) / (y - limit)) - 1) ** (1 / p)
  const z = (k * x) ** p
  return ((2 * limit * p * Math.exp(z) * z) / (x * (Math.exp(z) + 1) ** 2)) * dx
}
