import * as columns from './columns.ts'
import type {
  AccountAmount,
  AccountField,
  AssetAmount,
  AssetField,
  BatteryAmount,
  BatteryField,
} from './columns.ts'

const { ACCOUNT, ACCOUNT_ROLE, ACCOUNT_SHIFT } = columns
const { ASSET, ASSET_FIRST_LOT, ASSET_KIND, ASSET_SHIFT, BATTERY_ROW, BATTERY_WIDTH } = columns
const { LOT, LOT_ASSET, LOT_FROM, LOT_MINUTE, LOT_NEXT, LOT_SOURCE } = columns
const { PASSES_KEPT, PLATFORM, TERMS } = columns

export const wordsOf = (table: Float64Array<ArrayBuffer>): Int32Array<ArrayBuffer> =>
  new Int32Array(table.buffer)

/** A table of this length that begins with the one given. */
function longer(table: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(length)
  grown.set(table)
  return grown
}

/** Twice a table's length, as often as it takes to hold so much. */
function doubled({ length }: Float64Array, needed: number): number {
  let grown = length
  while (grown < needed) grown *= 2
  return grown
}

/** The tables of a state (`columns.ts`), how long they are, and what stands in them. */
export class StateTables {
  accounts = new Float64Array(64 * ACCOUNT)
  assets = new Float64Array(64 * ASSET)
  batteries = new Float64Array(16 * BATTERY_WIDTH)
  lots = new Float64Array(1024 * LOT)
  terms = new Float64Array(1024 * TERMS)
  passes = new Float64Array(16 * PASSES_KEPT)
  readonly platform = new Float64Array(PLATFORM)
  /** The same memory as 32-bit words. */
  accountWords = wordsOf(this.accounts)
  assetWords = wordsOf(this.assets)
  batteryWords = wordsOf(this.batteries)
  lotWords = wordsOf(this.lots)
  termWords = wordsOf(this.terms)
  accountLabel: string[] = []
  accountCredential: string[] = []
  assetLabel: string[] = []
  assetLocation: string[] = []

  /** Rows of lots in use or free for use again: what the lots cost in memory. */
  lotRows = 0
  /** Row 0 stays empty: what has no battery has nothing in it. */
  batteryRows = 1

  /**
   * Makes room before a transaction, so that no table moves while rules hold on to it. Every
   * operation adds at most one lot, one account and one asset, which may be a battery.
   */
  reserve(operations: number, account: number, asset: number): void {
    if ((account + 1) * ACCOUNT > this.accounts.length)
      this.#growAccounts(doubled(this.accounts, (account + 1) * ACCOUNT))
    if ((asset + 1) * ASSET > this.assets.length) this.#growAssets(doubled(this.assets, (asset + 1) * ASSET))
    if ((this.lotRows + operations) * LOT > this.lots.length) this.#growLots(operations)
    if ((this.batteryRows + operations) * BATTERY_WIDTH > this.batteries.length)
      this.#growBatteries(operations)
  }

  /**
   * Room for an account and an asset with high numbers, and no more: numbers may be high and few, and the
   * system gives a table its memory only where it is touched.
   */
  makeRoom(account: number, asset: number): void {
    if ((account + 1) * ACCOUNT > this.accounts.length) this.#growAccounts((account + 1) * ACCOUNT)
    if ((asset + 1) * ASSET > this.assets.length) this.#growAssets((asset + 1) * ASSET)
  }

  #growAccounts(length: number): void {
    this.accounts = longer(this.accounts, length)
    this.accountWords = wordsOf(this.accounts)
  }

  #growAssets(length: number): void {
    this.assets = longer(this.assets, length)
    this.assetWords = wordsOf(this.assets)
  }

  #growLots(operations: number): void {
    this.lots = longer(this.lots, doubled(this.lots, (this.lotRows + operations) * LOT))
    this.lotWords = wordsOf(this.lots)
    this.terms = longer(this.terms, (this.lots.length / LOT) * TERMS)
    this.termWords = wordsOf(this.terms)
  }

  #growBatteries(operations: number): void {
    const length = doubled(this.batteries, (this.batteryRows + operations) * BATTERY_WIDTH)
    this.batteries = longer(this.batteries, length)
    this.batteryWords = wordsOf(this.batteries)
    this.passes = longer(this.passes, (length / BATTERY_WIDTH) * PASSES_KEPT)
  }

  /** Place of a battery's row. */
  batteryAt(asset: number): number {
    return this.assetWords[(asset << ASSET_SHIFT) + BATTERY_ROW] << 4
  }

  /** Places of an asset's living lots, in the order of minting. */
  *lotsOf(asset: number): Generator<number> {
    let link = this.assetField(asset, ASSET_FIRST_LOT)
    while (link !== 0) {
      const lot = (link - 1) * LOT
      link = this.lotWords[(lot << 1) + LOT_NEXT]
      yield lot
    }
  }

  /** Numbers of the accounts, and of the assets, that exist. */
  *accountNumbers(): Generator<number> {
    const count = this.accounts.length / ACCOUNT
    for (let account = 1; account < count; account++) if (this.accountExists(account)) yield account
  }

  *assetNumbers(): Generator<number> {
    const count = this.assets.length / ASSET
    for (let asset = 1; asset < count; asset++) {
      if (this.assetField(asset, ASSET_KIND) !== 0) yield asset
    }
  }

  accountExists(account: number): boolean {
    const { accountWords } = this
    // A number from a transaction may be any: the shift of a large one would be that of another.
    if (account <= 0 || account >= accountWords.length >> ACCOUNT_SHIFT) return false
    return accountWords[(account << ACCOUNT_SHIFT) + ACCOUNT_ROLE] !== 0
  }

  assetIs(asset: number, kind: number): boolean {
    const { assetWords } = this
    if (asset <= 0 || asset >= assetWords.length >> ASSET_SHIFT) return false
    return assetWords[(asset << ASSET_SHIFT) + ASSET_KIND] === kind
  }

  /** One field of an account, an asset or a battery: what may pass 2^31, and what may not. */
  accountAmount(account: number, field: AccountAmount): number {
    return this.accounts[account * ACCOUNT + field]
  }
  accountField(account: number, field: AccountField): number {
    return this.accountWords[(account << ACCOUNT_SHIFT) + field]
  }
  assetAmount(asset: number, field: AssetAmount): number {
    return this.assets[asset * ASSET + field]
  }
  assetField(asset: number, field: AssetField): number {
    return this.assetWords[(asset << ASSET_SHIFT) + field]
  }
  batteryAmount(battery: number, field: BatteryAmount): number {
    return this.batteries[this.batteryAt(battery) + field]
  }
  batteryField(battery: number, field: BatteryField): number {
    return this.batteryWords[(this.batteryAt(battery) << 1) + field]
  }

  /** What the lot at a place is called: asset, minute, source, first milliwatt-hour of the source. */
  nameOf(lot: number): [asset: number, minute: number, source: number, from: number] {
    const { lots, lotWords } = this
    const words = lot * 2
    return [
      lotWords[words + LOT_ASSET],
      lotWords[words + LOT_MINUTE],
      lotWords[words + LOT_SOURCE],
      lots[lot + LOT_FROM],
    ]
  }
}
