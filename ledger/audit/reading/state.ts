import { VppError } from '../../../data/errors.ts'
import { Book } from '../book.ts'
import { sha256 } from '../journal/hashes.ts'
import { stateHash } from '../state-hash.ts'
import * as account from '../tables/accounts.ts'
import * as asset from '../tables/assets.ts'
import * as lot from '../tables/lots.ts'

/** Reads the canonical form: 64-bit numbers and texts, as the specification writes them. */
class Reader {
  readonly #bytes: Buffer
  at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes)
  }

  number(): number {
    const value = Number(this.#bytes.readBigInt64LE(this.at))
    this.at += 8
    return value
  }

  text(): Uint8Array {
    const length = this.#bytes.readUInt32LE(this.at)
    const text = this.#bytes.subarray(this.at + 4, this.at + 4 + length)
    this.at += 4 + ((length + 3) & ~3)
    return text
  }

  get ended(): boolean {
    return this.at >= this.#bytes.length
  }
}

/**
 * A book from the canonical form of a state (ledger/README.md): a ledger of which there is no journal, like one on a
 * Fabric network. It holds no totals of the past, only what is.
 *
 * @throws VppError `invalid` when the bytes are no state: hashing what was read must give the bytes' own hash
 */
export function bookOfState(bytes: Uint8Array, place: string): Book {
  const book = new Book()
  const wrong = (cause?: unknown) =>
    new VppError('invalid', { place, problem: 'is no canonical state', fix: 'fetch it again' }, cause)
  try {
    readBook(book, new Reader(bytes))
  } catch (cause) {
    throw wrong(cause)
  }
  if (stateHash(book) !== sha256(bytes).toString('hex')) throw wrong()
  return book
}

function readBook(book: Book, from: Reader): void {
  for (let number = from.number(); number !== 0; number = from.number()) readAccount(book, number, from)
  book.fee = from.number()
  book.operator = from.number()
  /** Solar assets of each meter, which may come before the assets themselves. */
  const solars: [number, number[]][] = []
  while (!from.ended) readAsset(book, from, solars)
  for (const [meter, numbers] of solars) linkSolars(book, meter, numbers)
}

function readAccount({ accounts }: Book, number: number, from: Reader): void {
  const [role, agent, balance, credit, limit, opening, settled] = Array.from({ length: 7 }, () =>
    from.number(),
  )
  const row = accounts.create(number, from.text(), from.text())
  const i = row * account.ACCOUNT_INTS
  const s = row * account.ACCOUNT_SUMS
  accounts.ints[i + account.ROLE] = role
  accounts.ints[i + account.AGENT] = agent
  accounts.ints[i + account.SETTLED] = settled
  accounts.sums[s + account.BALANCE] = balance
  accounts.sums[s + account.CREDIT] = credit
  accounts.sums[s + account.CREDIT_LIMIT] = limit
  accounts.sums[s + account.OPENING] = opening
}

function readAsset(book: Book, from: Reader, solars: [number, number[]][]): void {
  const { assets } = book
  const [number, kind, owner, site, interval, nameplate, minted] = Array.from({ length: 7 }, () =>
    from.number(),
  )
  const row = assets.create(number, kind, from.text(), from.text())
  const { ints, sums } = assets
  const i = row * asset.ASSET_INTS
  ints[i + asset.ASSET_OWNER] = owner
  ints[i + asset.SITE] = site
  ints[i + asset.INTERVAL] = interval
  ints[i + asset.NAMEPLATE_W] = nameplate
  ints[i + asset.LAST_MINT] = minted
  if (kind === asset.METER) {
    ints[i + asset.CLOSED] = from.number()
    sums[row * asset.ASSET_SUMS + asset.UNSETTLED] = from.number()
    solars.push([row, Array.from({ length: from.number() }, () => from.number())])
  }
  if (kind === asset.BATTERY) readBattery(book, row, from)
  if (kind === asset.BATTERY || kind === asset.SOLAR) {
    for (let left = from.number(); left > 0; left--) readLot(book, row, number, from)
  }
}

function readBattery({ assets }: Book, row: number, from: Reader): void {
  const { ints, sums } = assets
  const i = row * asset.ASSET_INTS
  const s = row * asset.ASSET_SUMS
  const { ENERGY, DELIVERABLE, ACTIVE, ASIDE, CHARGE, DISCHARGE } = asset
  for (const column of [ENERGY, DELIVERABLE]) sums[s + column] = from.number()
  for (const column of [asset.STANDBY_W, asset.FACTOR_PPM]) ints[i + column] = from.number()
  for (const column of [ACTIVE, ASIDE, CHARGE, DISCHARGE]) sums[s + column] = from.number()
  ints[i + asset.READ_MINUTE] = from.number()
  for (const column of [asset.OPEN_CHARGE, asset.OPEN_DISCHARGE, asset.UNCLAIMED])
    sums[s + column] = from.number()
  for (const column of [asset.ANCHORED, asset.PASS_MINUTE]) ints[i + column] = from.number()
  for (const column of [asset.PASS_CHARGE, asset.PASS_DISCHARGE]) sums[s + column] = from.number()
  for (const column of [asset.PASSES, asset.PASS_ENDED]) ints[i + column] = from.number()
  const ever = ints[i + asset.PASSES]
  const ring = assets.passes[row] as Float64Array
  for (let pass = Math.max(0, ever - asset.KEPT_PASSES); pass < ever; pass++) {
    ring[pass % asset.KEPT_PASSES] = from.number()
  }
}

function readLot(book: Book, assetRow: number, number: number, from: Reader): void {
  const { lots, assets } = book
  const [minute, source, first, kind, owner, carbon, minted] = Array.from({ length: 7 }, () => from.number())
  const row = lots.create(assets, assetRow, number, minute, source, first, kind, owner, carbon, minted)
  const i = row * lot.LOT_INTS
  const s = row * lot.LOT_SUMS
  for (const column of [lot.LOW, lot.MID, lot.HIGH, lot.OFFERED]) lots.sums[s + column] = from.number()
  for (const column of [lot.RATE, lot.OFFER_MINUTE]) lots.ints[i + column] = from.number()
}

function linkSolars({ assets }: Book, meter: number, numbers: readonly number[]): void {
  const { ints } = assets
  const i = meter * asset.ASSET_INTS
  ints[i + asset.SOLARS] = numbers.length
  let last = -1
  for (const number of numbers) {
    const row = assets.find(number)
    if (last < 0) ints[i + asset.FIRST_SOLAR] = row
    else ints[last * asset.ASSET_INTS + asset.NEXT_SOLAR] = row
    last = row
  }
  ints[i + asset.LAST_SOLAR] = last
}
