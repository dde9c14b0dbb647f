import * as columns from './columns.ts'
import { EventBuffer } from './events.ts'
import { LotIndex } from './lot-index.ts'
import type { Refusal, RefusalCode } from './refusal.ts'
import * as undoLog from './undo.ts'
import * as vocabulary from './vocabulary.ts'

const { doubled, UndoLog } = undoLog
const { ACCOUNTS, ASSETS, BORN, LOTS, PASSES, PLATFORMS } = undoLog
const { BATTERY, METER, SOLAR, TGEN } = vocabulary
const {
  ACCOUNT,
  ACCOUNT_AGENT,
  ACCOUNT_BALANCE,
  ACCOUNT_CREDIT,
  ACCOUNT_CREDIT_VERSION,
  ACCOUNT_ROLE,
  ACCOUNT_VERSION,
  ASSET,
  ASSET_FIRST_LOT,
  ASSET_KIND,
  ASSET_LAST_LOT,
  ASSET_VERSION,
  BATTERY_ACTIVE,
  BATTERY_MINUTE,
  LOT,
  LOT_ASSET,
  LOT_CARBON,
  LOT_FROM,
  LOT_HIGH,
  LOT_KIND,
  LOT_LOW,
  LOT_MID,
  LOT_MINTED,
  LOT_MINUTE,
  LOT_NEXT,
  LOT_OFFERED,
  LOT_OFFER_MINUTE,
  LOT_OWNER,
  LOT_PREVIOUS,
  LOT_RATE,
  LOT_SOURCE,
  METER_CLOSED,
  PASSES_KEPT,
  PLATFORM,
  PLATFORM_VERSION,
} = columns

/**
 * What `decide` works on, as tables of whole numbers (`columns.ts`). The in-process ledger keeps one
 * view for good; Fabric's chaincode fills one with what the transaction reads. Before a rule writes
 * to a row it calls `touch…`, which keeps what stood there and gives accounts and assets the transaction's
 * version; so a refused transaction leaves no trace (`rollback`) and an accepted one is the state (`commit`).
 */
export class LedgerView {
  accounts = new Float64Array(64 * ACCOUNT)
  assets = new Float64Array(64 * ASSET)
  lots = new Float64Array(1024 * LOT)
  passes = new Float64Array(16 * PASSES_KEPT)
  readonly platform = new Float64Array(PLATFORM)
  accountLabel: string[] = []
  accountCredential: string[] = []
  assetLabel: string[] = []
  assetLocation: string[] = []
  readonly index = new LotIndex(this.lots)
  readonly events = new EventBuffer(this.lots)

  /** The account that submits the transaction at hand. */
  client = 0
  refusal: Refusal | null = null
  /** What the rows that it changes have as their version: how many transactions there are with it. */
  version = 1

  #rows = 0
  readonly #free: number[] = []
  #dying = new Int32Array(1024)
  #deaths = 0
  #passRows = 0
  #passRowsKept = 0
  readonly #undo = new UndoLog()
  /** Place of the lot that the transaction at hand kept or made last: it need not be kept again at once. */
  #lotKept = -1

  /** To be called by what changes an account's balance, before it does. */
  touchAccount(account: number): void {
    const { accounts, version } = this
    const place = account * ACCOUNT
    if (accounts[place + ACCOUNT_VERSION] === version) return
    this.#undo.keep(ACCOUNTS, accounts, place + ACCOUNT_BALANCE)
    accounts[place + ACCOUNT_VERSION] = version
  }

  /** To be called besides by what changes more of an account than its balance, or makes it. */
  keepWholeAccount(account: number): void {
    const end = (account + 1) * ACCOUNT
    for (let place = account * ACCOUNT; place < end; place += 4)
      this.#undo.keep(ACCOUNTS, this.accounts, place)
  }

  /** Adds to what an account has received: a blind write, it does not change the account's version. */
  addCredit(account: number, microUsd: number): void {
    const { accounts, version } = this
    const place = account * ACCOUNT
    if (accounts[place + ACCOUNT_CREDIT_VERSION] !== version) {
      this.#undo.keep(ACCOUNTS, accounts, place + ACCOUNT_BALANCE)
      accounts[place + ACCOUNT_CREDIT_VERSION] = version
    }
    accounts[place + ACCOUNT_CREDIT] += microUsd
  }

  /** To be called by what changes an asset in the fields that change often, before it does. */
  touchAsset(asset: number): void {
    const place = asset * ASSET
    if (this.assets[place + ASSET_VERSION] !== this.version) this.#keepAsset(place)
  }

  #keepAsset(place: number): void {
    const { assets } = this
    const undo = this.#undo
    const kind = assets[place + ASSET_KIND]
    undo.keep(ASSETS, assets, place + (kind === METER ? METER_CLOSED : ASSET_VERSION))
    if (kind === BATTERY) {
      undo.keep(ASSETS, assets, place + BATTERY_ACTIVE)
      undo.keep(ASSETS, assets, place + BATTERY_MINUTE)
    }
    assets[place + ASSET_VERSION] = this.version
  }

  /** To be called besides by what changes fields that seldom change, or makes the asset. */
  keepWholeAsset(asset: number): void {
    const end = (asset + 1) * ASSET
    for (let place = asset * ASSET; place < end; place += 4) this.#undo.keep(ASSETS, this.assets, place)
  }

  /** To be called by what changes the marks or the offered part of the lot at a place, before it does. */
  touchLot(lot: number): void {
    const { lots } = this
    if (lot !== this.#lotKept) {
      this.#undo.keep(LOTS, lots, lot + LOT_LOW)
      this.#lotKept = lot
    }
    this.touchAsset(lots[lot + LOT_ASSET] | 0)
  }

  /** To be called besides by what changes the offer's rate and interval. */
  keepOffer(lot: number): void {
    this.#undo.keep(LOTS, this.lots, lot + LOT_RATE)
  }

  putPass(place: number, value: number): void {
    this.#undo.keep(PASSES, this.passes, place & ~3)
    this.passes[place] = value
  }

  putPlatform(place: number, value: number): void {
    this.#undo.keep(PLATFORMS, this.platform, 0)
    this.platform[place] = value
    this.platform[PLATFORM_VERSION] = this.version
  }

  /** Ends a refused transaction: everything is as it was before it. */
  rollback(): void {
    const undo = this.#undo
    const tables = [this.accounts, this.assets, this.lots, this.passes, this.platform]
    while (undo.pop()) {
      if (undo.table === BORN) this.#unmake(undo.place)
      else undo.restore(tables[undo.table])
    }
    this.#passRows = this.#passRowsKept
    this.#deaths = 0
    this.#lotKept = -1
  }

  /** Takes back the newest lot of its asset, whose own row is put back from the log. */
  #unmake(lot: number): void {
    const { lots } = this
    const row = lot / LOT
    if (lots[lot + LOT_KIND] !== TGEN) this.index.remove(row)
    const previous = lots[lot + LOT_PREVIOUS]
    if (previous !== 0) lots[(previous - 1) * LOT + LOT_NEXT] = 0
    lots[lot + LOT_KIND] = 0
    this.#free.push(row)
  }

  /** Ends an accepted transaction: lots with nothing left are dropped and their rows reused. */
  commit(): void {
    this.version++
    if (this.#deaths > 0) this.#bury()
    this.#passRowsKept = this.#passRows
    this.#undo.clear()
    this.#lotKept = -1
  }

  #bury(): void {
    const { lots } = this
    for (let at = 0; at < this.#deaths; at++) {
      const lot = this.#dying[at]
      // A lot may run empty twice in one transaction (set aside is released): drop it once.
      if (lots[lot + LOT_LOW] !== lots[lot + LOT_HIGH] || lots[lot + LOT_KIND] === 0) continue
      const row = lot / LOT
      if (lots[lot + LOT_KIND] !== TGEN) this.index.remove(row)
      this.#unlink(lot)
      lots[lot + LOT_KIND] = 0
      this.#free.push(row)
    }
    this.#deaths = 0
  }

  /**
   * Makes room before a transaction, so that no table moves while rules hold on to it. Every
   * operation adds at most one lot, one account, one asset and one row of passes.
   */
  reserve(operations: number, account: number, asset: number): void {
    while (this.accounts.length < (account + 1) * ACCOUNT) this.accounts = doubled(this.accounts)
    while (this.assets.length < (asset + 1) * ASSET) this.assets = doubled(this.assets)
    while (this.lots.length < (this.#rows + operations) * LOT) {
      this.lots = doubled(this.lots)
      this.index.lots = this.lots
      this.events.lots = this.lots
    }
    while (this.passes.length < (this.#passRows + operations) * PASSES_KEPT) {
      this.passes = doubled(this.passes)
    }
  }

  /** A new battery's row in `passes`. */
  addPassRow(): number {
    return this.#passRows++
  }

  /** A new lot, all of it active, at the end of its asset's list; returns its place in `lots`. */
  addLot(
    kind: number,
    asset: number,
    minute: number,
    source: number,
    from: number,
    owner: number,
    carbon: number,
    minted: number,
  ): number {
    const row = this.#free.length > 0 ? (this.#free.pop() as number) : this.#rows++
    const { assets, lots } = this
    const lot = row * LOT
    const place = asset * ASSET
    this.touchAsset(asset)
    const previous = assets[place + ASSET_LAST_LOT] | 0
    lots[lot + LOT_KIND] = kind
    lots[lot + LOT_ASSET] = asset
    lots[lot + LOT_MINUTE] = minute
    lots[lot + LOT_SOURCE] = source
    lots[lot + LOT_FROM] = from
    lots[lot + LOT_OWNER] = owner
    lots[lot + LOT_CARBON] = carbon
    lots[lot + LOT_MINTED] = minted
    lots[lot + LOT_LOW] = 0
    lots[lot + LOT_MID] = minted
    lots[lot + LOT_HIGH] = minted
    lots[lot + LOT_OFFERED] = 0
    lots[lot + LOT_RATE] = 0
    lots[lot + LOT_OFFER_MINUTE] = 0
    lots[lot + LOT_PREVIOUS] = previous
    lots[lot + LOT_NEXT] = 0
    if (previous === 0) assets[place + ASSET_FIRST_LOT] = row + 1
    else lots[(previous - 1) * LOT + LOT_NEXT] = row + 1
    assets[place + ASSET_LAST_LOT] = row + 1
    if (kind !== TGEN) this.index.add(row)
    this.#undo.born(lot)
    this.#lotKept = lot
    return lot
  }

  /**
   * Place of a living lot by its name, or −1. A panel has few: one for each interval that its site
   * has not closed; so they are looked for from the newest on. A battery has many: the index has them.
   */
  findLot(asset: number, minute: number, source: number, from: number): number {
    if (source !== 0) return this.index.find(asset, minute, source, from)
    if (from !== 0 || !this.assetIs(asset, SOLAR)) return -1
    const { assets, lots } = this
    for (let link = assets[asset * ASSET + ASSET_LAST_LOT] | 0; link !== 0;) {
      const lot = (link - 1) * LOT
      if (lots[lot + LOT_MINUTE] === minute) return lot
      link = lots[lot + LOT_PREVIOUS] | 0
    }
    return -1
  }

  /** To be called when the lot at this place may have nothing left. */
  mayBeEmpty(lot: number): void {
    const { lots } = this
    if (lots[lot + LOT_LOW] !== lots[lot + LOT_HIGH]) return
    if (this.#deaths === this.#dying.length) {
      const grown = new Int32Array(this.#dying.length * 2)
      grown.set(this.#dying)
      this.#dying = grown
    }
    this.#dying[this.#deaths++] = lot
  }

  #unlink(lot: number): void {
    const { assets, lots } = this
    const asset = (lots[lot + LOT_ASSET] | 0) * ASSET
    const previous = lots[lot + LOT_PREVIOUS] | 0
    const next = lots[lot + LOT_NEXT] | 0
    if (previous === 0) assets[asset + ASSET_FIRST_LOT] = next
    else lots[(previous - 1) * LOT + LOT_NEXT] = next
    if (next === 0) assets[asset + ASSET_LAST_LOT] = previous
    else lots[(next - 1) * LOT + LOT_PREVIOUS] = previous
  }

  /** Places of an asset's living lots, in the order of minting. */
  *lotsOf(asset: number): Generator<number> {
    let link = this.assets[asset * ASSET + ASSET_FIRST_LOT]
    while (link !== 0) {
      const lot = (link - 1) * LOT
      link = this.lots[lot + LOT_NEXT]
      yield lot
    }
  }

  /** Rows of lots in use or free for reuse: what the lots cost in memory. */
  get lotRows(): number {
    return this.#rows
  }

  /** Numbers of the accounts, and of the assets, that exist. */
  *accountNumbers(): Generator<number> {
    const count = this.accounts.length / ACCOUNT
    for (let account = 1; account < count; account++) if (this.accountExists(account)) yield account
  }

  *assetNumbers(): Generator<number> {
    const count = this.assets.length / ASSET
    for (let asset = 1; asset < count; asset++) {
      if (this.assets[asset * ASSET + ASSET_KIND] !== 0) yield asset
    }
  }

  accountExists(account: number): boolean {
    const { accounts } = this
    const place = account * ACCOUNT
    return account > 0 && place < accounts.length && accounts[place + ACCOUNT_ROLE] !== 0
  }

  assetIs(asset: number, kind: number): boolean {
    const { assets } = this
    const place = asset * ASSET
    return asset > 0 && place < assets.length && assets[place + ASSET_KIND] === kind
  }

  /** One field of an account, an asset, or the lot at a place. */
  account(account: number, field: number): number {
    return this.accounts[account * ACCOUNT + field]
  }
  asset(asset: number, field: number): number {
    return this.assets[asset * ASSET + field]
  }

  /** Is the transaction's client this account, or the agent that this account registered? */
  speaksFor(account: number): boolean {
    if (!this.accountExists(account)) return false
    return this.client === account || this.account(account, ACCOUNT_AGENT) === this.client
  }

  /** Records why, and returns the code for the rule to pass on. */
  refuse(code: RefusalCode, subject: 'account' | 'asset', id: number, asked = 0, had = 0): RefusalCode {
    this.refusal = { code, operation: 0, subject: `${subject} ${id}`, asked, had }
    return code
  }

  /** The same about the lot at a place. */
  refuseLot(code: RefusalCode, lot: number, asked = 0, had = 0): RefusalCode {
    const [asset, minute, source, from] = this.lots.subarray(lot + LOT_ASSET, lot + LOT_FROM + 1)
    this.refusal = { code, operation: 0, subject: `lot ${asset}/${minute}/${source}/${from}`, asked, had }
    return code
  }
}
