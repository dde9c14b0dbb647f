import { hash } from 'node:crypto'

/**
 * The chain's form. A block is a header of 32 words and its transactions; a transaction record is
 * `VPPT`, its length in words, client, sequence (two words), number of operations, operations. The
 * Merkle root is over the SHA-256 of each record; a node is the SHA-256 of `VPPN` and its two
 * children; an odd node is passed up. The block's hash is over its first 24 words, and these hold
 * the hash of the block before.
 */
export const BLOCK_MAGIC = 0x42505056
export const TRANSACTION_MAGIC = 0x54505056
const NODE_MAGIC = Buffer.from('VPPN', 'latin1')
export const BLOCK_FORMAT = 1
export const HEADER_WORDS = 32
export const RECORD_WORDS = 6
export const HASH_BYTES = 32

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

/** Fills the header of a finished block and returns the block's hash. */
export function sealHeader(
  header: Int32Array,
  block: { number: number; transactions: number; operations: number; payloadBytes: number },
  previous: Buffer,
  leaves: readonly Buffer[],
): Buffer {
  const bytes = new Uint8Array(header.buffer, header.byteOffset, HEADER_WORDS * 4)
  header.fill(0, 0, HEADER_WORDS)
  header[0] = BLOCK_MAGIC
  header[1] = BLOCK_FORMAT
  header[2] = block.number
  header[3] = block.transactions
  header[4] = block.operations
  header[5] = block.payloadBytes
  bytes.set(previous, 8 * 4)
  bytes.set(merkleRoot(leaves), 16 * 4)
  const digest = sha256(bytes.subarray(0, 24 * 4))
  bytes.set(digest, 24 * 4)
  return digest
}
