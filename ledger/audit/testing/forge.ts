import { createHash } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Operation } from '../../contract/operations.ts'
import { TransactionWriter } from '../../contract/writer.ts'

/**
 * What an attacker has: the written specification, and every tool to make a journal that is right in all its hashes.
 */
const sha256 = (...parts: Uint8Array[]): Buffer => {
  const digest = createHash('sha256')
  for (const part of parts) digest.update(part)
  return digest.digest()
}

/** A transaction's record. */
export function recordOf(client: number, sequence: number, operations: readonly Operation[]): Buffer {
  const writer = new TransactionWriter()
  for (const operation of operations) writer.add(operation)
  const { words } = writer.transaction(client, sequence)
  return recordOfWords(client, sequence, words, operations.length)
}

/** A record of words that need not be operations at all. */
export function recordOfWords(client: number, sequence: number, words: Int32Array, count: number): Buffer {
  const record = Buffer.alloc(24 + words.length * 4)
  record.write('VPPT', 'latin1')
  record.writeUInt32LE(record.length / 4, 4)
  record.writeInt32LE(client, 8)
  record.writeBigInt64LE(BigInt(sequence), 12)
  record.writeInt32LE(count, 20)
  Buffer.from(words.buffer, words.byteOffset, words.byteLength).copy(record, 24)
  return record
}

/** Seals records as block `number`, all hashes right; returns its bytes, whose last 32 of the header are the hash. */
export function sealed(records: readonly Buffer[], number: number, previous: Buffer): Buffer {
  const body = Buffer.concat(records)
  let level: Buffer[] = []
  let start = 0
  let end = 0
  for (const [at, record] of records.entries()) {
    end += record.length
    if (end - start >= 16_384 || at === records.length - 1) {
      level.push(sha256(body.subarray(start, end)))
      start = end
    }
  }
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let at = 0; at < level.length; at += 2) {
      const pair = at + 1 < level.length
      above.push(pair ? sha256(Buffer.from('VPPN'), level[at], level[at + 1]) : level[at])
    }
    level = above
  }
  const header = Buffer.alloc(128)
  header.write('VPPB', 'latin1')
  const counts = [
    2,
    number,
    records.length,
    records.reduce((sum, one) => sum + one.readInt32LE(20), 0),
    body.length,
  ]
  counts.forEach((value, at) => header.writeInt32LE(value | 0, 4 + at * 4))
  previous.copy(header, 32)
  level[0].copy(header, 64)
  sha256(header.subarray(0, 96)).copy(header, 96)
  return Buffer.concat([header, body])
}

/** Seals every list of records as a block of one chain. */
export function chained(lists: readonly (readonly Buffer[])[]): Buffer[] {
  let previous: Buffer = Buffer.alloc(32)
  return lists.map((records, at) => {
    const block = sealed(records, at + 1, previous)
    previous = block.subarray(96, 128)
    return block
  })
}

/** One block's frame, as it stands in a journal. */
export function frameOf(block: Buffer): Buffer {
  const packed = zstdCompressSync(block)
  const head = Buffer.alloc(16)
  head.writeUInt32LE(packed.length, 0)
  head.writeUInt32LE(block.length, 4)
  sha256(packed).copy(head, 8, 0, 8)
  return Buffer.concat([head, packed])
}

const HEAD = Buffer.from([0x56, 0x50, 0x50, 0x4a, 2, 0, 0, 0])

export const journalOf = (blocks: readonly Buffer[]): Buffer => Buffer.concat([HEAD, ...blocks.map(frameOf)])

/** Where each frame of a journal begins, and the journal's end. */
export function frameStarts(journal: Buffer): number[] {
  const starts = [HEAD.length]
  for (let at = HEAD.length; at < journal.length; starts.push(at)) at += 16 + journal.readUInt32LE(at)
  return starts
}

/** The blocks of a sound journal, plain. */
export const blocksOf = (journal: Buffer): Buffer[] =>
  frameStarts(journal)
    .slice(0, -1)
    .map((at) => zstdDecompressSync(journal.subarray(at + 16, at + 16 + journal.readUInt32LE(at))))

/** The records of a block. */
export function recordsIn(block: Buffer): Buffer[] {
  const records: Buffer[] = []
  for (let at = 128; at < block.length;) {
    const end = at + block.readUInt32LE(at + 4) * 4
    records.push(block.subarray(at, end))
    at = end
  }
  return records
}

/** Records in blocks of at least so many bytes. */
export function inBlocks(records: readonly Buffer[], bytes: number): Buffer[][] {
  const lists: Buffer[][] = [[]]
  let length = 0
  for (const record of records) {
    if (length >= bytes) {
      lists.push([])
      length = 0
    }
    lists[lists.length - 1].push(record)
    length += record.length
  }
  return lists
}
