import type { Book } from '../book.ts'
import {
  ANCHOR,
  BURN,
  CANCEL,
  CLOSE_INTERVAL,
  EXCHANGE,
  HEADS,
  malformedAt,
  MINT,
  OFFER,
  READING,
  REGISTER,
  RELEASE,
  SET_ASIDE,
  SET_FACTOR,
  SET_TARIFF,
  SETTLE,
  TRADE,
} from '../journal/form.ts'
import { anchor } from './anchor.ts'
import { closeInterval, mint } from './generation.ts'
import { cancel, offer, trade } from './market.ts'
import { refuse, Refused } from './refusals.ts'
import { createAsset, register, setFactor, setTariff } from './registry.ts'
import { exchange, reading, release, setAside } from './storage.ts'
import { burn, settle } from './use.ts'

function one(book: Book, w: Int32Array, at: number): void {
  const code = w[at] & 255
  if (w[at] !== HEADS[code]) return withTexts(book, w, at)
  switch (code) {
    case BURN:
      return burn(book, w, at)
    case MINT:
      return mint(book, w, at)
    case CLOSE_INTERVAL:
      return closeInterval(book, w, at)
    case READING:
      return reading(book, w, at)
    case TRADE:
      return trade(book, w, at)
    case EXCHANGE:
      return exchange(book, w, at)
    case OFFER:
      return offer(book, w, at)
    case SET_ASIDE:
      return setAside(book, w, at)
    case ANCHOR:
      return anchor(book, w, at)
    case RELEASE:
      return release(book, w, at)
    case CANCEL:
      return cancel(book, w, at)
    case SETTLE:
      return settle(book, w, at)
    case SET_FACTOR:
      return setFactor(book, w, at)
    case SET_TARIFF:
      return setTariff(book, w, at)
  }
}

/** The two operations that have texts, and what is none at all; the form of these is checked first. */
function withTexts(book: Book, w: Int32Array, at: number): void {
  if (malformedAt(w, at, at + (w[at] >>> 8), 1) !== -1) refuse('malformed', w[at], 0)
  if ((w[at] & 255) === REGISTER) register(book, w, at)
  else createAsset(book, w, at)
}

/** Which operation of a transaction, from 0, breaks which rule, and how. */
export interface Broken {
  readonly operation: number
  readonly code: Refused['code']
  readonly why: string
}

/**
 * Applies the operations in words `start` to `end`, which must have the book's client's consent. When one is
 * refused, those before it have had their effect: the book is of no further use.
 *
 * @returns the first rule that is broken; null when all are kept
 */
export function applyOperations(
  book: Book,
  words: Int32Array,
  start: number,
  end: number,
  count: number,
): Broken | null {
  let operation = 0
  let at = start
  try {
    while (at < end) {
      const next = at + (words[at] >>> 8)
      if (next > end) refuse('malformed', operation, count)
      one(book, words, at)
      at = next
      operation++
    }
    if (at !== end || operation !== count) refuse('malformed', operation, count)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    // The rules check the form of what they read as they go; the whole transaction's comes before all of them.
    const malformed = malformedAt(words, start, end, count)
    return malformed < 0
      ? { operation, code: error.code, why: error.message }
      : { operation: malformed, code: 'malformed', why: 'it is not of the one form that it has' }
  }
  return null
}
