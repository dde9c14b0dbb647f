import { readI64, readText, textWords, writeI64, writeText } from './words.ts'

const utf8 = new TextEncoder()

/** Appends numbers and texts to a growing row of words. */
export class WordWriter {
  #words = new Int32Array(1024)
  #at = 0

  i64(value: number): void {
    this.#reserve(2)
    writeI64(this.#words, this.#at, value)
    this.#at += 2
  }

  text(text: string): void {
    const bytes = utf8.encode(text)
    this.#reserve(textWords(bytes.length))
    this.#at = writeText(this.#words, this.#at, bytes)
  }

  clear(): void {
    this.#at = 0
  }

  /** What was written; it shares the writer's memory until `clear`. */
  get words(): Int32Array<ArrayBuffer> {
    return this.#words.subarray(0, this.#at)
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#words.buffer, 0, this.#at * 4)
  }

  #reserve(count: number): void {
    if (this.#at + count <= this.#words.length) return
    const grown = new Int32Array(Math.max(this.#at + count, this.#words.length * 2))
    grown.set(this.#words)
    this.#words = grown
  }
}

/** Reads what a `WordWriter` wrote, in the same order. */
export class WordReader {
  readonly #words: Int32Array
  #at = 0

  constructor(words: Int32Array) {
    this.#words = words
  }

  i64(): number {
    const value = this.peekI64()
    this.#at += 2
    return value
  }

  peekI64(): number {
    return readI64(this.#words, this.#at)
  }

  text(): string {
    const text = readText(this.#words, this.#at)
    this.#at += textWords(this.#words[this.#at])
    return text
  }

  get ended(): boolean {
    return this.#at >= this.#words.length
  }
}
