import { USE_CONSUMED, USE_EXCHANGED } from '../ledger/contract/vocabulary.ts'
import type { Pairs } from '../models/market/mechanism.ts'
import { accountOf } from './accounts.ts'
import type { IntervalFlows } from './interval-flows.ts'
import { LOT_ACTIVE } from './lot-rings.ts'
import type { StorageStock } from './storage-stock.ts'

/**
 * An interval's pairs by the lot that they come out of and the use that is made of them, in columns: each row becomes one
 * trade of the ledger. `count` rows are in use.
 */
export class Deals {
  count = 0
  seller = new Int32Array(64)
  buyer = new Int32Array(64)
  milliWh = new Int32Array(64)
  rateMicroUsdPerKwh = new Int32Array(64)
  /** Place of the Tstorage lot in the stock (without tokens 0: out of storage); −1: this interval's Tgen of the seller. */
  lot = new Int32Array(64)
  /** Consumed by the buyer's load, or exchanged into its battery: `USE_CONSUMED`, `USE_EXCHANGED`. */
  use = new Uint8Array(64)

  readonly #solarLeft: Int32Array
  readonly #loadLeft: Int32Array
  readonly #storeLeft: Float64Array
  /** Used of each stored lot in this interval. */
  readonly #used = new Map<number, number>()

  constructor(homes: number) {
    this.#solarLeft = new Int32Array(homes)
    this.#loadLeft = new Int32Array(homes)
    this.#storeLeft = new Float64Array(homes)
  }

  /**
   * Splits pairs by where the energy comes from and goes to: a seller's solar first, then its storage,
   * the oldest lot first; a buyer's load first, then its battery, which takes Tgen only. Without sales from
   * storage or purchases to store, every pair is one deal.
   *
   * @param stock null where tokens are off: what comes out of storage is one part, from no lot
   * @param chargeable by home, what its battery's register still leaves to exchange, milliwatt-hours
   */
  make(pairs: Pairs, flows: IntervalFlows, stock: StorageStock | null, chargeable: Float64Array): void {
    const { count } = pairs
    this.count = 0
    this.#used.clear()
    this.#solarLeft.set(flows.solarExport)
    const loadLeft = this.#loadLeft
    for (let home = 0; home < loadLeft.length; home++)
      loadLeft[home] = flows.import[home] - flows.gridCharge[home]
    this.#storeLeft.set(chargeable)
    for (let at = 0; at < count; at++) {
      const seller = pairs.seller[at]
      const buyer = pairs.buyer[at]
      const rate = pairs.rateMicroUsdPerKwh[at]
      const milliWh = pairs.milliWh[at]
      const solar = Math.min(milliWh, this.#solarLeft[seller])
      if (solar > 0) this.#split(seller, buyer, solar, rate, -1)
      this.#solarLeft[seller] -= solar
      if (solar === milliWh) continue
      if (stock === null) this.#split(seller, buyer, milliWh - solar, rate, 0)
      else this.#fromStorage(seller, buyer, milliWh - solar, rate, stock)
    }
  }

  #fromStorage(seller: number, buyer: number, milliWh: number, rate: number, stock: StorageStock): void {
    const { lots } = stock
    let left = milliWh
    for (let lot = lots.first(seller); lot >= 0; lot = lots.next(seller, lot)) {
      if (!stock.isSellable(seller, lot, accountOf(seller))) continue
      const before = this.#used.get(lot) ?? 0
      const part = Math.min(left, lots.rows[lot + LOT_ACTIVE] - before)
      if (part <= 0) continue
      this.#used.set(lot, before + part)
      this.#split(seller, buyer, part, rate, lot)
      left -= part
    }
  }

  #split(seller: number, buyer: number, milliWh: number, rate: number, lot: number): void {
    let left = milliWh
    if (lot < 0 && this.#storeLeft[buyer] > 0) {
      const eaten = Math.min(left, Math.max(0, this.#loadLeft[buyer]))
      const stored = Math.min(left - eaten, this.#storeLeft[buyer])
      if (stored > 0) {
        this.#storeLeft[buyer] -= stored
        left -= stored
        this.#add(seller, buyer, stored, rate, lot, USE_EXCHANGED)
      }
    }
    this.#loadLeft[buyer] -= left
    if (left > 0) this.#add(seller, buyer, left, rate, lot, USE_CONSUMED)
  }

  #add(seller: number, buyer: number, milliWh: number, rate: number, lot: number, use: number): void {
    const at = this.count++
    if (at === this.seller.length) this.#grow()
    this.seller[at] = seller
    this.buyer[at] = buyer
    this.milliWh[at] = milliWh
    this.rateMicroUsdPerKwh[at] = rate
    this.lot[at] = lot
    this.use[at] = use
  }

  #grow(): void {
    const longer = (column: Int32Array) => {
      const grown = new Int32Array(column.length * 2)
      grown.set(column)
      return grown
    }
    this.seller = longer(this.seller)
    this.buyer = longer(this.buyer)
    this.milliWh = longer(this.milliWh)
    this.rateMicroUsdPerKwh = longer(this.rateMicroUsdPerKwh)
    this.lot = longer(this.lot)
    const use = new Uint8Array(this.use.length * 2)
    use.set(this.use)
    this.use = use
  }
}
