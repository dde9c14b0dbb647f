import type { Transaction } from '../contract/decide.ts'
import { readI64 } from '../contract/words.ts'
import {
  BLOCK_MAGIC,
  HASH_BYTES,
  HEADER_WORDS,
  LEAF_WORDS,
  RECORD_WORDS,
  sealBlock,
  TRANSACTION_MAGIC,
} from './block.ts'
import type { LocalLedger } from './ledger.ts'

/** A record of a block: its transaction, and where it ends, words from the start of the block. */
interface BlockRecord {
  readonly transaction: Transaction
  readonly end: number
}

/** The records of a block in words; ends where the words have no such form. */
function* recordsOf(words: Int32Array): Generator<BlockRecord> {
  if (words.length < HEADER_WORDS || words[0] !== BLOCK_MAGIC) return
  for (let at = HEADER_WORDS; at + RECORD_WORDS <= words.length;) {
    const length = words[at + 1]
    const end = at + length
    if (words[at] !== TRANSACTION_MAGIC || length < RECORD_WORDS || end > words.length) return
    const transaction = {
      client: words[at + 2],
      sequence: readI64(words, at + 3),
      operations: words[at + 5],
      words: words.subarray(at + RECORD_WORDS, end),
    }
    yield { transaction, end }
    at = end
  }
}

/** A block's bytes as words; a copy, because what comes out of a file need not lie on a word. */
const wordsOf = (block: Uint8Array): Int32Array =>
  new Int32Array(new Uint8Array(block).buffer, 0, Math.floor(block.length / 4))

/** The transactions of a block, as they came. */
export function* transactionsOf(block: Uint8Array): Generator<Transaction> {
  for (const { transaction } of recordsOf(wordsOf(block))) yield transaction
}

/** Is the block whole in itself: its form, counts, root and hash? Rules and chain are not asked. */
export function isWhole(block: Uint8Array): boolean {
  const words = wordsOf(block)
  const leafEnds: number[] = []
  let transactions = 0
  let operations = 0
  let end = HEADER_WORDS
  let leafStart = end
  for (const record of recordsOf(words)) {
    transactions++
    operations += record.transaction.operations
    end = record.end
    if (end - leafStart >= LEAF_WORDS) leafEnds.push((leafStart = end))
  }
  if (end > leafStart) leafEnds.push(end)
  if (transactions === 0 || end * 4 !== block.length) return false
  const previous = Buffer.from(block.subarray(32, 32 + HASH_BYTES))
  sealBlock(words, { number: words[2], transactions, operations }, previous, leafEnds)
  return Buffer.from(words.buffer).equals(block)
}

/**
 * Gives a stored block's transactions to a ledger again, as if they came from their clients, and
 * seals. The block is sound when every rule accepts them and what the ledger seals is the same to
 * the last byte: number, chain, root, counts. `sealed` is what the ledger's sink got last.
 *
 * @returns what is wrong, or an empty text
 */
export function replayBlock(
  ledger: LocalLedger,
  number: number,
  block: Uint8Array,
  sealed: () => Uint8Array,
): string {
  if (number !== ledger.blocks + 1) return `block ${ledger.blocks + 1} is missing`
  for (const transaction of transactionsOf(block)) {
    const before = ledger.transactions
    const answer = ledger.submit(transaction)
    if ('code' in answer) return `block ${number} breaks the rule \`${answer.code}\``
    if (ledger.transactions === before) return `block ${number} holds a transaction twice`
  }
  ledger.seal()
  if (ledger.blocks !== number || !Buffer.from(sealed()).equals(block)) {
    return `block ${number} is not what its transactions make`
  }
  return ''
}
