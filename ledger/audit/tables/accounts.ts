import { NumberedRows, roomFor } from './numbered.ts'

/** Columns of whole numbers, `ints[row * ACCOUNT_INTS + column]`. */
export const ACCOUNT_INTS = 4
export const ACCOUNT_NUMBER = 0
export const ROLE = 1
/** Number of the account that may act for it. */
export const AGENT = 2
/** End of the last settled period, minute; −1 at first. */
export const SETTLED = 3

/** Columns of money, µ$, `sums[row * ACCOUNT_SUMS + column]`. */
export const ACCOUNT_SUMS = 4
export const BALANCE = 0
/** Received and not folded yet. */
export const CREDIT = 1
export const CREDIT_LIMIT = 2
export const OPENING = 3

export const ROLES = ['', 'household', 'consumer', 'operator', 'utility', 'oracle']
export const HOUSEHOLD = 1
export const CONSUMER = 2
export const OPERATOR = 3
export const UTILITY = 4
export const ORACLE = 5

/** Every account, one row each. */
export class Accounts extends NumberedRows {
  ints = new Int32Array(64 * ACCOUNT_INTS)
  sums = new Float64Array(64 * ACCOUNT_SUMS)
  readonly labels: Uint8Array[] = []
  readonly credentials: Uint8Array[] = []

  /** A new account with nothing in it yet; the number is free. */
  create(number: number, label: Uint8Array, credential: Uint8Array): number {
    const row = this.add(number)
    this.ints = roomFor(this.ints, this.count * ACCOUNT_INTS)
    this.sums = roomFor(this.sums, this.count * ACCOUNT_SUMS)
    this.ints[row * ACCOUNT_INTS + ACCOUNT_NUMBER] = number
    this.ints[row * ACCOUNT_INTS + SETTLED] = -1
    this.labels.push(label)
    this.credentials.push(credential)
    return row
  }
}

/** All of them for the rules: V8 folds a constant of the module at hand, and loads one that is imported. */
export const ACCOUNT_TABLE = {
  ACCOUNT_INTS,
  ACCOUNT_NUMBER,
  ROLE,
  AGENT,
  SETTLED,
  ACCOUNT_SUMS,
  BALANCE,
  CREDIT,
  CREDIT_LIMIT,
  OPENING,
  HOUSEHOLD,
  CONSUMER,
  OPERATOR,
  UTILITY,
  ORACLE,
} as const
