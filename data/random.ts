import { hash } from 'node:crypto'

/** A source of random draws; two with the same seed and names give the same draws. */
export interface RandomStream {
  /** Whole number in [0, 2^32). */
  readonly uint32: () => number
  /** In [0, 1), 53 bits. */
  readonly uniform: () => number
  /** Standard normal. */
  readonly normal: () => number
}

/**
 * The stream of one purpose of one thing: `streamFor(seed, 'load', homeId)`. Seed and names are
 * hashed (SHA-256, each name with its length) into the whole state of the generator, so that adding a
 * home shifts nobody else's draws. The generator is xoshiro128** (Blackman and Vigna, 2018).
 */
export function streamFor(seed: number, ...names: readonly (string | number)[]): RandomStream {
  const key = [seed, ...names].map((name) => `${String(name).length}:${name}`).join('|')
  const digest = hash('sha256', key, 'buffer')
  let a = digest.readInt32LE(0)
  let b = digest.readInt32LE(4)
  let c = digest.readInt32LE(8)
  // The last word is odd: a state of zeros, which the generator never leaves, cannot occur.
  let d = digest.readInt32LE(12) | 1

  const uint32 = (): number => {
    const product = Math.imul(b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result >>> 0
  }
  const uniform = (): number => ((uint32() >>> 5) * 67_108_864 + (uint32() >>> 6)) / 9_007_199_254_740_992
  // Box and Muller, one of the pair at a time: no state beside the generator's.
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  return { uint32, uniform, normal }
}
