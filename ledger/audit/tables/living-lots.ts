import { randomInt } from 'node:crypto'
import { ASSET_TABLE, type Assets } from './assets.ts'
import { LOT_TABLE } from './lots.ts'
import { roomFor } from './numbered.ts'

const { ASSET_INTS, FIRST_LOT, LAST_LOT, LOTS } = ASSET_TABLE
const {
  CARBON,
  CHAIN,
  HIGH,
  LOT_ASSET,
  LOT_ASSET_ROW,
  LOT_FROM,
  LOT_INTS,
  LOT_KIND,
  LOT_MINUTE,
  LOT_OWNER,
  LOT_SOURCE,
  LOT_SUMS,
  LOW,
  MID,
  MINTED,
  NEXT,
  OFFER_MINUTE,
  OFFERED,
  PREVIOUS,
  RATE,
} = LOT_TABLE

/**
 * The living lots: rows that are used again, linked per asset in the order of minting, found by name: an asset's
 * newest lot through the asset, its others through a chained hash index. So generated energy, which hardly
 * outlives its interval, never enters the index. Memory is that of the most lots that ever lived at once.
 */
export class Lots {
  ints = new Int32Array(1024 * LOT_INTS)
  sums = new Float64Array(1024 * LOT_SUMS)
  living = 0
  #heads = new Int32Array(2048).fill(-1)
  #indexed = 0
  /** Rows that dead lots left, linked by CHAIN. */
  #free = -1
  #rows = 0
  /** Nobody who writes a journal can choose names that collide. */
  readonly #seed = randomInt(2 ** 31)

  #bucket(asset: number, minute: number, source: number, from: number): number {
    let hash = Math.imul(asset ^ this.#seed, 0x9e3779b1) ^ Math.imul(minute, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) ^ Math.imul(source, 0x27d4eb2f)
    hash = Math.imul(hash ^ (hash >>> 13) ^ (from | 0), 0x165667b1) ^ (from / 4_294_967_296)
    return (hash ^ (hash >>> 16)) & (this.#heads.length - 1)
  }

  #is(row: number, asset: number, minute: number, source: number, from: number): boolean {
    const { ints } = this
    const i = row * LOT_INTS
    return (
      ints[i + LOT_MINUTE] === minute &&
      ints[i + LOT_ASSET] === asset &&
      ints[i + LOT_SOURCE] === source &&
      this.sums[row * LOT_SUMS + LOT_FROM] === from
    )
  }

  /** Row of a living lot; −1 when none has that name. The asset's newest lot is not in the index: look there first. */
  find(assets: Assets, asset: number, minute: number, source: number, from: number): number {
    const assetRow = assets.find(asset)
    if (assetRow < 0) return -1
    const newest = assets.ints[assetRow * ASSET_INTS + LAST_LOT]
    if (newest < 0 || this.#is(newest, asset, minute, source, from)) return newest
    let row = this.#heads[this.#bucket(asset, minute, source, from)]
    while (row >= 0 && !this.#is(row, asset, minute, source, from)) row = this.ints[row * LOT_INTS + CHAIN]
    return row
  }

  /** A new lot, all of it active, at the end of its asset's list; the name is free. */
  create(
    assets: Assets,
    assetRow: number,
    asset: number,
    minute: number,
    source: number,
    from: number,
    kind: number,
    owner: number,
    carbon: number,
    milliWh: number,
  ): number {
    let row = this.#free
    if (row >= 0) this.#free = this.ints[row * LOT_INTS + CHAIN]
    else {
      row = this.#rows++
      this.ints = roomFor(this.ints, this.#rows * LOT_INTS)
      this.sums = roomFor(this.sums, this.#rows * LOT_SUMS)
    }
    const { ints, sums } = this
    const i = row * LOT_INTS
    const s = row * LOT_SUMS
    ints[i + LOT_ASSET] = asset
    ints[i + LOT_MINUTE] = minute
    ints[i + LOT_SOURCE] = source
    ints[i + LOT_KIND] = kind
    ints[i + LOT_OWNER] = owner
    ints[i + CARBON] = carbon
    ints[i + RATE] = 0
    ints[i + OFFER_MINUTE] = 0
    ints[i + LOT_ASSET_ROW] = assetRow
    sums[s + LOT_FROM] = from
    sums[s + MINTED] = milliWh
    sums[s + LOW] = 0
    sums[s + MID] = milliWh
    sums[s + HIGH] = milliWh
    sums[s + OFFERED] = 0

    const list = assetRow * ASSET_INTS
    const last = assets.ints[list + LAST_LOT]
    ints[i + PREVIOUS] = last
    ints[i + NEXT] = -1
    if (last < 0) assets.ints[list + FIRST_LOT] = row
    else {
      ints[last * LOT_INTS + NEXT] = row
      this.#index(last)
    }
    assets.ints[list + LAST_LOT] = row
    assets.ints[list + LOTS]++
    this.living++
    return row
  }

  /** Forgets a lot of which nothing is left. */
  remove(assets: Assets, row: number): void {
    const { ints } = this
    const i = row * LOT_INTS
    const list = ints[i + LOT_ASSET_ROW] * ASSET_INTS
    const next = ints[i + NEXT]
    const previous = ints[i + PREVIOUS]
    if (next >= 0) {
      this.#unindex(row)
      ints[next * LOT_INTS + PREVIOUS] = previous
    } else {
      // The one before is the newest from now on.
      if (previous >= 0) this.#unindex(previous)
      assets.ints[list + LAST_LOT] = previous
    }
    if (previous < 0) assets.ints[list + FIRST_LOT] = next
    else ints[previous * LOT_INTS + NEXT] = next
    assets.ints[list + LOTS]--
    ints[i + CHAIN] = this.#free
    this.#free = row
    this.living--
  }

  #bucketOf(row: number): number {
    const i = row * LOT_INTS
    const { ints } = this
    const from = this.sums[row * LOT_SUMS + LOT_FROM]
    return this.#bucket(ints[i + LOT_ASSET], ints[i + LOT_MINUTE], ints[i + LOT_SOURCE], from)
  }

  #index(row: number): void {
    if (this.#indexed++ * 2 > this.#heads.length) this.#widen()
    const bucket = this.#bucketOf(row)
    this.ints[row * LOT_INTS + CHAIN] = this.#heads[bucket]
    this.#heads[bucket] = row
  }

  #unindex(row: number): void {
    const { ints } = this
    const bucket = this.#bucketOf(row)
    let at = this.#heads[bucket]
    if (at === row) this.#heads[bucket] = ints[row * LOT_INTS + CHAIN]
    else {
      while (ints[at * LOT_INTS + CHAIN] !== row) at = ints[at * LOT_INTS + CHAIN]
      ints[at * LOT_INTS + CHAIN] = ints[row * LOT_INTS + CHAIN]
    }
    this.#indexed--
  }

  /** The lot that the same asset minted next, of those that live; −1: none. */
  next(row: number): number {
    return this.ints[row * LOT_INTS + NEXT]
  }

  #widen(): void {
    const heads = this.#heads
    this.#heads = new Int32Array(heads.length * 2).fill(-1)
    for (let head of heads) {
      while (head >= 0) {
        const next = this.ints[head * LOT_INTS + CHAIN]
        const bucket = this.#bucketOf(head)
        this.ints[head * LOT_INTS + CHAIN] = this.#heads[bucket]
        this.#heads[bucket] = head
        head = next
      }
    }
  }
}
