import { quantileSorted } from 'simple-statistics'
import type { RandomStream } from '../../data/random.ts'

/** A mean of paired differences and where it may lie. */
export interface MeanInterval {
  readonly mean: number
  /** 95 % interval; null with fewer pairs than `LEAST_PAIRS`. */
  readonly interval: readonly [low: number, high: number] | null
  readonly pairs: number
}

/** With fewer, a resampled mean has too few values to say anything. */
export const LEAST_PAIRS = 5
export const RESAMPLES = 5000

/**
 * Mean of differences with the percentile bootstrap's 95 % interval (Efron, 1979): means of `RESAMPLES` draws with
 * replacement. It tells how the mean would vary with other pairs of the same kind; with a dozen pairs it is
 * rather too narrow. The same stream gives the same interval.
 */
export function meanInterval(differences: readonly number[], stream: RandomStream): MeanInterval {
  const pairs = differences.length
  const mean = differences.reduce((sum, value) => sum + value, 0) / pairs
  if (pairs < LEAST_PAIRS) return { mean, interval: null, pairs }
  const means = new Float64Array(RESAMPLES)
  for (let at = 0; at < RESAMPLES; at++) {
    let sum = 0
    for (let draw = 0; draw < pairs; draw++) sum += differences[Math.floor(stream.uniform() * pairs)]
    means[at] = sum / pairs
  }
  const sorted = means.toSorted() as unknown as number[]
  return { mean, interval: [quantileSorted(sorted, 0.025), quantileSorted(sorted, 0.975)], pairs }
}
