/**
 * Canonical binary encoding is a row of 32-bit words, little-endian in files and under hashes. A
 * 64-bit integer takes two words, low word first, two's complement; JavaScript holds it exactly
 * between −2^53 and 2^53, and nothing outside that range is ever valid.
 */
const TWO_32 = 4_294_967_296
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Reads the signed 64-bit integer at word `at`. */
export function readI64(words: Int32Array, at: number): number {
  const high = words[at + 1]
  return high === 0 ? words[at] >>> 0 : high * TWO_32 + (words[at] >>> 0)
}

/** Writes a whole number as a signed 64-bit integer at word `at`. */
export function writeI64(words: Int32Array, at: number, value: number): void {
  words[at] = value | 0
  // Most are small, and a division is dear.
  words[at + 1] = value >= 0 && value < TWO_32 ? 0 : Math.floor(value / TWO_32)
}

/** Words needed for a text: its byte length in one word, then its UTF-8 padded with zeros. */
export const textWords = (byteLength: number): number => 1 + ((byteLength + 3) >>> 2)

export function readText(words: Int32Array, at: number): string {
  const length = words[at]
  return utf8.decode(new Uint8Array(words.buffer, words.byteOffset + (at + 1) * 4, length))
}

/** Writes the bytes of a text and returns the word after it. */
export function writeText(words: Int32Array, at: number, bytes: Uint8Array): number {
  const next = at + textWords(bytes.length)
  words.fill(0, at, next)
  words[at] = bytes.length
  new Uint8Array(words.buffer, words.byteOffset + (at + 1) * 4, bytes.length).set(bytes)
  return next
}
