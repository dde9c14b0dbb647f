import { isUtf8 } from 'node:buffer'

/** Codes of operations, as the specification numbers them. */
export const REGISTER = 1
export const CREATE_ASSET = 2
export const MINT = 3
export const EXCHANGE = 4
export const OFFER = 5
export const CANCEL = 6
export const TRADE = 7
export const BURN = 8
export const SET_ASIDE = 9
export const RELEASE = 10
export const SETTLE = 11
export const SET_TARIFF = 12
export const READING = 13
export const ANCHOR = 14
export const SET_FACTOR = 15
export const CLOSE_INTERVAL = 16

/** Whole length in words by code; 0: it has texts, −1: no such operation. */
const LENGTH = Int8Array.from([-1, 0, 0, 7, 10, 11, 7, 12, 11, 9, 9, 9, 3, 8, 5, 4, 4])
/** The one header word of an operation without texts, by code; for any other code, a word that has another one. */
export const HEADS = Int32Array.from({ length: 256 }, (_, code) =>
  (LENGTH[code] ?? 0) > 0 ? code + 256 * LENGTH[code] : code ^ 1,
)
const TEXT_BYTES = 512

/** An i64 as a number; exact up to ±(2^53 − 1), and beyond that still on the right side of every limit. */
export const i64 = (words: Int32Array, at: number): number =>
  (words[at] >>> 0) + words[at + 1] * 4_294_967_296

/** Word after a text that begins at `at`; 0 when it is not of the one form that a text has. */
function afterText(words: Int32Array, at: number, end: number): number {
  const length = words[at]
  const next = at + 1 + ((length + 3) >> 2)
  if (at >= end || length < 0 || length > TEXT_BYTES || next > end) return 0
  const bytes = new Uint8Array(words.buffer, words.byteOffset + (at + 1) * 4, (next - at - 1) * 4)
  for (let pad = length; pad < bytes.length; pad++) if (bytes[pad] !== 0) return 0
  return isUtf8(bytes.subarray(0, length)) ? next : 0
}

/** Bytes of a text whose form was checked, copied. */
export function textAt(words: Int32Array, at: number): Uint8Array {
  const start = words.byteOffset + (at + 1) * 4
  return new Uint8Array(words.buffer.slice(start, start + words[at]))
}

/** Word after a text whose form was checked. */
export const nextText = (words: Int32Array, at: number): number => at + 1 + ((words[at] + 3) >> 2)

/** Numbers of accounts and assets lie below this. */
const MOST_NUMBER = 2 ** 20
const ROLES = 5
const ASSET_KINDS = 4

/** Whether an operation with texts names no possible account or asset, or does not end where it says. */
function outOfForm(w: Int32Array, at: number, code: number, end: number): boolean {
  const number = w[at + 2]
  const kind = w[at + 3]
  if (number < 1 || number >= MOST_NUMBER || kind < 1) return true
  if (kind > (code === REGISTER ? ROLES : ASSET_KINDS)) return true
  const first = afterText(w, at + (code === REGISTER ? 9 : 14), end)
  return first === 0 || afterText(w, first, end) !== end
}

/**
 * Checks that words `at` to `end` are `count` operations in the one form that each has.
 *
 * @returns which operation is malformed, from 0; −1: none
 */
export function malformedAt(words: Int32Array, start: number, end: number, count: number): number {
  let at = start
  for (let index = 0; index < count; index++) {
    const head = words[at]
    const code = head & 255
    const next = at + (head >>> 8)
    if (at >= end || code > CLOSE_INTERVAL || next > end || next === at) return index
    const length = LENGTH[code]
    if (length < 0 || (length > 0 && next - at !== length)) return index
    if (length === 0 && outOfForm(words, at, code, next)) return index
    at = next
  }
  return at === end ? -1 : count
}
