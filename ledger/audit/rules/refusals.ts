import { ACCOUNT_INTS, AGENT, ROLE, ROLES } from '../tables/accounts.ts'
import { ASSET_INTS, ASSET_KIND } from '../tables/assets.ts'
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

/** How each refusal is told: what was asked against what there was. */
const SENTENCES: Record<Code, (asked: number, had: number) => string> = {
  malformed: (asked) => `${asked} is not allowed there`,
  'not-authorised': (asked, had) => `client ${had} does not act for account ${asked}, or there is none`,
  'wrong-role': (asked, had) => `account ${asked} is a ${ROLES[had]}`,
  'already-exists': (asked) => `number ${asked} is taken`,
  'unknown-account': (asked) => `account ${asked} is not registered`,
  'unknown-asset': (asked, had) => `asset ${asked} is not what the operation needs, for account ${had}`,
  'unknown-lot': (asked) => `no such lot of asset ${asked} lives, or it is of another kind`,
  'not-owner': (asked, had) => `account ${asked} asks, the lot belongs to account ${had}`,
  'own-offer': (asked) => `account ${asked} owns the lot itself`,
  'out-of-range': (asked, had) => `${asked} is beyond ${had}`,
  'zero-quantity': (asked) => `${asked} mWh`,
  'bad-interval': (asked, had) => `minute ${asked}, not ${had}`,
  'already-minted': (asked, had) => `minute ${asked}, minted up to ${had}`,
  'interval-closed': (asked, had) => `minute ${asked}, closed up to ${had}`,
  'exceeds-nameplate': (asked, had) => `${asked} mWh, at most ${had}`,
  'exceeds-charge': (asked, had) => `${asked} mWh of ${had} of open charge`,
  'exceeds-discharge': (asked, had) => `${asked} mWh of ${had} of open discharge`,
  'exceeds-lot': (asked, had) => `${asked} mWh of ${had}`,
  'exceeds-set-aside': (asked, had) => `${asked} mWh of ${had} that are set aside`,
  'exceeds-export': (asked, had) => `${asked} mWh of ${had} that are unsettled`,
  'never-offered': () => 'a shadow lot',
  'already-offered': (_, had) => `${had} mWh are on offer`,
  'no-offer': (asked) => `nothing is on offer at ${asked} µ$/kWh in this interval`,
  'credit-limit': (asked, had) => `${asked} µ$ of ${had}`,
  'active-first': (asked, had) => `${asked} mWh of the lot are active, ${had} of the battery`,
  'already-settled': (asked, had) => `minute ${asked}, settled up to ${had}`,
  'register-backwards': (asked, had) => `minute ${asked}, read at ${had}`,
  'open-charge': (_, had) => `${had} mWh that no lot has taken up`,
  'stale-anchor': (asked, had) => `minute ${asked}, the reading is of ${had}, or charge or discharge is open`,
  'already-anchored': (asked, had) => `minute ${asked}, anchored at ${had}`,
}

/** A rule that an operation of the journal breaks. */
export class Refused extends Error {
  readonly code: Code

  constructor(code: Code, asked: number, had: number) {
    super(SENTENCES[code](asked, had))
    this.code = code
  }
}

/** Stops the replay at an operation that the rules forbid; numbers only, so that the rules stay small and fast. */
export function refuse(code: Code, asked: number, had: number): never {
  throw new Refused(code, asked, had)
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
  if (row < 0) refuse('not-authorised', number, client)
  const i = row * ACCOUNT_INTS
  if (number !== client && accounts.ints[i + AGENT] !== client) {
    refuse('not-authorised', number, client)
  }
  if (((roles >> accounts.ints[i + ROLE]) & 1) === 0) {
    refuse('wrong-role', number, accounts.ints[i + ROLE])
  }
  return row
}

/** Row of an asset of a kind. */
export function assetOf(book: Book, number: number, kind: number): number {
  const row = book.assets.find(number)
  if (row < 0 || book.assets.ints[row * ASSET_INTS + ASSET_KIND] !== kind) {
    refuse('unknown-asset', number, 0)
  }
  return row
}

/** An i64 as a number. Nearly all fit one word: no arithmetic beyond 31 bits for them. */
export function whole(w: Int32Array, at: number): number {
  const low = w[at]
  return w[at + 1] === 0 && low >= 0 ? low : i64(w, at)
}

/** Row of the living lot that an operation names, from the word after its actor. */
export function lotOf(book: Book, w: Int32Array, at: number): number {
  const from = whole(w, at + 5)
  const row = book.lots.find(book.assets, w[at + 2], w[at + 3], w[at + 4], from)
  if (row < 0) refuse('unknown-lot', w[at + 2], 0)
  return row
}

/** Energy and money stay below this, either way. */
export const TOO_MUCH = Number.MAX_SAFE_INTEGER

/** a · b / 10^6 in whole numbers, exact, rounded up or down; `a` is not negative. */
export function perMillion(a: number, b: number, up: boolean): number {
  const product = a * b
  if (product <= Number.MAX_SAFE_INTEGER) {
    const down = Math.floor(product / 1_000_000)
    return up && down * 1_000_000 !== product ? down + 1 : down
  }
  return Number((BigInt(a) * BigInt(b) + (up ? 999_999n : 0n)) / 1_000_000n)
}
