import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { zstdDecompressSync } from 'node:zlib'
import { VppError } from '../../data/errors.ts'

/**
 * Reads a journal by its written specification (ledger/README.md). Nothing here is shared with the
 * code that writes: the numbers below are written a second time on purpose.
 */
const JOURNAL = 0x4a505056
const BLOCK = 0x42505056
const TRANSACTION = 0x54505056
const FORMAT = 1
const BLOCK_HEADER_BYTES = 128
/** No group that the writer makes is larger; a damaged length must not cost memory. */
const MOST_GROUP_BYTES = 256 * 1024 * 1024

export interface JournalTransaction {
  readonly client: number
  readonly sequence: number
  readonly operations: number
  /** The encoded operations. */
  readonly words: Int32Array
}

export interface JournalBlock {
  readonly number: number
  readonly hash: string
  readonly root: string
  readonly transactions: readonly JournalTransaction[]
  /** SHA-256 of each transaction record, for proofs. */
  readonly leaves: readonly Buffer[]
}

/** Something in the journal that cannot be: where, and what. */
export interface JournalProblem {
  readonly block: number
  /** Place in the block, from 0; −1: the block itself. */
  readonly transaction: number
  readonly problem: string
}

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const digest = createHash('sha256')
  for (const part of parts) digest.update(part)
  return digest.digest()
}

const NODE = Buffer.from('VPPN')

/** Merkle root: a node is the hash of `VPPN` and its children, an odd node is passed up. */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return Buffer.alloc(32)
  let level = [...leaves]
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let at = 0; at < level.length; at += 2) {
      above.push(at + 1 < level.length ? sha256(NODE, level[at], level[at + 1]) : level[at])
    }
    level = above
  }
  return level[0]
}

/** The groups of a journal file, decompressed, one in memory at a time. */
function* groupsOf(path: string, report: (problem: string) => void): Generator<Buffer> {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (cause) {
    throw new VppError(
      'invalid',
      { place: path, problem: 'cannot be read', fix: 'name a run or a .journal file' },
      cause,
    )
  }
  try {
    const size = fstatSync(file).size
    const head = Buffer.alloc(8)
    readSync(file, head, 0, 8, 0)
    if (head.readUInt32LE(0) !== JOURNAL || head.readUInt32LE(4) !== FORMAT) {
      report('the file does not begin as a journal of format 1')
      return
    }
    for (let at = 8; at < size;) {
      if (size - at < 8 || readSync(file, head, 0, 8, at) !== 8)
        return report('the file ends inside a group’s head')
      const packed = head.readUInt32LE(0)
      const plain = head.readUInt32LE(4)
      if (packed > size - at - 8 || plain > MOST_GROUP_BYTES) return report('the file ends inside a group')
      const bytes = Buffer.alloc(packed)
      readSync(file, bytes, 0, packed, at + 8)
      let group: Buffer
      try {
        group = zstdDecompressSync(bytes, { maxOutputLength: MOST_GROUP_BYTES })
      } catch {
        return report('a group cannot be decompressed')
      }
      if (group.length !== plain) return report('a group is not as long as it says')
      yield group
      at += 8 + packed
    }
  } finally {
    closeSync(file)
  }
}

/**
 * The blocks of a journal, their chain, roots and counts checked; a broken block ends the reading.
 */
export function* readBlocks(path: string, problems: JournalProblem[]): Generator<JournalBlock> {
  let expected = 1
  let previous = Buffer.alloc(32)
  const report = (problem: string) => {
    problems.push({ block: expected, transaction: -1, problem })
  }
  for (const group of groupsOf(path, report)) {
    for (let at = 0; at < group.length;) {
      const block = readBlock(group, at, expected, previous, report)
      if (block === null) return
      yield block.block
      previous = Buffer.from(block.block.hash, 'hex')
      expected++
      at = block.end
    }
  }
}

function readBlock(
  group: Buffer,
  at: number,
  expected: number,
  previous: Buffer,
  report: (problem: string) => void,
): { block: JournalBlock; end: number } | null {
  const fail = (problem: string): null => {
    report(problem)
    return null
  }
  if (group.length - at < BLOCK_HEADER_BYTES) return fail('the header is cut off')
  const header = group.subarray(at, at + BLOCK_HEADER_BYTES)
  if (header.readUInt32LE(0) !== BLOCK || header.readUInt32LE(4) !== FORMAT)
    return fail('is no block of format 1')
  if (header.readUInt32LE(8) !== expected) return fail(`calls itself block ${header.readUInt32LE(8)}`)
  if (!header.subarray(32, 64).equals(previous)) return fail('does not name the hash of the block before it')
  const hash = sha256(header.subarray(0, 96))
  if (!header.subarray(96, 128).equals(hash)) return fail('its header does not have the hash that it says')
  if (header.readUInt32LE(24) !== 0 || header.readUInt32LE(28) !== 0)
    return fail('a reserved word is not zero')
  const end = at + BLOCK_HEADER_BYTES + header.readUInt32LE(20)
  if (end > group.length) return fail('the transactions are cut off')

  const transactions: JournalTransaction[] = []
  const leaves: Buffer[] = []
  let operations = 0
  for (let record = at + BLOCK_HEADER_BYTES; record < end;) {
    if (end - record < 24 || group.readUInt32LE(record) !== TRANSACTION) {
      return fail(`transaction ${transactions.length} does not begin as one`)
    }
    const length = group.readUInt32LE(record + 4) * 4
    if (length < 24 || record + length > end)
      return fail(`transaction ${transactions.length} has an impossible length`)
    leaves.push(sha256(group.subarray(record, record + length)))
    const count = group.readUInt32LE(record + 20)
    operations += count
    transactions.push({
      client: group.readUInt32LE(record + 8),
      sequence: group.readUInt32LE(record + 12) + group.readInt32LE(record + 16) * 2 ** 32,
      operations: count,
      words: new Int32Array(
        group.buffer.slice(group.byteOffset + record + 24, group.byteOffset + record + length),
      ),
    })
    record += length
  }
  const root = rootOf(leaves)
  if (!root.equals(header.subarray(64, 96))) return fail('its transactions do not have the root that it says')
  if (transactions.length !== header.readUInt32LE(12) || operations !== header.readUInt32LE(16)) {
    return fail('its counts of transactions or operations are wrong')
  }
  return {
    block: { number: expected, hash: hash.toString('hex'), root: root.toString('hex'), transactions, leaves },
    end,
  }
}
