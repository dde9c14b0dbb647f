import { HASH_BYTES, merkleRoot, type PathStep, sha256 } from './hashes.ts'

/**
 * One block of the chain by the written specification (ledger/README.md): a header of 32 words, then
 * the records. The numbers below are written a second time on purpose.
 */
const BLOCK = 0x42505056
const FORMAT = 2
const RECORD = 0x54505056
export const HEADER_BYTES = 128
const HASHED_BYTES = 96
export const RECORD_WORDS = 6
const LEAF_BYTES = 16_384

/** A block whose every byte is vouched for by its hash. Offsets are words of `words`. */
export interface Block {
  readonly number: number
  readonly hash: Buffer
  readonly root: Buffer
  readonly previous: Buffer
  readonly transactions: number
  readonly operations: number
  readonly bytes: Buffer
  /** The same bytes as words, header included. */
  readonly words: Int32Array
  /** Where each leaf ends, bytes from the block's start. */
  readonly leafEnds: readonly number[]
  readonly leaves: readonly Buffer[]
}

/** Words of a block, whatever the alignment of its bytes. */
function wordsOf(bytes: Buffer): Int32Array {
  if (bytes.byteOffset % 4 === 0) return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
  return new Int32Array(new Uint8Array(bytes).buffer)
}

/**
 * Checks a block on its own: header, hash, records' frames, leaves, root, counts. Not the chain, not the
 * rules.
 *
 * @returns the block, or what is wrong and at which transaction (−1: the block itself)
 */
export function readBlock(bytes: Buffer): Block | { transaction: number; problem: string } {
  const wrong = (problem: string, transaction = -1) => ({ transaction, problem })
  if (bytes.length < HEADER_BYTES || bytes.length % 4 !== 0) return wrong('its header is cut off')
  const words = wordsOf(bytes)
  if (words[0] !== BLOCK) return wrong('it does not begin as a block')
  if (words[1] !== FORMAT) return wrong(`it has format ${words[1]}, not ${FORMAT}`)
  const hash = sha256(bytes.subarray(0, HASHED_BYTES))
  if (!hash.equals(bytes.subarray(HASHED_BYTES, HEADER_BYTES))) {
    return wrong('its header does not have the hash that it says')
  }
  if (words[6] !== 0 || words[7] !== 0) return wrong('a reserved word of its header is not zero')
  if (words[5] !== bytes.length - HEADER_BYTES) return wrong('its records are not as long as it says')

  const leafEnds: number[] = []
  const leaves: Buffer[] = []
  const endLeaf = (start: number, end: number) => {
    leafEnds.push(end)
    leaves.push(sha256(bytes.subarray(start, end)))
  }
  let transactions = 0
  let operations = 0
  let leaf = HEADER_BYTES
  // Framing is told apart from the root's mismatch, because it names the transaction.
  for (let at = HEADER_BYTES >> 2; at < words.length; transactions++) {
    const length = words[at + 1]
    if (words[at] !== RECORD) return wrong('its record does not begin as one', transactions)
    if (length <= RECORD_WORDS || at + length > words.length) {
      return wrong('its record has an impossible length', transactions)
    }
    operations += words[at + 5]
    at += length
    if (at * 4 - leaf >= LEAF_BYTES || at === words.length) {
      endLeaf(leaf, at * 4)
      leaf = at * 4
    }
  }
  if (leaves.length === 0) return wrong('it holds no transaction')
  const root = Buffer.from(bytes.subarray(64, 64 + HASH_BYTES))
  if (!merkleRoot(leaves).equals(root)) return wrong('its records do not have the root that it says')
  if (words[3] !== transactions || words[4] !== operations) {
    return wrong('its counts of transactions or operations are wrong')
  }
  const previous = Buffer.from(bytes.subarray(32, 32 + HASH_BYTES))
  return { number: words[2], hash, root, previous, transactions, operations, bytes, words, leafEnds, leaves }
}

/** The leaf that holds a transaction, and its path to the root. */
export function leafOf(
  { words, leafEnds, leaves, bytes }: Block,
  transaction: number,
): { leaf: Buffer; recordInLeaf: number; path: PathStep[] } {
  let at = HEADER_BYTES >> 2
  let leaf = 0
  let recordInLeaf = 0
  for (let before = 0; before < transaction; before++) {
    at += words[at + 1]
    recordInLeaf++
    if (at * 4 === leafEnds[leaf]) {
      leaf++
      recordInLeaf = 0
    }
  }
  const path: PathStep[] = []
  merkleRoot(leaves, leaf, path)
  const start = leaf === 0 ? HEADER_BYTES : leafEnds[leaf - 1]
  return { leaf: Buffer.from(bytes.subarray(start, leafEnds[leaf])), recordInLeaf, path }
}
