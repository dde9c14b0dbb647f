import { VppError } from '../../../data/errors.ts'
import { type Book, EVENT_MINTED } from '../book.ts'
import type { Block } from '../journal/block.ts'
import { isAsset, parseLot } from '../reading/names.ts'
import { replay } from '../reading/replay.ts'
import { LOT_ASSET, LOT_FROM, LOT_INTS, LOT_MINUTE, LOT_SOURCE, LOT_SUMS } from '../tables/lots.ts'
import { type Proof, proveTransaction } from './proof.ts'

/** Proves the transaction that minted a lot; null when there is no such lot. */
export function proveLot(path: string, text: string): Proof | null {
  const name = parseLot(text)
  if (name === null) return null
  const isIt = (book: Book, lot: number): boolean => {
    const { ints, sums } = book.lots
    const i = lot * LOT_INTS
    if (ints[i + LOT_MINUTE] !== name.minute || sums[lot * LOT_SUMS + LOT_FROM] !== name.from) return false
    const source = ints[i + LOT_SOURCE]
    if (!isAsset(book, ints[i + LOT_ASSET], name.asset)) return false
    return name.source === '' ? source === 0 : source !== 0 && isAsset(book, source, name.source)
  }
  let proof: Proof | null = null
  let block: Block | null = null
  replay(
    path,
    (book) => (event, lot) => {
      if (event === EVENT_MINTED && proof === null && block !== null && isIt(book, lot)) {
        proof = proveTransaction(block, book.transaction)
      }
    },
    { onBlock: (next) => void (block = next), enough: () => proof !== null },
  )
  return proof
}

/** Proves a client's transaction; null when the ledger does not hold it. */
export function proveSequence(path: string, client: number, sequence: number): Proof | null {
  let proof: Proof | null = null
  const find = (block: Block): void => {
    const { words } = block
    for (let at = 32, transaction = 0; at < words.length; at += words[at + 1], transaction++) {
      const number = (words[at + 3] >>> 0) + words[at + 4] * 2 ** 32
      if (words[at + 2] === client && number === sequence) proof = proveTransaction(block, transaction)
    }
  }
  replay(path, undefined, { onBlock: find, enough: () => proof !== null })
  return proof
}

/** A client by number or label. */
export function clientNumber(text: string): number {
  const number = Number(text.replace(/^#/, ''))
  if (Number.isInteger(number) && number > 0) return number
  throw new VppError('usage', {
    place: `--transaction ${text}`,
    problem: 'names no client',
    fix: 'CLIENT:SEQUENCE, both numbers, like 1:27',
  })
}
