import { EventBuffer } from './events.ts'
import { LotIndex } from './lot-index.ts'
import type { Refusal, RefusalCode } from './refusal.ts'
import { MAX_ID, TGEN } from './vocabulary.ts'

/** Passes from full to refusal that the contract keeps for each battery (burn.md). */
export const PASSES_KEPT = 32

/**
 * The read set that `decide` works on, as typed columns: accounts and assets by their number, lots
 * by row. The in-process ledger keeps one view for good; Fabric's chaincode fills one with what the
 * transaction declared. `put` is the overlay: it remembers what stood there, so that a refused
 * transaction leaves no trace (`rollback`) and an accepted one becomes the state (`commit`).
 *
 * A lot of `minted` milliwatt-hours is one row of serial numbers, cut in four by three marks:
 * `[0, low)` is used, `[low, mid)` is active, `[mid, high)` is set aside and `[high, minted)` is
 * burned as storage loss. Nothing can be in two places, and the parts always add up to the whole.
 */
export class LedgerView {
  readonly events = new EventBuffer()

  // Accounts, by number.
  accountRole = new Float64Array(64)
  /** The account that may speak for this one (its own number: only itself). */
  accountAgent = new Float64Array(64)
  /** Spendable money: opening balance, less payments, plus credits that were folded, µ$. */
  accountBalance = new Float64Array(64)
  /** Received since the last settlement, not yet spendable, µ$. */
  accountCredit = new Float64Array(64)
  /** How far below zero a trade may take the balance, µ$ (>= 0). */
  accountLimit = new Float64Array(64)
  accountOpening = new Float64Array(64)
  /** End of the last settled period, minutes. */
  accountSettled = new Float64Array(64)
  accountLabel: string[] = []
  accountCredential: string[] = []

  // Assets, by number.
  assetKind = new Float64Array(64)
  assetOwner = new Float64Array(64)
  /** The meter behind which it stands (a meter: itself). */
  assetSite = new Float64Array(64)
  assetInterval = new Float64Array(64)
  assetNameplateW = new Float64Array(64)
  /** Start of the last interval that it minted for, minutes; −1: never. */
  assetMinted = new Float64Array(64)
  /** Next solar asset behind the same meter, as a list from the meter; 0 ends it. */
  assetNext = new Float64Array(64)
  assetLabel: string[] = []
  assetLocation: string[] = []
  // Meters.
  siteClosed = new Float64Array(64)
  /** Exported to the utility and not yet settled, milliwatt-hours. */
  siteUnsettled = new Float64Array(64)
  // Batteries.
  batteryEnergy = new Float64Array(64)
  batteryDeliverable = new Float64Array(64)
  batteryStandbyW = new Float64Array(64)
  batteryFactor = new Float64Array(64)
  /** Sa and Ss of burn.md: active and set aside, milliwatt-hours. */
  batteryActive = new Float64Array(64)
  batterySetAside = new Float64Array(64)
  /** C and D, the registers at the end of the last reading. */
  batteryCharge = new Float64Array(64)
  batteryDischarge = new Float64Array(64)
  /** Start of the interval of the last reading, minutes; −1: none yet. */
  batteryMinute = new Float64Array(64)
  /** What the last interval's registers moved and no lot has taken up yet. */
  batteryDeltaCharge = new Float64Array(64)
  batteryDeltaDischarge = new Float64Array(64)
  batteryUnclaimed = new Float64Array(64)
  batteryAnchored = new Float64Array(64)
  /** Open pass: registers and time when it was last full; minute −1: no pass open. */
  passMinute = new Float64Array(64)
  passCharge = new Float64Array(64)
  passDischarge = new Float64Array(64)
  /** Finished passes: how many ever, when the last ended, and the last 32 in watt-hours. */
  passCount = new Float64Array(64)
  passEnded = new Float64Array(64)
  passWh = new Float64Array(64 * PASSES_KEPT)
  /** Living lots of a battery in the order of minting: rows + 1, 0 ends the list. */
  batteryFirst = new Float64Array(64)
  batteryLast = new Float64Array(64)

  // Lots, by row; a row is reused when its lot is gone.
  lotKind = new Float64Array(1024)
  lotAsset = new Float64Array(1024)
  lotMinute = new Float64Array(1024)
  lotSource = new Float64Array(1024)
  lotFrom = new Float64Array(1024)
  lotOwner = new Float64Array(1024)
  lotCarbon = new Float64Array(1024)
  lotMinted = new Float64Array(1024)
  lotLow = new Float64Array(1024)
  lotMid = new Float64Array(1024)
  lotHigh = new Float64Array(1024)
  lotOffered = new Float64Array(1024)
  lotRate = new Float64Array(1024)
  lotPrevious = new Float64Array(1024)
  lotNext = new Float64Array(1024)

  /** What the operator takes on traded energy, µ$/kWh, and the operator's account. */
  platform = new Float64Array(2)

  readonly index = new LotIndex({
    asset: () => this.lotAsset,
    minute: () => this.lotMinute,
    source: () => this.lotSource,
    from: () => this.lotFrom,
  })

  /** The account that submits the transaction at hand. */
  client = 0
  refusal: Refusal | null = null

  #rows = 0
  #free: number[] = []
  #born: number[] = []
  #dying: number[] = []
  #undoArrays: Float64Array[] = []
  #undoRows = new Uint32Array(4096)
  #undoValues = new Float64Array(4096)
  #undo = 0

  /** Writes one cell through the overlay. */
  put(column: Float64Array, row: number, value: number): void {
    const at = this.#undo++
    if (at === this.#undoRows.length) this.#growUndo()
    this.#undoArrays[at] = column
    this.#undoRows[at] = row
    this.#undoValues[at] = column[row]
    column[row] = value
  }

  /** Ends a refused transaction: everything is as it was before it. */
  rollback(): void {
    for (let at = this.#undo - 1; at >= 0; at--) {
      this.#undoArrays[at][this.#undoRows[at]] = this.#undoValues[at]
    }
    for (let at = this.#born.length - 1; at >= 0; at--) {
      this.index.remove(this.#born[at])
      this.lotKind[this.#born[at]] = 0
      this.#free.push(this.#born[at])
    }
    this.#forget()
  }

  /** Ends an accepted transaction: lots with nothing left are dropped and their rows reused. */
  commit(): void {
    for (const row of this.#dying) {
      // A lot may run empty twice in one transaction (set aside is released): drop it once.
      if (this.lotLow[row] !== this.lotHigh[row] || this.lotKind[row] === 0) continue
      this.index.remove(row)
      this.#unlink(row)
      this.lotKind[row] = 0
      this.#free.push(row)
    }
    this.#forget()
  }

  #forget(): void {
    this.#undo = 0
    this.#born.length = 0
    this.#dying.length = 0
  }

  #growUndo(): void {
    const rows = new Uint32Array(this.#undoRows.length * 2)
    rows.set(this.#undoRows)
    this.#undoRows = rows
    const values = new Float64Array(rows.length)
    values.set(this.#undoValues)
    this.#undoValues = values
  }

  /**
   * Makes room before a transaction, so that no column moves while its cells are in the overlay.
   * Every operation adds at most two lots, one account and one asset.
   */
  reserve(operations: number, account: number, asset: number): void {
    while (this.accountRole.length <= account) this.#grow(ACCOUNT_COLUMNS)
    while (this.assetKind.length <= asset) {
      this.#grow(ASSET_COLUMNS)
    }
    while (this.lotKind.length < this.#rows + operations * 2) this.#grow(LOT_COLUMNS)
  }

  #grow(names: readonly ColumnName[]): void {
    for (const name of names) {
      const grown = new Float64Array(this[name].length * 2)
      grown.set(this[name])
      this[name] = grown
    }
  }

  /** A new lot, all of it active, at the end of its battery's list if it is storage. */
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
    const row = this.#free.pop() ?? this.#rows++
    this.lotKind[row] = kind
    this.lotAsset[row] = asset
    this.lotMinute[row] = minute
    this.lotSource[row] = source
    this.lotFrom[row] = from
    this.lotOwner[row] = owner
    this.lotCarbon[row] = carbon
    this.lotMinted[row] = minted
    this.lotLow[row] = 0
    this.lotMid[row] = minted
    this.lotHigh[row] = minted
    this.lotOffered[row] = 0
    this.lotRate[row] = 0
    this.lotPrevious[row] = 0
    this.lotNext[row] = 0
    this.index.add(row)
    this.#born.push(row)
    if (kind !== TGEN) {
      const last = this.batteryLast[asset]
      if (last === 0) this.put(this.batteryFirst, asset, row + 1)
      else this.put(this.lotNext, last - 1, row + 1)
      this.lotPrevious[row] = last
      this.put(this.batteryLast, asset, row + 1)
    }
    return row
  }

  /** To be called when a lot may have nothing left. */
  mayBeEmpty(row: number): void {
    if (this.lotLow[row] === this.lotHigh[row]) this.#dying.push(row)
  }

  #unlink(row: number): void {
    if (this.lotKind[row] === TGEN) return
    const asset = this.lotAsset[row]
    const previous = this.lotPrevious[row]
    const next = this.lotNext[row]
    if (previous === 0) this.batteryFirst[asset] = next
    else this.lotNext[previous - 1] = next
    if (next === 0) this.batteryLast[asset] = previous
    else this.lotPrevious[next - 1] = previous
  }

  /** Rows that hold a living lot, in no particular order. */
  *livingLots(): Generator<number> {
    for (let row = 0; row < this.#rows; row++) if (this.lotKind[row] !== 0) yield row
  }

  accountExists(account: number): boolean {
    return account > 0 && account < this.accountRole.length && this.accountRole[account] !== 0
  }

  assetIs(asset: number, kind: number): boolean {
    return asset > 0 && asset < this.assetKind.length && this.assetKind[asset] === kind
  }

  /** Is the transaction's client this account, or the agent that this account registered? */
  speaksFor(account: number): boolean {
    return (
      this.accountExists(account) && (this.client === account || this.accountAgent[account] === this.client)
    )
  }

  /** Records why, and returns the code for the rule to pass on. */
  refuse(code: RefusalCode, subject: string, asked = 0, had = 0): RefusalCode {
    this.refusal = { code, operation: 0, subject, asked, had }
    return code
  }
}

type ColumnName = {
  [K in keyof LedgerView]: LedgerView[K] extends Float64Array ? K : never
}[keyof LedgerView]

const ACCOUNT_COLUMNS = [
  'accountRole',
  'accountAgent',
  'accountBalance',
  'accountCredit',
  'accountLimit',
  'accountOpening',
  'accountSettled',
] as const satisfies ColumnName[]

const ASSET_COLUMNS = [
  'assetKind',
  'assetOwner',
  'assetSite',
  'assetInterval',
  'assetNameplateW',
  'assetMinted',
  'assetNext',
  'siteClosed',
  'siteUnsettled',
  'batteryEnergy',
  'batteryDeliverable',
  'batteryStandbyW',
  'batteryFactor',
  'batteryActive',
  'batterySetAside',
  'batteryCharge',
  'batteryDischarge',
  'batteryMinute',
  'batteryDeltaCharge',
  'batteryDeltaDischarge',
  'batteryUnclaimed',
  'batteryAnchored',
  'passMinute',
  'passCharge',
  'passDischarge',
  'passCount',
  'passEnded',
  'passWh',
  'batteryFirst',
  'batteryLast',
] as const satisfies ColumnName[]

const LOT_COLUMNS = [
  'lotKind',
  'lotAsset',
  'lotMinute',
  'lotSource',
  'lotFrom',
  'lotOwner',
  'lotCarbon',
  'lotMinted',
  'lotLow',
  'lotMid',
  'lotHigh',
  'lotOffered',
  'lotRate',
  'lotPrevious',
  'lotNext',
] as const satisfies ColumnName[]

/** Is this a number that an account or an asset may have? */
export const validId = (id: number): boolean => id > 0 && id < MAX_ID
