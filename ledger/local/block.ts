import { hash } from 'node:crypto'

/**
 * The chain's form (ledger/README.md). A block is a header of 32 words and its transaction records.
 * A leaf of its Merkle tree is a run of whole records of at least 16 KiB: a hash costs a
 * microsecond to call, so one for each small transaction would cost more than the ledger's work.
 */
export const BLOCK_MAGIC = 0x42505056
export const TRANSACTION_MAGIC = 0x54505056
const NODE_MAGIC = Buffer.from('VPPN', 'latin1')
export const BLOCK_FORMAT = 2
export const HEADER_WORDS = 32
export const RECORD_WORDS = 6
export const HASH_BYTES = 32
export const LEAF_WORDS = 4096

export const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer')

/** Merkle root of at least one leaf. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  let level = leaves
  while (level.length > 1) {
    const next: Buffer[] = []
    for (let at = 0; at + 1 < level.length; at += 2) {
      next.push(sha256(Buffer.concat([NODE_MAGIC, level[at], level[at + 1]])))
    }
    if (level.length % 2 === 1) next.push(level[level.length - 1])
    level = next
  }
  return level[0]
}

/**
 * Fills the header of a finished block and returns the block's hash.
 *
 * @param words the block: room for the header, then its records
 * @param leafEnds where its leaves end, words from the start of the block
 */
export function sealBlock(
  words: Int32Array,
  block: { number: number; transactions: number; operations: number },
  previous: Buffer,
  leafEnds: readonly number[],
): Buffer {
  const end = leafEnds[leafEnds.length - 1]
  const bytes = new Uint8Array(words.buffer, words.byteOffset, end * 4)
  const leaves: Buffer[] = []
  let start = HEADER_WORDS
  for (const leafEnd of leafEnds) {
    leaves.push(sha256(bytes.subarray(start * 4, leafEnd * 4)))
    start = leafEnd
  }
  words.fill(0, 0, HEADER_WORDS)
  words[0] = BLOCK_MAGIC
  words[1] = BLOCK_FORMAT
  words[2] = block.number
  words[3] = block.transactions
  words[4] = block.operations
  words[5] = (end - HEADER_WORDS) * 4
  bytes.set(previous, 8 * 4)
  bytes.set(merkleRoot(leaves), 16 * 4)
  const digest = sha256(bytes.subarray(0, 24 * 4))
  bytes.set(digest, 24 * 4)
  return digest
}
