import type { EventBuffer } from './events.ts'
import type { Refusal, RefusalCode } from './refusal.ts'
import * as evidence from './rules/evidence.ts'
import * as market from './rules/market.ts'
import * as minting from './rules/mint.ts'
import * as registry from './rules/registry.ts'
import * as settlement from './rules/settlement.ts'
import * as storage from './rules/storage.ts'
import * as shape from './shape.ts'
import type { Room } from './shape.ts'
import type { LedgerView } from './view.ts'

const { anchor, reading, setFactor } = evidence
const { cancel, offer, trade } = market
const { exchange, mint } = minting
const { createAsset, register } = registry
const { closeInterval, setTariff, settle } = settlement
const { burn, release, setAside } = storage
const { malformedAt } = shape

/** A client's operations, all or nothing, in the canonical binary form. */
export interface Transaction {
  /** Account that submits. */
  readonly client: number
  /** The client's own number for it, from 1. */
  readonly sequence: number
  /** Encoded operations, one after the other. */
  readonly words: Int32Array
  readonly operations: number
}

/** A transaction that is no transaction: what is asked is its length, what is had its operations. */
export const malformed = (subject: string, operation: number, asked: number, had: number): Refusal => ({
  code: 'malformed',
  operation,
  subject,
  asked,
  had,
})

/** Scratch for `malformedAt`; filled anew by every call. */
const room: Room = { account: 0, asset: 0 }

/**
 * Decides a transaction against a view: every operation's rule in turn, on what the ones before it
 * left. The answer is either the events (in `view.events`; the view then holds the new state, for
 * the caller to `commit` or to drop) or the refusal of the first operation that a rule forbids, with
 * the view as it was. Synchronous and pure: the same view and transaction give the same answer;
 * there is no clock, random number, locale or fraction of a unit in it.
 */
export function decide(view: LedgerView, transaction: Transaction): EventBuffer | Refusal {
  const { words, operations } = transaction
  view.client = transaction.client
  view.refusal = null
  view.events.clear()
  const wrong = malformedAt(words, operations, room)
  if (wrong >= 0) return malformed('transaction', wrong, words.length, operations)
  view.reserve(operations, room.account, room.asset)
  let at = 0
  for (let operation = 0; operation < operations; operation++) {
    const header = words[at]
    if (apply(view, words, at + 1, header & 0xff) !== null) {
      view.rollback()
      view.events.clear()
      // Set by the rule; the compiler cannot see through `view.refuse`.
      return { ...(view.refusal as unknown as Refusal), operation }
    }
    at += header >>> 8
  }
  return view.events
}

/** The rule of an operation by its code; a switch, because it is the hottest call of the ledger. */
function apply(view: LedgerView, words: Int32Array, at: number, code: number): RefusalCode | null {
  switch (code) {
    case 1:
      return register(view, words, at)
    case 2:
      return createAsset(view, words, at)
    case 3:
      return mint(view, words, at)
    case 4:
      return exchange(view, words, at)
    case 5:
      return offer(view, words, at)
    case 6:
      return cancel(view, words, at)
    case 7:
      return trade(view, words, at)
    case 8:
      return burn(view, words, at)
    case 9:
      return setAside(view, words, at)
    case 10:
      return release(view, words, at)
    case 11:
      return settle(view, words, at)
    case 12:
      return setTariff(view, words, at)
    case 13:
      return reading(view, words, at)
    case 14:
      return anchor(view, words, at)
    case 15:
      return setFactor(view, words, at)
    default:
      return closeInterval(view, words, at)
  }
}
