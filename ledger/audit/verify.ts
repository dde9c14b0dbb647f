import { Book, type EventSink } from './book.ts'
import { type Finding, Findings } from './findings.ts'
import { imbalance, recount } from './invariants.ts'
import { type Block, HEADER_BYTES, readBlock, RECORD_WORDS } from './journal/block.ts'
import { readFrames } from './journal/frames.ts'
import { HASH_BYTES } from './journal/hashes.ts'
import { isStore, readStore } from './journal/store.ts'
import { applyOperations } from './rules/apply.ts'
import { whole } from './rules/refusals.ts'
import { stateHash } from './state-hash.ts'
import { Windows } from './windows.ts'

/** What somebody wrote down of a chain earlier: the hash or the Merkle root of one of its blocks. */
export interface KnownRoot {
  readonly block: number
  /** Hexadecimal. */
  readonly hash: string
}

export interface Verified {
  readonly ok: boolean
  /** Of the prefix that is sound in every respect. */
  readonly blocks: number
  readonly transactions: number
  readonly operations: number
  /** Hash and root of its last block, hexadecimal; zeros when there is none. */
  readonly head: string
  readonly root: string
  /** Bytes of the journal that hold this prefix; of a durable ledger's store, its blocks. */
  readonly bytes: number
  /** Of the whole state; null when something was wrong. */
  readonly stateHash: string | null
  /** Everything that is wrong, in the order of the chain; the first 100. */
  readonly findings: readonly Finding[]
  readonly findingCount: number
  /** What a known root vouches for; null when none was given or it was not met. */
  readonly known: 'everything up to its block' | 'its block alone' | null
  readonly book: Book
}

export interface VerifyOptions {
  /** Called with the book before anything happens; what it gives is told everything. */
  readonly listen?: (book: Book) => EventSink | null
  readonly known?: KnownRoot
  /** Called with every sound block before its operations are applied. */
  readonly onBlock?: (block: Block, book: Book) => void
  /** Stops after the block for which it says true. */
  readonly enough?: (block: Block) => boolean
}

/** Living lots are counted again when so many operations a lot have passed: often, and yet at a fixed cost each. */
const OPERATIONS_PER_RECOUNTED_LOT = 64

/** One pass over a chain: every block is checked on its own, then against the one before, then its rules. */
export class Verifier {
  readonly book: Book
  readonly findings: Findings
  readonly #options: VerifyOptions
  readonly #windows = new Windows()
  /** False once something was wrong: what follows is checked for damage only. */
  #sound = true
  #expected = 1
  #previous: Buffer | null = Buffer.alloc(HASH_BYTES)
  #sinceRecount = 0
  #known: Verified['known'] = null
  #knownSeen = false
  #prefix = { blocks: 0, transactions: 0, operations: 0, head: ZEROS, root: ZEROS, bytes: 0 }

  constructor(findings: Findings, options: VerifyOptions = {}) {
    this.findings = findings
    this.#options = options
    this.book = new Book()
    this.book.sink = options.listen?.(this.book) ?? null
  }

  /**
   * Takes the next block's bytes; null: they cannot be had.
   *
   * @param end where the block ends in the file, bytes
   * @returns false when the caller has seen enough
   */
  take(bytes: Buffer | null, end: number): boolean {
    const number = this.#expected++
    if (bytes === null) return this.#broken()
    const block = readBlock(bytes)
    if ('problem' in block) {
      this.findings.add(number, block.transaction, block.problem)
      return this.#broken()
    }
    const chained = this.#chained(block, number)
    this.#previous = block.hash
    if (!chained || !this.#sound) {
      this.#sound = false
      return true
    }
    this.#options.onBlock?.(block, this.book)
    if (!this.#apply(block)) {
      this.#sound = false
      return true
    }
    const { transactions, operations } = this.#prefix
    this.#prefix = {
      blocks: number,
      transactions: transactions + block.transactions,
      operations: operations + block.operations,
      head: block.hash.toString('hex'),
      root: block.root.toString('hex'),
      bytes: end,
    }
    return this.#options.enough?.(block) !== true
  }

  #broken(): boolean {
    this.#sound = false
    this.#previous = null
    return true
  }

  #chained(block: Block, number: number): boolean {
    const before = this.findings.count
    if (block.number !== number) this.findings.add(number, -1, `it calls itself block ${block.number}`)
    if (this.#previous !== null && !block.previous.equals(this.#previous)) {
      this.findings.add(number, -1, 'it does not name the hash of the block before it')
    }
    const { known } = this.#options
    if (known !== undefined && known.block === number) {
      this.#knownSeen = true
      if (block.hash.toString('hex') === known.hash) this.#known = 'everything up to its block'
      else if (block.root.toString('hex') === known.hash) this.#known = 'its block alone'
      else
        this.findings.add(
          number,
          -1,
          `it has neither the hash nor the root ${known.hash} that was known of it`,
        )
    }
    return this.findings.count === before
  }

  /** Applies a block's transactions; false when a rule is broken. */
  #apply(block: Block): boolean {
    const { book } = this
    const { words } = block
    book.block = block.number
    let transaction = 0
    for (let at = HEADER_BYTES >> 2; at < words.length; transaction++) {
      const end = at + words[at + 1]
      book.transaction = transaction
      book.client = words[at + 2]
      book.sequence = whole(words, at + 3)
      const wrong = this.#one(words, at, end)
      if (wrong !== '') {
        this.findings.add(block.number, transaction, wrong)
        return false
      }
      at = end
    }
    this.#sinceRecount += block.operations
    let wrong = imbalance(book)
    if (wrong === '' && this.#sinceRecount > OPERATIONS_PER_RECOUNTED_LOT * book.lots.living) {
      this.#sinceRecount = 0
      wrong = recount(book)
    }
    if (wrong !== '') this.findings.add(block.number, -1, wrong)
    return wrong === ''
  }

  #one(words: Int32Array, at: number, end: number): string {
    const { book } = this
    const count = words[at + 5]
    if (count < 1) return 'malformed: it has no operation'
    const { sequence } = book
    if (!Number.isSafeInteger(sequence)) return `malformed: sequence ${sequence}`
    const repeated = this.#windows.take(book.client, sequence)
    if (repeated !== '') return repeated
    const broken = applyOperations(book, words, at + RECORD_WORDS, end, count)
    return broken === null ? '' : `operation ${broken.operation}: ${broken.code}: ${broken.why}`
  }

  /** Everything that was found, once all blocks are taken. */
  finish(): Verified {
    const { findings, book } = this
    if (this.#sound) {
      const wrong = recount(book)
      if (wrong !== '') findings.add(this.#prefix.blocks, -1, wrong)
    }
    const { known } = this.#options
    if (known !== undefined && !this.#knownSeen) {
      findings.add(known.block, -1, `it is missing: the root ${known.hash} was known of it`)
    }
    return {
      ok: findings.count === 0,
      ...this.#prefix,
      stateHash: this.#sound ? stateHash(book) : null,
      findings: findings.list,
      findingCount: findings.count,
      known: this.#known,
      book,
    }
  }
}

const ZEROS = '0'.repeat(HASH_BYTES * 2)

/**
 * Gives an unpacked block's memory back at once: the next block is unpacked into the same pages, which are in the
 * processor's cache, where the garbage collector would let hundreds of blocks pile up first. Smaller ones may
 * share theirs: Node cuts what is below half its pool's size from the pool.
 */
function release(plain: Buffer): void {
  if (plain.length >= Buffer.poolSize >>> 1 && plain.buffer instanceof ArrayBuffer) plain.buffer.transfer(0)
}

/**
 * Derives everything again from a journal, or from a durable ledger's store: the chain, every root, every rule, every balance. Memory is that of
 * the largest block and the living lots. After the first rule that is broken the state is of no use and what follows
 * is checked for damage only.
 */
export function verifyJournal(source: string | Buffer, options: VerifyOptions = {}): Verified {
  const findings = new Findings()
  const verifier = new Verifier(findings, options)
  const store = typeof source === 'string' && isStore(source)
  for (const { plain, end } of store ? readStore(source, findings) : readFrames(source, findings)) {
    if (!verifier.take(plain, end)) break
    // Who was handed the block may have kept it.
    if (!store && plain !== null && options.onBlock === undefined) release(plain)
  }
  return verifier.finish()
}
