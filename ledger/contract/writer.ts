import type { Transaction } from './decide.ts'
import { fixedWords, headerWord, type Operation, type OperationName, OPERATIONS } from './operations.ts'
import { textWords, writeI64, writeText } from './words.ts'

/** A lot's name in numbers, as an operation gives it. */
export interface LotRef {
  readonly lotAsset: number
  readonly lotMinute: number
  readonly lotSource: number
  readonly lotFrom: number
}

const utf8 = new TextEncoder()

const headerOf = (name: OperationName): number => headerWord(OPERATIONS[name].code, fixedWords(name))

/** First words of the operations that a running market needs. */
const MINT = headerOf('mint')
const EXCHANGE = headerOf('exchange')
const OFFER = headerOf('offer')
const TRADE = headerOf('trade')
const BURN = headerOf('burn')
const SET_ASIDE = headerOf('setAside')
const RELEASE = headerOf('release')
const READING = headerOf('reading')
const CLOSE_INTERVAL = headerOf('closeInterval')

/**
 * Writes operations in the canonical binary form, without an object for each. The methods are for
 * the hot path, one for each operation that a running market needs; `add` writes any operation from
 * its JSON form, by the table. A test holds both to the same bytes.
 */
export class TransactionWriter {
  operations = 0
  #words = new Int32Array(4096)
  #at = 0

  /** Forgets what was written. */
  clear(): void {
    this.operations = 0
    this.#at = 0
  }

  /** The transaction written so far; it shares the writer's memory until `clear`. */
  transaction(client: number, sequence: number): Transaction {
    return { client, sequence, words: this.#words.subarray(0, this.#at), operations: this.operations }
  }

  #open(header: number): number {
    const at = this.#at
    this.#at = at + (header >>> 8)
    this.#reserve(this.#at)
    this.#words[at] = header
    this.operations++
    return at
  }

  #reserve(needed: number): void {
    if (needed <= this.#words.length) return
    const grown = new Int32Array(Math.max(needed, this.#words.length * 2))
    grown.set(this.#words)
    this.#words = grown
  }

  #lot(at: number, asset: number, minute: number, source: number, from: number): void {
    this.#words[at] = asset
    this.#words[at + 1] = minute
    this.#words[at + 2] = source
    writeI64(this.#words, at + 3, from)
  }

  mint(actor: number, asset: number, minute: number, carbonMilligramPerKwh: number, milliWh: number): void {
    const at = this.#open(MINT)
    const words = this.#words
    words[at + 1] = actor
    words[at + 2] = asset
    words[at + 3] = minute
    words[at + 4] = carbonMilligramPerKwh
    writeI64(words, at + 5, milliWh)
  }

  /** Tgen of a solar asset's interval into a battery. */
  exchange(actor: number, solar: number, minute: number, battery: number, milliWh: number): void {
    const at = this.#open(EXCHANGE)
    this.#words[at + 1] = actor
    this.#lot(at + 2, solar, minute, 0, 0)
    this.#words[at + 7] = battery
    writeI64(this.#words, at + 8, milliWh)
  }

  /** Tgen of a solar asset's interval at a rate, for that interval. */
  offer(actor: number, solar: number, minute: number, rate: number, milliWh: number): void {
    const at = this.#open(OFFER)
    this.#words[at + 1] = actor
    this.#lot(at + 2, solar, minute, 0, 0)
    this.#words[at + 7] = minute
    this.#words[at + 8] = rate
    writeI64(this.#words, at + 9, milliWh)
  }

  /** Tgen that a buyer takes at the offer's rate; `use` 1 consumed by the load, 2 into the battery. */
  trade(
    buyer: number,
    solar: number,
    minute: number,
    use: number,
    target: number,
    rate: number,
    milliWh: number,
  ): void {
    const at = this.#open(TRADE)
    this.#words[at + 1] = buyer
    this.#lot(at + 2, solar, minute, 0, 0)
    this.#words[at + 7] = use
    this.#words[at + 8] = target
    this.#words[at + 9] = rate
    writeI64(this.#words, at + 10, milliWh)
  }

  burn(
    actor: number,
    asset: number,
    lotMinute: number,
    source: number,
    from: number,
    reason: number,
    minute: number,
    milliWh: number,
  ): void {
    const at = this.#open(BURN)
    this.#words[at + 1] = actor
    this.#lot(at + 2, asset, lotMinute, source, from)
    this.#words[at + 7] = reason
    this.#words[at + 8] = minute
    writeI64(this.#words, at + 9, milliWh)
  }

  setAside(
    actor: number,
    asset: number,
    minute: number,
    source: number,
    from: number,
    milliWh: number,
  ): void {
    const at = this.#open(SET_ASIDE)
    this.#words[at + 1] = actor
    this.#lot(at + 2, asset, minute, source, from)
    writeI64(this.#words, at + 7, milliWh)
  }

  release(actor: number, asset: number, minute: number, source: number, from: number, milliWh: number): void {
    const at = this.#open(RELEASE)
    this.#words[at + 1] = actor
    this.#lot(at + 2, asset, minute, source, from)
    writeI64(this.#words, at + 7, milliWh)
  }

  reading(
    actor: number,
    battery: number,
    minute: number,
    chargeMilliWh: number,
    dischargeMilliWh: number,
  ): void {
    const at = this.#open(READING)
    this.#words[at + 1] = actor
    this.#words[at + 2] = battery
    this.#words[at + 3] = minute
    writeI64(this.#words, at + 4, chargeMilliWh)
    writeI64(this.#words, at + 6, dischargeMilliWh)
  }

  closeInterval(actor: number, site: number, minute: number): void {
    const at = this.#open(CLOSE_INTERVAL)
    this.#words[at + 1] = actor
    this.#words[at + 2] = site
    this.#words[at + 3] = minute
  }

  /** Any operation from its JSON form. */
  add(operation: Operation): void {
    const { code, fields } = OPERATIONS[operation.op]
    const values = operation as unknown as Record<string, string | number>
    const start = this.#at
    let at = start + 1
    for (const [field, type] of fields) {
      const value = values[field]
      if (type === 'text') {
        at = this.#text(at, String(value))
        continue
      }
      this.#reserve(at + 2)
      if (type === 'i64') {
        writeI64(this.#words, at, Number(value))
        at += 2
      } else this.#words[at++] = type === 'u32' ? Number(value) : namesOf(type).indexOf(value) + 1
    }
    this.#words[start] = headerWord(code, at - start)
    this.#at = at
    this.operations++
  }

  /** Writes a text at a place and returns the word after it. */
  #text(at: number, text: string): number {
    // Most are short and of ASCII, a byte for each unit: then the encoder is not asked.
    const { length } = text
    const next = at + textWords(length)
    this.#reserve(next)
    const words = this.#words
    words.fill(0, at, next)
    words[at] = length
    let units = 0
    for (let unit = 0; unit < length; unit++) {
      const code = text.charCodeAt(unit)
      units |= code
      words[at + 1 + (unit >>> 2)] |= code << ((unit & 3) * 8)
    }
    if (units < 0x80) return next
    const bytes = utf8.encode(text)
    this.#reserve(at + textWords(bytes.length))
    return writeText(this.#words, at, bytes)
  }
}

const namesOf = (type: unknown) => type as readonly unknown[]
