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

/** Writes the SHA-256 at a place of a buffer: by way of a string, which costs a third of a buffer of its own. */
function sha256Into(bytes: Uint8Array, out: Buffer, at: number): void {
  out.write(hash('sha256', bytes, 'binary'), at, 'binary')
}

/** Scratch: a node with its two children. */
const node = Buffer.concat([NODE_MAGIC], NODE_MAGIC.length + 2 * HASH_BYTES)
/** Scratch: the hashes of one level, one after the other. */
let level = Buffer.alloc(64 * HASH_BYTES)

/** Makes the Merkle root of `count` (at least one) leaves' hashes in `level`, level by level; it is then the first. */
function reduceToRoot(count: number): void {
  let left = count
  while (left > 1) {
    const pairs = left >> 1
    for (let pair = 0; pair < pairs; pair++) {
      level.copy(node, NODE_MAGIC.length, pair * 2 * HASH_BYTES, (pair + 1) * 2 * HASH_BYTES)
      sha256Into(node, level, pair * HASH_BYTES)
    }
    if (left % 2 === 1) level.copyWithin(pairs * HASH_BYTES, (left - 1) * HASH_BYTES, left * HASH_BYTES)
    left -= pairs
  }
}

/**
 * Fills the header of a finished block.
 *
 * @param words the block: room for the header, then its records
 * @param head the hash of the block before; becomes that of this one
 * @param leafEnds where its leaves end, words from the start of the block
 */
export function sealBlock(
  words: Int32Array,
  block: { number: number; transactions: number; operations: number },
  head: Buffer,
  leafEnds: readonly number[],
): void {
  const end = leafEnds[leafEnds.length - 1]
  const bytes = Buffer.from(words.buffer, words.byteOffset, end * 4)
  if (leafEnds.length * HASH_BYTES > level.length) level = Buffer.alloc(leafEnds.length * 2 * HASH_BYTES)
  let start = HEADER_WORDS
  for (let leaf = 0; leaf < leafEnds.length; leaf++) {
    sha256Into(bytes.subarray(start * 4, leafEnds[leaf] * 4), level, leaf * HASH_BYTES)
    start = leafEnds[leaf]
  }
  reduceToRoot(leafEnds.length)
  words.fill(0, 0, HEADER_WORDS)
  words[0] = BLOCK_MAGIC
  words[1] = BLOCK_FORMAT
  words[2] = block.number
  words[3] = block.transactions
  words[4] = block.operations
  words[5] = (end - HEADER_WORDS) * 4
  head.copy(bytes, 8 * 4)
  level.copy(bytes, 16 * 4, 0, HASH_BYTES)
  sha256Into(bytes.subarray(0, 24 * 4), head, 0)
  head.copy(bytes, 24 * 4)
}
