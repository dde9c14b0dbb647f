import { isOneRate, type RateColumn } from '../models/tariff/exact-sum.ts'
import { type CaseRegisters, caseRegisters, type HomeBooks } from './bills.ts'
import { pricesOf } from './case-meter.ts'
import type { FlowBlock } from './flow-block.ts'
import type { MarketArea } from './market-area.ts'
import { addToSums, SUMS } from './meter-sums.ts'

/**
 * From all homes' flows into their books. While no tariff's price changes, a sum says all that a bill asks for: a home's
 * many meters are then left alone, and get the sum when a price changes or the month ends.
 */
export class HomeMeters {
  readonly #books: readonly HomeBooks[]
  /** Of all tariffs, each once; null: one of them asks for every interval. */
  readonly #prices: readonly RateColumn[] | null
  /** By home, a row each: what its books do not know yet. */
  readonly #sums: Float64Array
  readonly #registers: CaseRegisters
  /** The first interval of the sums on the axis, and how many there are. */
  #from = 0
  #count = 0

  /** @param capacity most intervals of a block */
  constructor({ plan, baselinePlans }: MarketArea, books: readonly HomeBooks[], capacity: number) {
    this.#books = books
    const prices = [plan, ...Object.values(baselinePlans)].map(pricesOf)
    this.#prices = prices.includes(null) ? null : [...new Set(prices.flatMap((own) => own ?? []))]
    this.#sums = new Float64Array(books.length * SUMS)
    this.#registers = caseRegisters(capacity)
  }

  /** Adds a block of intervals from `at` on, all of one month. */
  block(block: FlowBlock, at: number, count: number): void {
    if (this.#count > 0 && !this.#isOnePrice(this.#from, at + count)) this.tell()
    if (this.#count === 0) this.#from = at
    for (let home = 0, of = 0; home < block.homes; home++, of += SUMS)
      addToSums(block, home, count, this.#sums, of)
    this.#count += count
    if (!this.#isOnePrice(this.#from, at + count)) this.#tell(block)
  }

  /** Tells the books what they do not know yet: at the end of a month. */
  tell(): void {
    if (this.#count > 0) this.#tell(null)
  }

  /** @param block where a price changes in between: the intervals of the sums; null: a sum says all */
  #tell(block: FlowBlock | null): void {
    const books = this.#books
    for (let home = 0, of = 0; home < books.length; home++, of += SUMS) {
      if (block !== null) books[home].fill(block, home, this.#count, this.#registers)
      books[home].meter(this.#sums, of, this.#from, this.#count, this.#registers)
    }
    this.#sums.fill(0)
    this.#count = 0
  }

  #isOnePrice(from: number, to: number): boolean {
    return this.#prices?.every((column) => isOneRate(column, from, to - from)) ?? false
  }
}
