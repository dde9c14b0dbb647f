import { createHash, type Hash } from 'node:crypto'
import type { Book } from './book.ts'
import {
  ACCOUNT_INTS,
  ACCOUNT_NUMBER,
  ACCOUNT_SUMS,
  AGENT,
  BALANCE,
  CREDIT,
  CREDIT_LIMIT,
  OPENING,
  ROLE,
  SETTLED,
} from './tables/accounts.ts'
import * as asset from './tables/assets.ts'
import * as lot from './tables/lots.ts'

/** The canonical form, hashed piece by piece as it is written. */
class Canonical {
  readonly #hash: Hash = createHash('sha256')
  readonly #bytes = Buffer.alloc(1 << 16)
  #at = 0

  numbers(...values: number[]): void {
    for (const value of values) {
      if (this.#at + 8 > this.#bytes.length) this.#flush()
      this.#bytes.writeBigInt64LE(BigInt(value), this.#at)
      this.#at += 8
    }
  }

  /** A text: its length in bytes (one word), then the bytes, padded to whole words. */
  text(bytes: Uint8Array): void {
    const padded = Buffer.alloc(4 + ((bytes.length + 3) & ~3))
    padded.writeUInt32LE(bytes.length, 0)
    padded.set(bytes, 4)
    this.#flush()
    this.#hash.update(padded)
  }

  #flush(): void {
    this.#hash.update(this.#bytes.subarray(0, this.#at))
    this.#at = 0
  }

  digest(): string {
    this.#flush()
    return this.#hash.digest('hex')
  }
}

function writeBattery(out: Canonical, { assets }: Book, row: number): void {
  const { ints, sums } = assets
  const i = row * asset.ASSET_INTS
  const s = row * asset.ASSET_SUMS
  out.numbers(
    sums[s + asset.ENERGY],
    sums[s + asset.DELIVERABLE],
    ints[i + asset.STANDBY_W],
    ints[i + asset.FACTOR_PPM],
  )
  out.numbers(
    sums[s + asset.ACTIVE],
    sums[s + asset.ASIDE],
    sums[s + asset.CHARGE],
    sums[s + asset.DISCHARGE],
  )
  out.numbers(ints[i + asset.READ_MINUTE], sums[s + asset.OPEN_CHARGE], sums[s + asset.OPEN_DISCHARGE])
  out.numbers(sums[s + asset.UNCLAIMED], ints[i + asset.ANCHORED])
  out.numbers(ints[i + asset.PASS_MINUTE], sums[s + asset.PASS_CHARGE], sums[s + asset.PASS_DISCHARGE])
  const ever = ints[i + asset.PASSES]
  out.numbers(ever, ints[i + asset.PASS_ENDED])
  const ring = assets.passes[row] ?? new Float64Array(asset.KEPT_PASSES)
  for (let pass = Math.max(0, ever - asset.KEPT_PASSES); pass < ever; pass++) {
    out.numbers(ring[pass % asset.KEPT_PASSES])
  }
}

function writeLots(out: Canonical, { assets, lots }: Book, row: number): void {
  out.numbers(assets.ints[row * asset.ASSET_INTS + asset.LOTS])
  let at = assets.ints[row * asset.ASSET_INTS + asset.FIRST_LOT]
  for (; at >= 0; at = lots.next(at)) {
    const { ints, sums } = lots
    const i = at * lot.LOT_INTS
    const s = at * lot.LOT_SUMS
    out.numbers(
      ints[i + lot.LOT_MINUTE],
      ints[i + lot.LOT_SOURCE],
      sums[s + lot.LOT_FROM],
      ints[i + lot.LOT_KIND],
    )
    out.numbers(ints[i + lot.LOT_OWNER], ints[i + lot.CARBON], sums[s + lot.MINTED])
    out.numbers(sums[s + lot.LOW], sums[s + lot.MID], sums[s + lot.HIGH], sums[s + lot.OFFERED])
    out.numbers(ints[i + lot.RATE], ints[i + lot.OFFER_MINUTE])
  }
}

/** SHA-256 of the canonical form of the whole state, hexadecimal. */
export function stateHash(book: Book): string {
  const { accounts, assets } = book
  const out = new Canonical()
  for (const row of accounts.sorted()) {
    const i = row * ACCOUNT_INTS
    const s = row * ACCOUNT_SUMS
    out.numbers(accounts.ints[i + ACCOUNT_NUMBER], accounts.ints[i + ROLE], accounts.ints[i + AGENT])
    out.numbers(accounts.sums[s + BALANCE], accounts.sums[s + CREDIT], accounts.sums[s + CREDIT_LIMIT])
    out.numbers(accounts.sums[s + OPENING], accounts.ints[i + SETTLED])
    out.text(accounts.labels[row])
    out.text(accounts.credentials[row])
  }
  out.numbers(0, book.fee, book.operator)
  for (const row of assets.sorted()) {
    const { ints, sums } = assets
    const i = row * asset.ASSET_INTS
    const kind = ints[i + asset.ASSET_KIND]
    out.numbers(ints[i + asset.ASSET_NUMBER], kind, ints[i + asset.ASSET_OWNER], ints[i + asset.SITE])
    out.numbers(ints[i + asset.INTERVAL], ints[i + asset.NAMEPLATE_W], ints[i + asset.LAST_MINT])
    out.text(assets.locations[row])
    out.text(assets.labels[row])
    if (kind === asset.METER) {
      out.numbers(
        ints[i + asset.CLOSED],
        sums[row * asset.ASSET_SUMS + asset.UNSETTLED],
        ints[i + asset.SOLARS],
      )
      let solar = ints[i + asset.FIRST_SOLAR]
      for (; solar >= 0; solar = ints[solar * asset.ASSET_INTS + asset.NEXT_SOLAR]) {
        out.numbers(ints[solar * asset.ASSET_INTS + asset.ASSET_NUMBER])
      }
    }
    if (kind === asset.BATTERY) writeBattery(out, book, row)
    if (kind === asset.BATTERY || kind === asset.SOLAR) writeLots(out, book, row)
  }
  return out.digest()
}
