import type { RandomStream } from '../../data/random.ts'

/** Sorted copy's value at a part of its length, by the nearest rank; not a number where there is none. */
export function quantile(values: readonly number[], part: number): number {
  if (values.length === 0) return Number.NaN
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1))]
}

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length

/** Logarithm of the binomial probability of at most `hits` of `trials` at a rate. */
function atMost(hits: number, trials: number, rate: number): number {
  let term = trials * Math.log1p(-rate)
  let sum = Math.exp(term)
  for (let hit = 1; hit <= hits; hit++) {
    term += Math.log((trials - hit + 1) / hit) + Math.log(rate / (1 - rate))
    sum += Math.exp(term)
  }
  return Math.min(1, sum)
}

/**
 * One-sided upper bound of a rate, 95 % (Clopper and Pearson 1934): the rate at which so few hits are as
 * unlikely as 5 %.
 */
export function upperRate(hits: number, trials: number): number {
  if (trials === 0 || hits >= trials) return 1
  let low = hits / trials
  let high = 1
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2
    if (atMost(hits, trials, middle) > 0.05) low = middle
    else high = middle
  }
  return high
}

const RESAMPLES = 400

/**
 * Interval of a statistic over batteries, 95 %, by the percentile bootstrap: batteries are drawn with
 * replacement, so that the years of one stay together.
 */
export function bootstrap<T>(
  items: readonly T[],
  statistic: (sample: readonly T[]) => number,
  stream: RandomStream,
): readonly [number, number] {
  if (items.length < 2) return [Number.NaN, Number.NaN]
  const values: number[] = []
  const sample: T[] = Array.from({ length: items.length }, () => items[0])
  for (let round = 0; round < RESAMPLES; round++) {
    for (let at = 0; at < sample.length; at++) sample[at] = items[Math.floor(stream.uniform() * items.length)]
    const value = statistic(sample)
    if (!Number.isNaN(value)) values.push(value)
  }
  return [quantile(values, 0.025), quantile(values, 0.975)]
}
