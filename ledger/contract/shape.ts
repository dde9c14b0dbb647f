import { fixedWords, headerWord, type OperationName, OPERATIONS } from './operations.ts'
import { validId } from './vocabulary.ts'
import { textWords } from './words.ts'

/** A text takes at most this many bytes. */
export const MAX_TEXT_BYTES = 512

/** By code: words with texts counted as their length word, and how many texts. */
const WORDS = new Int32Array(256)
const TEXTS = new Int32Array(256)
/** The header word of an operation without texts; −1 where there is none. */
const WHOLE = new Int32Array(256).fill(-1)
for (const name of Object.keys(OPERATIONS) as OperationName[]) {
  const { code, fields } = OPERATIONS[name]
  WORDS[code] = fixedWords(name)
  TEXTS[code] = fields.filter(([, type]) => type === 'text').length
  if (TEXTS[code] === 0) WHOLE[code] = headerWord(code, WORDS[code])
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** What a transaction may add: the highest new account and asset. */
export interface Room {
  account: number
  asset: number
}

/**
 * Checks that every operation is of the list, of its length, with texts in their one encoding; fills
 * the room that the transaction needs. Whether its numbers make sense is for the rules to say.
 *
 * @returns the first operation that is not, or −1
 */
export function malformedAt(words: Int32Array, operations: number, room: Room): number {
  room.account = 0
  room.asset = 0
  if (!Number.isInteger(operations) || operations < 1) return 0
  let at = 0
  for (let operation = 0; operation < operations; operation++) {
    if (at >= words.length) return operation
    const header = words[at]
    const code = header & 0xff
    const end = at + (header >>> 8)
    if (end > words.length) return operation
    // All but the two operations that have texts have one length, so that the header says it all.
    if (header !== WHOLE[code]) {
      const fixed = at + WORDS[code] - TEXTS[code]
      if (TEXTS[code] === 0 || end < fixed) return operation
      if (!textsAreCanonical(words, fixed, end, TEXTS[code])) return operation
      const id = words[at + 2]
      if (!validId(id)) return operation
      if (code === OPERATIONS.register.code) room.account = Math.max(room.account, id)
      else room.asset = Math.max(room.asset, id)
    }
    at = end
  }
  return at === words.length ? -1 : operations
}

function textsAreCanonical(words: Int32Array, first: number, end: number, texts: number): boolean {
  let at = first
  for (let text = 0; text < texts; text++) {
    if (at >= end || words[at] < 0 || words[at] > MAX_TEXT_BYTES) return false
    const next = at + textWords(words[at])
    if (next > end) return false
    const bytes = new Uint8Array(words.buffer, words.byteOffset + (at + 1) * 4, (next - at - 1) * 4)
    for (let pad = words[at]; pad < bytes.length; pad++) if (bytes[pad] !== 0) return false
    try {
      utf8.decode(bytes.subarray(0, words[at]))
    } catch {
      return false
    }
    at = next
  }
  return at === end
}
