import * as columns from './columns.ts'
import { EventBuffer } from './events.ts'
import { lotNamed } from './find-lot.ts'
import type { Refusal, RefusalCode } from './refusal.ts'
import { StateTables, wordsOf } from './tables.ts'
import * as undoLog from './undo.ts'
import * as vocabulary from './vocabulary.ts'

const { UndoLog } = undoLog
const { ACCOUNTS, ASSETS, BATTERIES, BORN, LOTS, LOT_TERMS, PASSES, PLATFORMS } = undoLog
const { BATTERY } = vocabulary
const {
  ACCOUNT,
  ACCOUNT_AGENT,
  ACCOUNT_CREDIT,
  ACCOUNT_CREDIT_VERSION,
  ACCOUNT_VERSION,
  ASSET,
  ASSET_SHIFT,
  ASSET_FIRST_LOT,
  ASSET_FOUND,
  ASSET_KIND,
  ASSET_LAST_LOT,
  ASSET_SPARE,
  ASSET_VERSION,
  BATTERY_ROW,
  BATTERY_WIDTH,
  LOT,
  LOT_SHIFT,
  LOT_ASSET,
  LOT_FROM,
  LOT_HAS_OFFER,
  LOT_HIGH,
  LOT_KIND,
  LOT_LOW,
  LOT_MID,
  LOT_MINUTE,
  LOT_NEXT,
  LOT_OWNER,
  LOT_PREVIOUS,
  LOT_SOURCE,
  PLATFORM_VERSION,
  TERMS,
  TERMS_CARBON,
  TERMS_MINTED,
  TERMS_OFFERED,
  TERMS_OFFER_MINUTE,
  TERMS_RATE,
} = columns

/**
 * What `decide` works on, as tables of whole numbers (`columns.ts`). The in-process ledger keeps one
 * view for good; Fabric's chaincode fills one with what the transaction reads. Before a rule writes
 * to a row it calls `touch…`, which keeps what stood there and gives accounts and assets the transaction's
 * version; so a refused transaction leaves no trace (`rollback`) and an accepted one is the state (`commit`).
 */
export class LedgerView extends StateTables {
  readonly events = new EventBuffer(this.lots)

  /** The account that submits the transaction at hand. */
  client = 0
  refusal: Refusal | null = null
  /** What the rows that it changes have as their version: how many transactions there are with it. */
  version = 1

  #rowsKept = 0
  #dying = new Int32Array(1024)
  #deaths = 0
  #batteryRowsKept = 1
  readonly #undo = new UndoLog()
  /** Place of the lot that the transaction at hand kept or made last: it need not be kept again at once. */
  #lotKept = -1

  /** To be called by what changes an account's balance, before it does. */
  touchAccount(account: number): void {
    const { accounts, version } = this
    const place = account * ACCOUNT
    if (accounts[place + ACCOUNT_VERSION] === version) return
    this.#undo.keep(ACCOUNTS, this.accounts, account * 2)
    accounts[place + ACCOUNT_VERSION] = version
  }

  /** To be called besides by what changes more of an account than its balance, or makes it. */
  keepWholeAccount(account: number): void {
    this.#undo.keep(ACCOUNTS, this.accounts, account * 2)
    this.#undo.keep(ACCOUNTS, this.accounts, account * 2 + 1)
  }

  /** Adds to what an account has received: a blind write, it does not change the account's version. */
  addCredit(account: number, microUsd: number): void {
    const { accounts, version } = this
    const place = account * ACCOUNT
    if (accounts[place + ACCOUNT_CREDIT_VERSION] !== version) {
      this.#undo.keep(ACCOUNTS, this.accounts, account * 2)
      accounts[place + ACCOUNT_CREDIT_VERSION] = version
    }
    accounts[place + ACCOUNT_CREDIT] += microUsd
  }

  /** To be called by what changes an asset in the fields that change often, before it does. */
  touchAsset(asset: number): void {
    if (this.assets[asset * ASSET + ASSET_VERSION] !== this.version) this.#keepAsset(asset)
  }

  #keepAsset(asset: number): void {
    const { assetWords } = this
    const undo = this.#undo
    undo.keep(ASSETS, this.assets, asset << 1)
    if (assetWords[(asset << ASSET_SHIFT) + ASSET_KIND] === BATTERY) {
      const half = assetWords[(asset << ASSET_SHIFT) + BATTERY_ROW] * 4
      undo.keep(BATTERIES, this.batteries, half)
      undo.keep(BATTERIES, this.batteries, half + 1)
    }
    this.assets[asset * ASSET + ASSET_VERSION] = this.version
  }

  /** To be called besides by what makes an asset, or links another to it. */
  keepWholeAsset(asset: number): void {
    this.#undo.keep(ASSETS, this.assets, asset * 2)
    this.#undo.keep(ASSETS, this.assets, asset * 2 + 1)
  }

  /** To be called besides by what changes fields of a battery that seldom change. */
  keepWholeBattery(battery: number): void {
    const half = this.assetWords[(battery << ASSET_SHIFT) + BATTERY_ROW] * 4
    this.#undo.keep(BATTERIES, this.batteries, half + 1)
    this.#undo.keep(BATTERIES, this.batteries, half + 2)
    this.#undo.keep(BATTERIES, this.batteries, half + 3)
  }

  /** To be called by what changes the marks or the offered part of the lot at a place, before it does. */
  touchLot(lot: number): void {
    const { lotWords } = this
    if (lot !== this.#lotKept) {
      this.#undo.keep(LOTS, this.lots, (lot >> 2) + 1)
      if (lotWords[(lot << 1) + LOT_HAS_OFFER] !== 0)
        this.#undo.keepWords(LOT_TERMS, this.termWords, lot >> 3)
      this.#lotKept = lot
    }
    this.touchAsset(lotWords[(lot << 1) + LOT_ASSET])
  }

  /** To be called besides by what puts a lot up. */
  keepOffer(lot: number): void {
    this.#undo.keep(LOTS, this.lots, lot >> 2)
    this.#undo.keepWords(LOT_TERMS, this.termWords, lot >> 3)
  }

  putPass(place: number, value: number): void {
    this.#undo.keep(PASSES, this.passes, place >> 2)
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
    const tables: Int32Array[] = []
    tables[ACCOUNTS] = this.accountWords
    tables[ASSETS] = this.assetWords
    tables[BATTERIES] = this.batteryWords
    tables[LOTS] = this.lotWords
    tables[LOT_TERMS] = this.termWords
    tables[PASSES] = wordsOf(this.passes)
    tables[PLATFORMS] = wordsOf(this.platform)
    while (undo.pop()) {
      if (undo.table === BORN) this.#unmake(undo.half)
      else undo.restore(tables[undo.table])
    }
    this.lotRows = this.#rowsKept
    this.batteryRows = this.#batteryRowsKept
    this.#deaths = 0
    this.#lotKept = -1
  }

  /** Takes back the newest lot of its asset, whose own row is put back from the log. */
  #unmake(row: number): void {
    const { lotWords } = this
    const previous = lotWords[(row << LOT_SHIFT) + LOT_PREVIOUS]
    if (previous !== 0) lotWords[((previous - 1) << LOT_SHIFT) + LOT_NEXT] = 0
    lotWords[(row << LOT_SHIFT) + LOT_NEXT] = 0
    this.#drop(row)
  }

  /** Ends an accepted transaction: lots with nothing left are dropped and their rows used again. */
  commit(): void {
    this.version++
    // Before the burying: a row that is new in this transaction stays, and serves its asset again.
    this.#rowsKept = this.lotRows
    if (this.#deaths > 0) this.#bury()
    this.#batteryRowsKept = this.batteryRows
    this.#undo.clear()
    this.#lotKept = -1
  }

  #bury(): void {
    const { lots, lotWords } = this
    for (let at = 0; at < this.#deaths; at++) {
      const lot = this.#dying[at]
      // A lot may run empty twice in one transaction (set aside is released): drop it once.
      if (lots[lot + LOT_LOW] !== lots[lot + LOT_HIGH] || lotWords[(lot << 1) + LOT_KIND] === 0) continue
      this.#unlink(lot)
      this.#drop(lot >> 3)
    }
    this.#deaths = 0
  }

  /** Gives the row of a lot that is in no list any more to its asset's next lots. */
  #drop(row: number): void {
    const { assetWords, lotWords } = this
    const lot = row << LOT_SHIFT
    const its = lotWords[lot + LOT_ASSET] << ASSET_SHIFT
    lotWords[lot + LOT_KIND] = 0
    if (assetWords[its + ASSET_FOUND] === row + 1) {
      // The one behind it is the next to be named.
      const next = lotWords[lot + LOT_NEXT]
      assetWords[its + ASSET_FOUND] = next === 0 ? lotWords[lot + LOT_PREVIOUS] : next
    }
    // A row that the table had not before the transaction goes with the transaction.
    if (row >= this.#rowsKept) return
    lotWords[lot + LOT_NEXT] = assetWords[its + ASSET_SPARE]
    assetWords[its + ASSET_SPARE] = row + 1
  }

  override reserve(operations: number, account: number, asset: number): void {
    super.reserve(operations, account, asset)
    if (this.events.lots !== this.lots) this.events.look(this.lots)
  }

  /** Gives an asset that is to be a battery its row, empty, and returns the row's place. */
  addBattery(asset: number): number {
    const row = this.batteryRows++
    const place = row * BATTERY_WIDTH
    this.assetWords[(asset << ASSET_SHIFT) + BATTERY_ROW] = row
    // A refused transaction may have written to it.
    this.batteries.fill(0, place, place + BATTERY_WIDTH)
    return place
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
    const { assetWords, lots, lotWords, terms, termWords } = this
    const its = asset << ASSET_SHIFT
    this.touchAsset(asset)
    const spare = assetWords[its + ASSET_SPARE]
    const row = spare === 0 ? this.lotRows++ : spare - 1
    const lot = row * LOT
    const words = row << LOT_SHIFT
    if (spare !== 0) assetWords[its + ASSET_SPARE] = lotWords[words + LOT_NEXT]
    const previous = assetWords[its + ASSET_LAST_LOT]
    lotWords[words + LOT_ASSET] = asset
    lotWords[words + LOT_MINUTE] = minute
    lotWords[words + LOT_SOURCE] = source
    lotWords[words + LOT_OWNER] = owner
    lotWords[words + LOT_KIND] = kind
    lotWords[words + LOT_PREVIOUS] = previous
    lotWords[words + LOT_NEXT] = 0
    lotWords[words + LOT_HAS_OFFER] = 0
    lots[lot + LOT_LOW] = 0
    lots[lot + LOT_MID] = minted
    lots[lot + LOT_HIGH] = minted
    lots[lot + LOT_FROM] = from
    terms[row * TERMS + TERMS_MINTED] = minted
    terms[row * TERMS + TERMS_OFFERED] = 0
    termWords[row * 2 * TERMS + TERMS_CARBON] = carbon
    termWords[row * 2 * TERMS + TERMS_RATE] = 0
    termWords[row * 2 * TERMS + TERMS_OFFER_MINUTE] = 0
    if (previous === 0) assetWords[its + ASSET_FIRST_LOT] = row + 1
    else lotWords[((previous - 1) << LOT_SHIFT) + LOT_NEXT] = row + 1
    assetWords[its + ASSET_LAST_LOT] = row + 1
    if (assetWords[its + ASSET_FOUND] === 0) assetWords[its + ASSET_FOUND] = row + 1
    this.#undo.born(row)
    this.#lotKept = lot
    return lot
  }

  /** Place of a living lot by its name, or −1. */
  findLot(asset: number, minute: number, source: number, from: number): number {
    const { assetWords } = this
    if (asset <= 0 || asset >= assetWords.length >> ASSET_SHIFT) return -1
    return lotNamed(assetWords, this.lotWords, this.lots, asset, minute, source, from)
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
    const { assetWords, lotWords } = this
    const asset = lotWords[(lot << 1) + LOT_ASSET] << ASSET_SHIFT
    const previous = lotWords[(lot << 1) + LOT_PREVIOUS]
    const next = lotWords[(lot << 1) + LOT_NEXT]
    if (previous === 0) assetWords[asset + ASSET_FIRST_LOT] = next
    else lotWords[((previous - 1) << LOT_SHIFT) + LOT_NEXT] = next
    if (next === 0) assetWords[asset + ASSET_LAST_LOT] = previous
    else lotWords[((next - 1) << LOT_SHIFT) + LOT_PREVIOUS] = previous
  }

  /** Is the transaction's client this account, or the agent that this account registered? */
  speaksFor(account: number): boolean {
    if (!this.accountExists(account)) return false
    return this.client === account || this.accountField(account, ACCOUNT_AGENT) === this.client
  }

  /** Records why, and returns the code for the rule to pass on. */
  refuse(code: RefusalCode, subject: 'account' | 'asset', id: number, asked = 0, had = 0): RefusalCode {
    this.refusal = { code, operation: 0, subject: `${subject} ${id}`, asked, had }
    return code
  }

  /** The same about the lot at a place. */
  refuseLot(code: RefusalCode, lot: number, asked = 0, had = 0): RefusalCode {
    this.refusal = { code, operation: 0, subject: `lot ${this.nameOf(lot).join('/')}`, asked, had }
    return code
  }
}
