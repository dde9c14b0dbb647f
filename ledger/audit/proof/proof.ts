import { type Block, HEADER_BYTES, leafOf } from '../journal/block.ts'
import { HASH_BYTES, nodeOf, sha256 } from '../journal/hashes.ts'
import { type ProvenRecord, recordsOf } from './records.ts'

/** Of a block's header, what its hash is over. */
const HASHED_BYTES = 96

/**
 * That some transactions stand in a block: the run of records that makes a Merkle leaf, the siblings up to the root, and the hashed part of the
 * block's header, which holds the root. Everything else in it follows from these.
 */
export interface Proof {
  readonly format: 1
  readonly block: number
  readonly root: string
  readonly blockHash: string
  /** Hashed part of the block's header, hexadecimal. */
  readonly header: string
  /** The leaf's bytes, hexadecimal: whole records. */
  readonly leaf: string
  readonly path: readonly { readonly side: 'left' | 'right'; readonly hash: string }[]
  /** Which of the leaf's records are meant, from 0. */
  readonly records: readonly number[]
  /** What these say. */
  readonly transactions: readonly ProvenRecord[]
}

/** Everything of a proof, from the parts that are evidence; null when they are none. */
function proofFrom(
  header: Buffer,
  leaf: Buffer,
  path: readonly { left: boolean; hash: Buffer }[],
  records: readonly number[],
): Proof | null {
  const all = recordsOf(leaf)
  if (all === null || header.length !== HASHED_BYTES) return null
  if (records.length === 0 || records.some((at, place) => !(at in all) || records.indexOf(at) !== place))
    return null
  let root = sha256(leaf)
  for (const { left, hash } of path) root = left ? nodeOf(hash, root) : nodeOf(root, hash)
  return {
    format: 1,
    block: header.readUInt32LE(8),
    root: root.toString('hex'),
    blockHash: sha256(header).toString('hex'),
    header: header.toString('hex'),
    leaf: leaf.toString('hex'),
    path: path.map(({ left, hash }) => ({ side: left ? 'left' : 'right', hash: hash.toString('hex') })),
    records,
    transactions: records.map((at) => all[at]),
  }
}

/** The proof of a transaction of a block. */
export function proveTransaction(block: Block, transaction: number): Proof {
  const { leaf, recordInLeaf, path } = leafOf(block, transaction)
  const header = Buffer.from(block.bytes.subarray(0, HASHED_BYTES))
  const proof = proofFrom(header, leaf, path, [recordInLeaf])
  if (proof === null || block.bytes.length < HEADER_BYTES)
    throw new Error('internal: a sound block gives no proof')
  return proof
}

/** How a proof is written: the same proof, the same bytes. */
export const writeProof = (proof: Proof): string => `${JSON.stringify(proof, null, 2)}\n`

/** What a checked proof vouches for. */
export interface Checked {
  readonly proof: Proof
  /** `block hash`: the number of the block is proven too; `root`: it is the claim of the proof. */
  readonly by: 'block hash' | 'root'
}

const isHex = (value: unknown): value is string =>
  typeof value === 'string' && /^(?:[0-9a-f]{2})*$/.test(value)

/**
 * Checks a proof with nothing but the root or the hash of its block.
 *
 * @param text the proof as `writeProof` wrote it: everything in it that is no evidence is derived again, and must be the same to the byte
 * @param hash root or hash of the block, hexadecimal
 * @param block its number, when it is known
 * @returns what is proven, or why nothing is
 */
export function checkProof(text: string, hash: string, block?: number): Checked | string {
  let given: Partial<Record<keyof Proof, unknown>> | null
  try {
    given = JSON.parse(text) as typeof given
  } catch {
    return 'it is no JSON'
  }
  if (typeof given !== 'object' || given === null) return 'it is no JSON object'
  const { header, leaf, path, records } = given
  if (!isHex(header) || !isHex(leaf) || !Array.isArray(path) || !Array.isArray(records))
    return 'a part of it is missing'
  const steps: { left: boolean; hash: Buffer }[] = []
  for (const step of path as { side?: unknown; hash?: unknown }[]) {
    if (!isHex(step?.hash) || step.hash.length !== HASH_BYTES * 2) return 'a hash of its path is none'
    steps.push({ left: step.side === 'left', hash: Buffer.from(step.hash, 'hex') })
  }
  if (!records.every((at) => Number.isInteger(at))) return 'it does not say which records are meant'
  const proof = proofFrom(Buffer.from(header, 'hex'), Buffer.from(leaf, 'hex'), steps, records as number[])
  if (proof === null) return 'its leaf holds no whole records, or not those that are meant'
  if (Buffer.from(header, 'hex').subarray(64, HASHED_BYTES).toString('hex') !== proof.root) {
    return 'leaf and path do not lead to the root in its header'
  }
  if (writeProof(proof) !== text) return 'what it says is not what its evidence says'
  const wanted = hash.toLowerCase()
  if (block !== undefined && proof.block !== block) return `it is of block ${proof.block}, not ${block}`
  if (proof.blockHash === wanted) return { proof, by: 'block hash' }
  if (proof.root === wanted) return { proof, by: 'root' }
  return `it leads to root ${proof.root} of block ${proof.block}, not to ${wanted}`
}
