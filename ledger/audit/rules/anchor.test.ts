import { expect, test } from 'vitest'
import fc from 'fast-check'
import { ASSET_INTS, Assets, BATTERY, PASS_ENDED, PASSES, READ_MINUTE } from '../tables/assets.ts'
import { highWhenFull } from './anchor.ts'

const ceil = (a: bigint, b: bigint): bigint => (a + b - 1n) / b
function root(n: bigint): bigint {
  let low = 0n
  for (let high = n + 1n; high - low > 1n;) {
    const middle = (low + high) / 2n
    if (middle * middle <= n) low = middle
    else high = middle
  }
  return low
}

/** The specification's sentence, in whole numbers of any size. */
function specified(passes: readonly number[], age: bigint): bigint {
  const k = BigInt(passes.length)
  const kept = passes.map(BigInt)
  const mean = ceil(
    kept.reduce((sum, one) => sum + one, 0n),
    k,
  )
  const squares = kept.reduce((sum, one) => sum + (one - mean) ** 2n, 0n)
  const deviation = root(ceil(squares, k > 1n ? k - 1n : 1n)) + 1n
  const faded = mean - (mean * 24n * age) / (1000n * 525_600n)
  return (faded + 3n * deviation) * 1000n + 50_000n + ceil(100_000n * age, 525_600n)
}

test('what a full battery can deliver is the specification’s to the last milliwatt-hour, of any size and age', () => {
  // Up to a five-hundredth of 10^12, the most that a pass may be; small ones as well, which stay within a number.
  const sizes = fc.oneof(
    fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 32 }),
    fc.array(fc.integer({ min: 0, max: 2_000_000_000 }), { minLength: 1, maxLength: 32 }),
  )
  const ages = fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 2 ** 31 - 1 }))
  const widest = { squares: 0, fade: 0 }
  fc.assert(
    fc.property(sizes, ages, (passes, age) => {
      const assets = new Assets()
      const row = assets.create(1, BATTERY, new Uint8Array(), new Uint8Array())
      assets.passes[row]?.set(passes)
      assets.ints[row * ASSET_INTS + PASSES] = passes.length
      assets.ints[row * ASSET_INTS + PASS_ENDED] = 0
      assets.ints[row * ASSET_INTS + READ_MINUTE] = age
      widest.squares = Math.max(widest.squares, (Math.max(...passes) - Math.min(...passes)) ** 2)
      widest.fade = Math.max(widest.fade, Math.max(...passes) * 24 * age)
      expect(BigInt(highWhenFull(assets, row, age))).toBe(specified(passes, BigInt(age)))
    }),
    { numRuns: 2000 },
  )
  // Both leave what a number holds exactly in some of the cases.
  expect(widest.squares).toBeGreaterThan(2 ** 54)
  expect(widest.fade).toBeGreaterThan(2 ** 54)
})
