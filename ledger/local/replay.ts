import type { Transaction } from '../contract/decide.ts'
import { readI64 } from '../contract/words.ts'
import { BLOCK_MAGIC, HEADER_WORDS, RECORD_WORDS, TRANSACTION_MAGIC } from './block.ts'
import type { LocalLedger } from './ledger.ts'

/** The transactions of a block; ends where the bytes have no such form. */
export function* transactionsOf(block: Uint8Array): Generator<Transaction> {
  if (block.length % 4 !== 0 || block.length < HEADER_WORDS * 4) return
  // A copy, because a row's bytes need not lie on a word.
  const words = new Int32Array(new Uint8Array(block).buffer)
  if (words[0] !== BLOCK_MAGIC) return
  for (let at = HEADER_WORDS; at + RECORD_WORDS <= words.length;) {
    const length = words[at + 1]
    if (words[at] !== TRANSACTION_MAGIC || length < RECORD_WORDS || at + length > words.length) return
    yield {
      client: words[at + 2],
      sequence: readI64(words, at + 3),
      operations: words[at + 5],
      words: words.subarray(at + RECORD_WORDS, at + length),
    }
    at += length
  }
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
