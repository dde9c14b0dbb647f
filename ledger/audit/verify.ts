import { decode } from './decode.ts'
import { type JournalProblem, readBlocks } from './journal-reader.ts'
import { type AuditEvent, Replay } from './replay.ts'

export interface Verified {
  readonly ok: boolean
  readonly blocks: number
  readonly transactions: number
  readonly operations: number
  /** Hash of the last sound block, hexadecimal. */
  readonly head: string
  readonly stateHash: string
  readonly problems: readonly JournalProblem[]
  readonly state: Replay
}

/** Where in the chain something happened. */
export interface Place {
  readonly block: number
  readonly transaction: number
}

/**
 * Derives everything again from a journal: the chain, every root, every rule's effect, every balance.
 * A transaction that the rules forbid, or a block after which tokens or money do not add up, is a
 * problem with its place. Memory is bounded by one group of blocks and the living lots.
 */
export function verifyJournal(
  path: string,
  onEvent?: (event: AuditEvent, place: Place, state: Replay) => void,
): Verified {
  const problems: JournalProblem[] = []
  let place: Place = { block: 0, transaction: 0 }
  const state: Replay = new Replay(onEvent === undefined ? null : (event) => onEvent(event, place, state))
  const seen = new Map<number, Set<number>>()
  let blocks = 0
  let transactions = 0
  let operations = 0
  let head = '0'.repeat(64)
  for (const block of readBlocks(path, problems)) {
    for (const [at, transaction] of block.transactions.entries()) {
      place = { block: block.number, transaction: at }
      const report = (problem: string) => problems.push({ ...place, problem })
      let numbers = seen.get(transaction.client)
      if (numbers === undefined) seen.set(transaction.client, (numbers = new Set()))
      if (numbers.has(transaction.sequence)) report('the same client and sequence stand in the chain twice')
      numbers.add(transaction.sequence)
      if (numbers.size > 8192) forgetOld(numbers)
      try {
        state.apply(transaction.client, decode(transaction.words, transaction.operations))
      } catch (error) {
        report((error as Error).message)
      }
      transactions++
      operations += transaction.operations
    }
    const imbalance = state.imbalance()
    if (imbalance !== '') problems.push({ block: block.number, transaction: -1, problem: imbalance })
    blocks++
    head = block.hash
    // After the first wrong transaction everything that follows is wrong too: a few say enough.
    if (problems.length >= 20) break
  }
  return {
    ok: problems.length === 0,
    blocks,
    transactions,
    operations,
    head,
    stateHash: state.stateHash(),
    problems,
    state,
  }
}

/** A client's numbers stay within a window of 4,096: older ones cannot come again. */
function forgetOld(numbers: Set<number>): void {
  const highest = Math.max(...numbers)
  for (const number of numbers) if (number <= highest - 4096) numbers.delete(number)
}
