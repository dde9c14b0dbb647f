import { type Book, EVENT_BURNED } from '../book.ts'
import { ASSET_TABLE, type Assets } from '../tables/assets.ts'
import { LOT_TABLE } from '../tables/lots.ts'
import { STORAGE_LOSS } from '../totals.ts'
import { acts, assetOf, ONLY_ORACLE, refuse } from './refusals.ts'

const {
  ACTIVE,
  ANCHORED,
  ASIDE,
  ASSET_INTS,
  ASSET_SUMS,
  BATTERY,
  CHARGE,
  DELIVERABLE,
  DISCHARGE,
  ENERGY,
  FIRST_LOT,
  INTERVAL,
  KEPT_PASSES,
  OPEN_CHARGE,
  OPEN_DISCHARGE,
  PASS_CHARGE,
  PASS_DISCHARGE,
  PASS_ENDED,
  PASS_MINUTE,
  PASSES,
  READ_MINUTE,
  STANDBY_W,
} = ASSET_TABLE
const { HIGH, LOT_INTS, LOT_KIND, LOT_OWNER, LOT_SUMS, LOW, MID } = LOT_TABLE

const REFUSAL = 1
const FULL = 2
/** A pass counts when no more than this was charged in it, mWh. */
const MOST_PASS_CHARGE = 100_000
/** Minutes. */
const YEAR = 525_600

/** ⌈a / b⌉ of whole numbers, a not negative and below 2^53. */
const ceil = (a: number, b: number): number => (a - (a % b)) / b + (a % b > 0 ? 1 : 0)
/** The same, of any size. */
const ceilOf = (a: bigint, b: bigint): bigint => (a + b - 1n) / b

export function anchor(book: Book, w: Int32Array, at: number): void {
  acts(book, w[at + 1], ONLY_ORACLE)
  const battery = assetOf(book, w[at + 2], BATTERY)
  if (w[at + 4] !== REFUSAL && w[at + 4] !== FULL) refuse('malformed', w[at + 4], 0)
  const minute = w[at + 3]
  const { ints, sums } = book.assets
  const i = battery * ASSET_INTS
  const s = battery * ASSET_SUMS
  const stock = sums[s + ACTIVE] + sums[s + ASIDE]
  if (minute !== ints[i + READ_MINUTE] + ints[i + INTERVAL]) {
    refuse('stale-anchor', minute, ints[i + READ_MINUTE])
  }
  if (sums[s + OPEN_CHARGE] > 0) refuse('stale-anchor', minute, ints[i + READ_MINUTE])
  if (sums[s + OPEN_DISCHARGE] > 0 && stock > 0) refuse('stale-anchor', minute, ints[i + READ_MINUTE])
  if (minute <= ints[i + ANCHORED]) refuse('already-anchored', minute, ints[i + ANCHORED])
  ints[i + ANCHORED] = minute

  let high: number
  if (w[at + 4] === REFUSAL) {
    high = ceil(sums[s + ENERGY], 100)
    endPass(book.assets, battery, minute, high)
  } else {
    high = highWhenFull(book.assets, battery, minute)
    ints[i + PASS_MINUTE] = minute
    sums[s + PASS_CHARGE] = sums[s + CHARGE]
    sums[s + PASS_DISCHARGE] = sums[s + DISCHARGE]
  }
  // Less than zero when the faded energy is: everything set aside has gone.
  const excess = stock - Math.max(high, 0)
  burnAside(book, battery, Math.min(sums[s + ASIDE], Math.max(0, excess)))
}

/** Burns the oldest lots first, from the top of what is set aside, as verified loss. */
function burnAside(book: Book, battery: number, milliWh: number): void {
  const { assets, lots } = book
  let lot = assets.ints[battery * ASSET_INTS + FIRST_LOT]
  for (let left = milliWh; left > 0;) {
    const s = lot * LOT_SUMS
    const next = lots.next(lot)
    const part = Math.min(left, lots.sums[s + HIGH] - lots.sums[s + MID])
    if (part > 0) {
      const high = lots.sums[s + HIGH] - part
      if (book.sink !== null) {
        book.sink(EVENT_BURNED, lot, high, part, STORAGE_LOSS, lots.ints[lot * LOT_INTS + LOT_OWNER], 0)
      }
      lots.sums[s + HIGH] = high
      assets.sums[battery * ASSET_SUMS + ASIDE] -= part
      book.totals.add(lots.ints[lot * LOT_INTS + LOT_KIND], STORAGE_LOSS, part)
      if (lots.sums[s + LOW] === high) lots.remove(assets, lot)
      left -= part
    }
    lot = next
  }
}

/** A refusal ends the open pass, which counts when the battery was hardly charged in it. */
function endPass({ ints, sums, passes }: Assets, battery: number, minute: number, high: number): void {
  const i = battery * ASSET_INTS
  const s = battery * ASSET_SUMS
  const began = ints[i + PASS_MINUTE]
  if (began < 0) return
  ints[i + PASS_MINUTE] = -1
  if (sums[s + CHARGE] - sums[s + PASS_CHARGE] > MOST_PASS_CHARGE) return
  const standby = ceilOf(BigInt(ints[i + STANDBY_W]) * BigInt(minute - began) * 50n, 3n)
  const delivered = BigInt(sums[s + DISCHARGE] - sums[s + PASS_DISCHARGE]) + standby + BigInt(high)
  const passWh = ceilOf(delivered, 1000n)
  const pass = passes[battery]
  // Twice what the battery can hold is no pass.
  if (pass === null || passWh * 500n > BigInt(sums[s + ENERGY])) return
  pass[ints[i + PASSES] % KEPT_PASSES] = Number(passWh)
  ints[i + PASSES]++
  ints[i + PASS_ENDED] = minute
}

/**
 * The most that a full battery can deliver, mWh, from the passes that the ledger itself has kept: each is at most a five-hundredth of 10^12,
 * so that only squares and the years of a fade can leave what a number holds.
 */
export function highWhenFull({ ints, sums, passes }: Assets, battery: number, minute: number): number {
  const i = battery * ASSET_INTS
  const counted = ints[i + PASSES]
  const age = Math.max(0, minute - (counted === 0 ? ints[i + READ_MINUTE] : ints[i + PASS_ENDED]))
  const drift = ceil(100_000 * age, YEAR)
  const kept = passes[battery]?.subarray(0, Math.min(counted, KEPT_PASSES)) ?? NO_PASSES
  if (kept.length === 0) return ceil(sums[battery * ASSET_SUMS + DELIVERABLE] * 106, 100) + 50_000 + drift
  let sum = 0
  for (let pass = 0; pass < kept.length; pass++) sum += kept[pass]
  const mean = ceil(sum, kept.length)
  const fade = mean * 24 * age
  const faded = Number.isSafeInteger(fade)
    ? (fade - (fade % (1000 * YEAR))) / (1000 * YEAR)
    : Number((BigInt(mean) * 24n * BigInt(age)) / BigInt(1000 * YEAR))
  return (mean - faded + 3 * (deviationOf(kept, mean) + 1)) * 1000 + 50_000 + drift
}

const NO_PASSES = new Float64Array(0)

/** ⌊√⌈Σ(pass − mean)² / max(1, k − 1)⌉⌋, exact. */
function deviationOf(kept: Float64Array, mean: number): number {
  const divisor = Math.max(1, kept.length - 1)
  let squares = 0
  for (let pass = 0; pass < kept.length; pass++) squares += (kept[pass] - mean) ** 2
  if (squares <= Number.MAX_SAFE_INTEGER) {
    const n = ceil(squares, divisor)
    // A root may be rounded up to a whole number, never past one.
    const root = Math.floor(Math.sqrt(n))
    return root * root > n ? root - 1 : root
  }
  const exact = Array.from(kept, (pass) => BigInt(pass - mean) ** 2n).reduce((all, one) => all + one, 0n)
  return Number(rootOf(ceilOf(exact, BigInt(divisor))))
}

/** ⌊√n⌋ by Newton's method from above. */
function rootOf(n: bigint): bigint {
  if (n === 0n) return 0n
  let root = BigInt(Math.ceil(Math.sqrt(Number(n)))) + 1n
  for (;;) {
    const next = (root + n / root) / 2n
    if (next >= root) return root
    root = next
  }
}
