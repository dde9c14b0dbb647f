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
/** The one header word of an operation without texts, by code; 0: it has texts, or there is none. */
export const HEADS = Int32Array.from({ length: 256 }, (_, code) =>
  (LENGTH[code] ?? 0) > 0 ? code + 256 * LENGTH[code] : 0,
)
const TEXT_BYTES = 512
/** High words of an i64 below 2^53 lie between −2^21 and 2^21. */
const HIGH = 0x200000

/** An i64 as a number; exact when its form was checked. */
export const i64 = (words: Int32Array, at: number): number =>
  (words[at] >>> 0) + words[at + 1] * 4_294_967_296

/** Whether an i64 reaches 2^53, either way. */
export function tooLarge(words: Int32Array, at: number): boolean {
  const high = words[at + 1]
  return high >= HIGH || high < -HIGH || (high === -HIGH && words[at] === 0)
}

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

/** Whether the words of one operation are out of their ranges: u32, i64, lists of names, texts. */
function outOfForm(w: Int32Array, at: number, code: number, end: number): boolean {
  switch (code) {
    case MINT:
      return (w[at + 1] | w[at + 2] | w[at + 3] | w[at + 4]) < 0 || tooLarge(w, at + 5)
    case CLOSE_INTERVAL:
    case SET_FACTOR:
      return (w[at + 1] | w[at + 2] | w[at + 3]) < 0
    case READING:
      return (w[at + 1] | w[at + 2] | w[at + 3]) < 0 || tooLarge(w, at + 4) || tooLarge(w, at + 6)
    case SET_TARIFF:
      return (w[at + 1] | w[at + 2]) < 0
    case ANCHOR:
      return (w[at + 1] | w[at + 2] | w[at + 3]) < 0 || (w[at + 4] !== 1 && w[at + 4] !== 2)
    case SETTLE:
      return (w[at + 1] | w[at + 2] | w[at + 3] | w[at + 4]) < 0 || tooLarge(w, at + 5) || tooLarge(w, at + 7)
    case REGISTER: {
      const label = afterText(w, at + 9, end)
      if (label === 0 || afterText(w, label, end) !== end) return true
      if (w[at + 3] < 1 || w[at + 3] > 5) return true
      return (w[at + 1] | w[at + 2] | w[at + 4]) < 0 || tooLarge(w, at + 5) || tooLarge(w, at + 7)
    }
    case CREATE_ASSET: {
      const location = afterText(w, at + 14, end)
      if (location === 0 || afterText(w, location, end) !== end) return true
      if (w[at + 3] < 1 || w[at + 3] > 4) return true
      const numbers = w[at + 1] | w[at + 2] | w[at + 4] | w[at + 5] | w[at + 6] | w[at + 7]
      return (numbers | w[at + 12] | w[at + 13]) < 0 || tooLarge(w, at + 8) || tooLarge(w, at + 10)
    }
  }
  // All others begin with an actor and a lot.
  if ((w[at + 1] | w[at + 2] | w[at + 3] | w[at + 4]) < 0 || tooLarge(w, at + 5)) return true
  switch (code) {
    case EXCHANGE:
      return w[at + 7] < 0 || tooLarge(w, at + 8)
    case OFFER:
      return (w[at + 7] | w[at + 8]) < 0 || tooLarge(w, at + 9)
    case TRADE:
      return (w[at + 7] !== 1 && w[at + 7] !== 2) || (w[at + 8] | w[at + 9]) < 0 || tooLarge(w, at + 10)
    case BURN:
      return w[at + 7] < 1 || w[at + 7] > 5 || w[at + 8] < 0 || tooLarge(w, at + 9)
    case SET_ASIDE:
    case RELEASE:
      return tooLarge(w, at + 7)
    default:
      return false
  }
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
    if (outOfForm(words, at, code, next)) return index
    at = next
  }
  return at === end ? -1 : count
}
