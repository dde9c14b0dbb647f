import { ACCOUNT_INTS, AGENT, ROLE, ROLES } from '../tables/accounts.ts'
import { ASSET_INTS, ASSET_KIND, ASSET_KINDS } from '../tables/assets.ts'
import type { Book } from '../book.ts'
import { i64 } from '../journal/form.ts'

/** Codes of the specification's refusals, and `malformed`. */
export type Code =
  | 'malformed'
  | 'not-authorised'
  | 'wrong-role'
  | 'already-exists'
  | 'unknown-account'
  | 'unknown-asset'
  | 'unknown-lot'
  | 'not-owner'
  | 'own-offer'
  | 'out-of-range'
  | 'zero-quantity'
  | 'bad-interval'
  | 'already-minted'
  | 'interval-closed'
  | 'exceeds-nameplate'
  | 'exceeds-charge'
  | 'exceeds-discharge'
  | 'exceeds-lot'
  | 'exceeds-set-aside'
  | 'exceeds-export'
  | 'never-offered'
  | 'already-offered'
  | 'no-offer'
  | 'credit-limit'
  | 'active-first'
  | 'already-settled'
  | 'register-backwards'
  | 'open-charge'
  | 'stale-anchor'
  | 'already-anchored'

/** A rule that an operation of the journal breaks. */
export class Refused extends Error {
  readonly code: Code

  constructor(code: Code, why: string) {
    super(why)
    this.code = code
  }
}

/** Stops the replay at an operation that the rules forbid. */
export function refuse(code: Code, why: string): never {
  throw new Refused(code, why)
}

/** Sets of roles, a bit each. */
export const ANYONE = ~0
export const ONLY_OPERATOR = 1 << 3
export const ONLY_UTILITY = 1 << 4
export const ONLY_ORACLE = 1 << 5

/** Row of an account for which the client may act and whose role is one of those allowed. */
export function acts(book: Book, number: number, roles: number): number {
  const { accounts, client } = book
  const row = accounts.find(number)
  if (row < 0) refuse('not-authorised', `account ${number} is not registered`)
  const i = row * ACCOUNT_INTS
  if (number !== client && accounts.ints[i + AGENT] !== client) {
    refuse('not-authorised', `client ${client} does not act for account ${number}`)
  }
  if (((roles >> accounts.ints[i + ROLE]) & 1) === 0) {
    refuse('wrong-role', `account ${number} is a ${ROLES[accounts.ints[i + ROLE]]}`)
  }
  return row
}

/** Row of an asset of a kind. */
export function assetOf(book: Book, number: number, kind: number): number {
  const row = book.assets.find(number)
  if (row < 0 || book.assets.ints[row * ASSET_INTS + ASSET_KIND] !== kind) {
    refuse('unknown-asset', `asset ${number} is no ${ASSET_KINDS[kind]}`)
  }
  return row
}

/** Row of the living lot that an operation names, from the word after its actor. */
export function lotOf(book: Book, w: Int32Array, at: number): number {
  const from = i64(w, at + 5)
  const row = book.lots.find(w[at + 2], w[at + 3], w[at + 4], from)
  if (row < 0) refuse('unknown-lot', `no lot ${w[at + 2]}/${w[at + 3]}/${w[at + 4]}/${from} lives`)
  return row
}

/** Energy and money stay below this, either way. */
export const TOO_MUCH = Number.MAX_SAFE_INTEGER

/** a · b / 10^6 in whole numbers, exact, rounded up or down; `a` is not negative. */
export function perMillion(a: number, b: number, up: boolean): number {
  const product = a * b
  if (product <= Number.MAX_SAFE_INTEGER) {
    const whole = Math.floor(product / 1_000_000)
    return up && whole * 1_000_000 !== product ? whole + 1 : whole
  }
  return Number((BigInt(a) * BigInt(b) + (up ? 999_999n : 0n)) / 1_000_000n)
}
