import type { EventBuffer } from './events.ts'
import { fixedWords, type OperationName, OPERATIONS } from './operations.ts'
import type { Refusal, RefusalCode } from './refusal.ts'
import { anchor, reading, setFactor } from './rules/evidence.ts'
import { cancel, offer, trade } from './rules/market.ts'
import { exchange, mint } from './rules/mint.ts'
import { createAsset, register } from './rules/registry.ts'
import { closeInterval, setTariff, settle } from './rules/settlement.ts'
import { burn, release, setAside } from './rules/storage.ts'
import type { LedgerView } from './view.ts'
import { validId } from './view.ts'
import { textWords } from './words.ts'

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

type Rule = (view: LedgerView, words: Int32Array, at: number) => RefusalCode | null

const RULES: Record<OperationName, Rule> = {
  register,
  createAsset,
  mint,
  exchange,
  offer,
  cancel,
  trade,
  burn,
  setAside,
  release,
  settle,
  setTariff,
  reading,
  anchor,
  setFactor,
  closeInterval,
}

const NAMES = Object.keys(OPERATIONS) as OperationName[]
const RULE_BY_CODE: (Rule | undefined)[] = []
const WORDS_BY_CODE: number[] = []
const TEXTS_BY_CODE: number[] = []
for (const name of NAMES) {
  const { code, fields } = OPERATIONS[name]
  RULE_BY_CODE[code] = RULES[name]
  WORDS_BY_CODE[code] = fixedWords(name)
  TEXTS_BY_CODE[code] = fields.filter(([, type]) => type === 'text').length
}

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
  const room = shape(words, operations)
  if (room === null) {
    return { code: 'malformed', operation: 0, subject: 'transaction', asked: words.length, had: operations }
  }
  view.reserve(operations, room.account, room.asset)
  let at = 0
  for (let operation = 0; operation < operations; operation++) {
    const header = words[at]
    const rule = RULE_BY_CODE[header & 0xff] as Rule
    const code = rule(view, words, at + 1)
    if (code !== null) {
      view.rollback()
      view.events.clear()
      // Set by the rule; the compiler cannot see through `view.refuse`.
      return { ...(view.refusal as unknown as Refusal), operation }
    }
    at += header >>> 8
  }
  return view.events
}

/** Checks the form of every operation, and finds the highest numbers that it would add. */
function shape(words: Int32Array, operations: number): { account: number; asset: number } | null {
  let at = 0
  let account = 0
  let asset = 0
  for (let operation = 0; operation < operations; operation++) {
    if (at >= words.length) return null
    const code = words[at] & 0xff
    const length = words[at] >>> 8
    let fixed = WORDS_BY_CODE[code]
    if (fixed === undefined || at + length > words.length || length < fixed) return null
    if (TEXTS_BY_CODE[code] > 0) {
      let text = at + fixed - TEXTS_BY_CODE[code]
      for (let count = 0; count < TEXTS_BY_CODE[code]; count++) {
        if (text >= at + length || words[text] < 0 || words[text] > 512) return null
        text += textWords(words[text])
      }
      fixed = text - at
      const id = words[at + 2]
      if (!validId(id)) return null
      if (code === OPERATIONS.register.code) account = Math.max(account, id)
      else asset = Math.max(asset, id)
    }
    if (length !== fixed) return null
    at += length
  }
  return at === words.length && operations > 0 ? { account, asset } : null
}
