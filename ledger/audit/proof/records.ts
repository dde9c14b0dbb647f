import { RECORD_WORDS } from '../journal/block.ts'
import { i64, malformedAt } from '../journal/form.ts'
import { sentenceOf } from './sentences.ts'

const RECORD = 0x54505056

/** A transaction's record in words. */
export interface ProvenRecord {
  readonly client: number
  readonly sequence: number
  readonly says: readonly string[]
}

/** The records of a leaf; null when its bytes are no whole records of the one form. */
export function recordsOf(leaf: Buffer): ProvenRecord[] | null {
  if (leaf.length === 0 || leaf.length % 4 !== 0) return null
  const words = new Int32Array(new Uint8Array(leaf).buffer)
  const records: ProvenRecord[] = []
  for (let at = 0; at < words.length;) {
    const end = at + words[at + 1]
    if (words[at] !== RECORD || words[at + 1] <= RECORD_WORDS || end > words.length) return null
    if (malformedAt(words, at + RECORD_WORDS, end, words[at + 5]) >= 0) return null
    const says: string[] = []
    for (let operation = at + RECORD_WORDS; operation < end; operation += words[operation] >>> 8) {
      says.push(sentenceOf(words, operation))
    }
    records.push({ client: words[at + 2], sequence: i64(words, at + 3), says })
    at = end
  }
  return records
}
