import { existsSync } from 'node:fs'
import { VppError } from '../data/errors.ts'
import { readFrames } from '../ledger/audit/journal/frames.ts'
import { Findings } from '../ledger/audit/findings.ts'
import type { Transaction } from '../ledger/contract/decide.ts'
import type { Refusal } from '../ledger/contract/refusal.ts'
import { type LedgerName, ledgerName } from '../ledger/fabric/chaincode/keys.ts'
import { readConnection } from '../ledger/fabric/client/connection.ts'
import { Feed, type FeedResult } from '../ledger/fabric/client/feed.ts'
import type { Receipt } from '../ledger/local/client-window.ts'
import { LocalLedger } from '../ledger/local/ledger.ts'
import { transactionsOf } from '../ledger/local/replay.ts'
import type { Read } from '../ledger/local/versions.ts'
import type { CommunityEngine, EngineOutcome } from './engine.ts'
import { OPERATOR_ACCOUNT, ORACLE_ACCOUNT, UTILITY_ACCOUNT } from './accounts.ts'

/** Which identity of the connection speaks for an account; the operator is the households' agent. */
const SPEAKERS = {
  [OPERATOR_ACCOUNT]: 'operator',
  [UTILITY_ACCOUNT]: 'utility',
  [ORACLE_ACCOUNT]: 'oracle',
} as const

/** The in-process ledger, which also keeps what it accepted until it is brought onto the network. */
export class MirroredLedger extends LocalLedger {
  #waiting: Transaction[] = []

  override submit(transaction: Transaction, reads?: readonly Read[]): Receipt | Refusal {
    const answer = super.submit(transaction, reads)
    if (!('code' in answer)) this.#waiting.push({ ...transaction, words: transaction.words.slice() })
    return answer
  }

  /** What was accepted since the last call. */
  take(): Transaction[] {
    const waiting = this.#waiting
    this.#waiting = []
    return waiting
  }
}

/** A network, by the path of its connection file, and the ledger there. */
export interface FabricTarget {
  readonly connection: string
  readonly ledger: string
}

function openFeed({ connection, ledger }: FabricTarget): Promise<Feed> {
  return Feed.open(readConnection(connection), ledgerName(ledger) as LedgerName, SPEAKERS)
}

/**
 * Runs an engine with a mirrored ledger: the in-process ledger decides and the agents look at it; at the end of
 * every simulated day the network decides the same transactions, and must accept them all.
 */
export async function runOnFabric(
  engine: CommunityEngine,
  target: FabricTarget,
): Promise<{ outcome: EngineOutcome; fabric: FeedResult }> {
  const ledger = engine.ledger as MirroredLedger
  const feed = await openFeed(target)
  try {
    const days = engine.days()
    for (;;) {
      const day = days.next()
      for (const transaction of ledger.take()) await feed.add(transaction)
      if (day.done !== true) continue
      return { outcome: day.value, fabric: sameState(await feed.finish(), ledger.stateHash()) }
    }
  } finally {
    feed.close()
  }
}

/** @throws VppError unless both ledgers hold the same state */
function sameState(result: FeedResult, stateHash: string): FeedResult {
  if (result.stateHash === stateHash) return result
  throw new VppError('failure', {
    place: `ledger ${result.ledger}`,
    problem: `the network's state hash is ${result.stateHash}, the in-process ledger's ${stateHash}`,
    fix: 'see where they differ: vpp ledger diff RUN fabric:LEDGER',
  })
}

/** Brings the journal of a run that was done before onto the network. */
export async function feedJournal(
  path: string,
  target: FabricTarget,
  stateHash: string,
): Promise<FeedResult> {
  if (!existsSync(path)) {
    throw new VppError('failure', {
      place: path,
      problem: 'is missing',
      fix: 'remove the run and run it again',
    })
  }
  const feed = await openFeed(target)
  try {
    for (const { plain } of readFrames(path, new Findings())) {
      if (plain === null)
        throw new VppError('failure', { place: path, problem: 'is damaged', fix: 'vpp ledger verify' })
      for (const transaction of transactionsOf(plain)) await feed.add(transaction)
    }
    return sameState(await feed.finish(), stateHash)
  } finally {
    feed.close()
  }
}
