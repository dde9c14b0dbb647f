import type { WordReader, WordWriter } from '../../contract/word-stream.ts'

/**
 * Values under a key carry the canonical numbers of `contract/state-values.ts`, packed: a number takes as many
 * bytes as it needs (seven bits each, lowest first; n as 2n, −n as 2n − 1), because every byte that is written crosses the
 * network seven times. Texts stand apart (`Keys.texts`): no rule reads one, and none ever changes.
 */
export class PackedWriter {
  #bytes = new Uint8Array(4096)
  #at = 0
  readonly texts: string[] = []

  /** A whole number between ±(2^53 − 1). */
  i64(value: number): void {
    if (this.#at + 10 > this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2)
      grown.set(this.#bytes)
      this.#bytes = grown
    }
    const bytes = this.#bytes
    let at = this.#at
    // Beyond 31 bits numbers are divided, not shifted; twice 2^53 is no whole number, so the sign comes first there.
    if (value >= 0 && value < 0x4000_0000) {
      let rest = value << 1
      while (rest > 127) {
        bytes[at++] = (rest & 127) | 128
        rest >>>= 7
      }
      bytes[at++] = rest
    } else {
      let rest = value < 0 ? (BigInt(-value) << 1n) - 1n : BigInt(value) << 1n
      while (rest > 127n) {
        bytes[at++] = Number(rest & 127n) | 128
        rest >>= 7n
      }
      bytes[at++] = Number(rest)
    }
    this.#at = at
  }

  text(text: string): void {
    this.texts.push(text)
  }

  /** What was written since the last call. */
  take(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#at)
    this.#at = 0
    this.texts.length = 0
    return bytes
  }

  /** For the contract's functions, which ask no more of it than this. */
  get words(): WordWriter {
    return this as unknown as WordWriter
  }
}

/** Reads what a `PackedWriter` wrote; texts are empty. @throws RangeError where the bytes end within a number */
export class PackedReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  i64(): number {
    const bytes = this.#bytes
    let at = this.#at
    let value = 0
    let scale = 1
    let byte: number
    do {
      if (at >= bytes.length) throw new RangeError('a packed value ends within a number')
      byte = bytes[at++]
      if (scale > 0x1_0000_0000_0000) return this.#large()
      value += (byte & 127) * scale
      scale *= 128
    } while (byte > 127)
    this.#at = at
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  /** A number of more than seven bytes, exactly. */
  #large(): number {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      if (this.#at >= this.#bytes.length) throw new RangeError('a packed value ends within a number')
      const byte = this.#bytes[this.#at++]
      value |= BigInt(byte & 127) << shift
      if (byte < 128) break
    }
    return Number(value % 2n === 0n ? value >> 1n : -((value + 1n) >> 1n))
  }

  peekI64(): number {
    const at = this.#at
    const value = this.i64()
    this.#at = at
    return value
  }

  text(): string {
    return ''
  }

  /** Bytes read so far. */
  get at(): number {
    return this.#at
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length
  }

  get words(): WordReader {
    return this as unknown as WordReader
  }
}

/** A single number, packed. */
export function packed(value: number): Uint8Array {
  const writer = new PackedWriter()
  writer.i64(value)
  return writer.take()
}

export const unpacked = (bytes: Uint8Array): number => new PackedReader(bytes).i64()

/** Two texts of a numbered row: of an account its label and credential, of an asset its location and label. */
export type RowTexts = readonly [number, string, string]

export const packTexts = (rows: readonly RowTexts[]): Uint8Array => Buffer.from(JSON.stringify(rows), 'utf8')

export const unpackTexts = (bytes: Uint8Array): readonly RowTexts[] =>
  bytes.length === 0 ? [] : (JSON.parse(Buffer.from(bytes).toString('utf8')) as RowTexts[])
