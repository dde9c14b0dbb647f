/**
 * Levels of every forecast: the ends of the 95 % and the 80 % interval, and the tenths between them. Their mean
 * pinball loss is half the continuous ranked probability score, but for the outermost tails.
 */
export const LEVELS = [0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.975] as const
export const MEDIAN = LEVELS.indexOf(0.5)

/** A central interval: its nominal coverage, and where its ends stand among the levels. */
export interface Interval {
  readonly coverage: number
  readonly low: number
  readonly high: number
}

export const INTERVALS: readonly Interval[] = [
  { coverage: 0.95, low: 0, high: LEVELS.length - 1 },
  { coverage: 0.8, low: 1, high: LEVELS.length - 2 },
]

/** Pinball loss of a quantile at `level`: R. Koenker, G. Bassett, Econometrica 46, 33 (1978). In the unit of the values. */
export const pinball = (level: number, quantile: number, actual: number): number =>
  actual >= quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual)

/** Share of the probability that each level stands for: to the middle between it and its neighbors. */
const SHARES = LEVELS.map(
  (level, at) =>
    (at === LEVELS.length - 1 ? 1 : (level + LEVELS[at + 1]) / 2) -
    (at === 0 ? 0 : (level + LEVELS[at - 1]) / 2),
)

/** Mean of each slot of a day's quantiles, kWh. */
export function meanOf(quantiles: Float64Array): Float64Array {
  const slots = quantiles.length / LEVELS.length
  return Float64Array.from({ length: slots }, (_, slot) =>
    SHARES.reduce((sum, share, at) => sum + share * quantiles[slot * LEVELS.length + at], 0),
  )
}

/** Mean pinball loss over the levels of one slot whose quantiles begin at `at`. */
export function meanPinball(quantiles: Float64Array, at: number, actual: number): number {
  let sum = 0
  for (let index = 0; index < LEVELS.length; index++)
    sum += pinball(LEVELS[index], quantiles[at + index], actual)
  return sum / LEVELS.length
}

/**
 * Takes crossing out of one slot's quantiles by sorting them, in place, and what lies outside [low, high] with it:
 * V. Chernozhukov, I. Fernández-Val, A. Galichon, Econometrica 78, 1093 (2010); the loss never grows.
 */
export function uncross(quantiles: Float64Array, at: number, low: number, high: number): void {
  const slot = quantiles.subarray(at, at + LEVELS.length)
  for (let index = 0; index < slot.length; index++) slot[index] = Math.min(high, Math.max(low, slot[index]))
  slot.sort()
}

/**
 * Quantiles of a weighted sample at `levels`, linear between the midpoints of the weights (R. J. Hyndman, Y. Fan,
 * Am. Stat. 50, 361 (1996), type 5, which this is for equal weights).
 */
export function weightedQuantiles(
  values: readonly number[],
  weights: readonly number[],
  levels: readonly number[] = LEVELS,
): number[] {
  const order = values.map((_, index) => index).toSorted((a, b) => values[a] - values[b])
  let total = 0
  for (const weight of weights) total += weight
  const result: number[] = []
  let next = 0
  let before = 0
  let lastMid = 0
  let lastValue = values[order[0]]
  for (const index of order) {
    const mid = (before + weights[index] / 2) / total
    const value = values[index]
    while (next < levels.length && levels[next] <= mid) {
      const part = mid > lastMid ? (levels[next] - lastMid) / (mid - lastMid) : 1
      result.push(lastValue + Math.max(0, Math.min(1, part)) * (value - lastValue))
      next++
    }
    before += weights[index]
    lastMid = mid
    lastValue = value
  }
  while (result.length < levels.length) result.push(lastValue)
  return result
}
