import { closeSync, openSync, readSync } from 'node:fs'
import { PAGE_BYTES } from './store.ts'
import { readWal } from './wal.ts'

/**
 * Reads the rows of an SQLite file whose tree may be broken (sqlite.org/fileformat2.html, sections
 * 1.5 and 1.6): every page that has the form of a table's leaf is taken for one, whether a tree leads
 * to it or not, and so is every page in the log. Nothing is believed: the caller checks each block
 * against its hash.
 */
const LEAF = 0x0d
const FILE_HEADER_BYTES = 100
/** Bytes of a page's last part of a row that stay on the leaf, by the format's formulas. */
const MOST_LOCAL = PAGE_BYTES - 35
const LEAST_LOCAL = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23
const OVERFLOW_BYTES = PAGE_BYTES - 4
/** No block is larger; a damaged length must not cost memory. */
const MOST_BLOB_BYTES = 1 << 30

/** Where a row of the table of blocks stands. */
interface Row {
  readonly page: Buffer
  /** Place of the row's payload on the page, and its length in all. */
  readonly at: number
  readonly length: number
}

/** Every place where a row (number, blob) seems to be, by number; what a later page says comes first. */
export class DamagedPages {
  readonly #file: number
  /** Pages of the log, newest version last. */
  readonly #log = new Map<number, Buffer>()
  readonly #rows = new Map<number, Row[]>()

  constructor(path: string) {
    this.#file = openSync(path, 'r')
    for (let page = 1; ; page++) {
      const bytes = Buffer.alloc(PAGE_BYTES)
      const length = readSync(this.#file, bytes, 0, PAGE_BYTES, (page - 1) * PAGE_BYTES)
      if (length === 0) break
      this.#collect(bytes, page === 1 ? FILE_HEADER_BYTES : 0)
    }
    const wal = readWal(`${path}-wal`)
    for (const { page, bytes } of [...(wal?.doubtful ?? []), ...(wal?.frames ?? [])]) {
      if (bytes.length !== PAGE_BYTES) continue
      this.#log.set(page, bytes)
      this.#collect(bytes, page === 1 ? FILE_HEADER_BYTES : 0)
    }
  }

  close(): void {
    closeSync(this.#file)
  }

  /** Highest number of any row that was found. */
  get highest(): number {
    return [...this.#rows.keys()].reduce((most, number) => Math.max(most, number), 0)
  }

  #collect(page: Buffer, header: number): void {
    if (page[header] !== LEAF) return
    const cells = page.readUInt16BE(header + 3)
    for (let cell = 0; cell < cells; cell++) {
      const pointer = header + 8 + cell * 2
      if (pointer + 2 > PAGE_BYTES) return
      let at = page.readUInt16BE(pointer)
      const length = varint(page, at)
      const number = varint(page, (at += length.bytes))
      at += number.bytes
      if (at >= PAGE_BYTES || length.value > MOST_BLOB_BYTES) continue
      const rows = this.#rows.get(number.value) ?? []
      rows.unshift({ page, at, length: length.value })
      this.#rows.set(number.value, rows)
    }
  }

  /** The blobs that row `number` may hold; usually one. */
  *blobs(number: number): Generator<Buffer> {
    for (const row of this.#rows.get(number) ?? []) {
      const payload = this.#payload(row)
      // A record of two columns: the number (stored as the row's key, so null here) and a blob.
      const header = varint(payload, 0)
      const blob = varint(payload, 2)
      if (payload[1] !== 0 || header.value !== 2 + blob.bytes || blob.value < 12 || blob.value % 2 !== 0)
        continue
      const bytes = payload.subarray(header.value)
      if (bytes.length === (blob.value - 12) / 2) yield bytes
    }
  }

  /** A row's payload: what is on its page and on the pages that follow; shorter where they end. */
  #payload({ page, at, length }: Row): Buffer {
    if (length <= MOST_LOCAL) return page.subarray(at, at + length)
    const rest = LEAST_LOCAL + ((length - LEAST_LOCAL) % OVERFLOW_BYTES)
    const local = rest <= MOST_LOCAL ? rest : LEAST_LOCAL
    const parts = [page.subarray(at, at + local)]
    let left = length - local
    let next = at + local + 4 <= PAGE_BYTES ? page.readUInt32BE(at + local) : 0
    while (left > 0 && next !== 0) {
      const overflow = this.#page(next)
      if (overflow === null) break
      parts.push(overflow.subarray(4, 4 + Math.min(left, OVERFLOW_BYTES)))
      left -= OVERFLOW_BYTES
      next = overflow.readUInt32BE(0)
    }
    return Buffer.concat(parts)
  }

  #page(number: number): Buffer | null {
    const logged = this.#log.get(number)
    if (logged !== undefined) return logged
    const bytes = Buffer.alloc(PAGE_BYTES)
    const length = readSync(this.#file, bytes, 0, PAGE_BYTES, (number - 1) * PAGE_BYTES)
    return length < 4 ? null : bytes
  }
}

/** A variable-length integer of SQLite: seven bits a byte, high ones first, eight in the ninth. */
function varint(bytes: Uint8Array, at: number): { value: number; bytes: number } {
  let value = 0
  for (let count = 0; count < 8; count++) {
    const byte = bytes[at + count] ?? 0
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return { value, bytes: count + 1 }
  }
  return { value: value * 256 + (bytes[at + 8] ?? 0), bytes: 9 }
}
