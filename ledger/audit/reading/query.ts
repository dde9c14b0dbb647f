import type { Book } from '../book.ts'
import {
  ACCOUNT_INTS,
  ACCOUNT_NUMBER,
  ACCOUNT_SUMS,
  BALANCE,
  CREDIT,
  OPENING,
  ROLE,
  ROLES,
} from '../tables/accounts.ts'
import { KINDS, SHADOW, TGEN } from '../tables/lots.ts'
import { REASONS, TOTAL_MINTED } from '../totals.ts'
import { Lives, type LotRow } from './lives.ts'
import { accountText } from './names.ts'
import { replay } from './replay.ts'

/** States that a part of a lot can be in: burned by reason, or alive. */
export const LOT_STATES = ['active', 'set-aside', 'offered', ...REASONS.slice(1)] as const

/** What to look for; what is left out is not asked. All by the names that people read. */
export interface LotFilter {
  readonly asset?: string
  readonly location?: string
  /** UTC day of the lot's interval, `2016-08-01`. */
  readonly date?: string
  readonly owner?: string
  /** Lots of which a part is in this state; without one, the living. */
  readonly state?: string
}

const PART_OF: Record<string, (row: LotRow) => number> = {
  active: (row) => row.activeMilliWh,
  'set-aside': (row) => row.setAsideMilliWh,
  offered: (row) => row.offeredMilliWh,
  consumed: (row) => row.consumedMilliWh,
  exported: (row) => row.exportedMilliWh,
  exchanged: (row) => row.exchangedMilliWh,
  'conversion-loss': (row) => row.conversionLossMilliWh,
  'storage-loss': (row) => row.storageLossMilliWh,
}

/** Whether a lot is asked for. */
export function matches(row: LotRow, { asset, location, date, owner, state }: LotFilter): boolean {
  if (asset !== undefined && row.asset !== asset) return false
  if (location !== undefined && row.location !== location) return false
  if (date !== undefined && !row.interval.startsWith(date)) return false
  if (owner !== undefined && row.owner !== owner) return false
  if (state !== undefined) return PART_OF[state](row) > 0
  return row.activeMilliWh + row.setAsideMilliWh > 0
}

/** Every account with its money, µ$. */
export const queryBalances = (book: Book) => {
  const { accounts } = book
  return [...accounts.sorted()].map((row) => ({
    account: accountText(book, accounts.ints[row * ACCOUNT_INTS + ACCOUNT_NUMBER]),
    role: ROLES[accounts.ints[row * ACCOUNT_INTS + ROLE]],
    balanceMicroUsd: accounts.sums[row * ACCOUNT_SUMS + BALANCE],
    creditMicroUsd: accounts.sums[row * ACCOUNT_SUMS + CREDIT],
    openingMicroUsd: accounts.sums[row * ACCOUNT_SUMS + OPENING],
  }))
}

/** Tokens by kind: what was minted, what is left, what was burned and why, milliwatt-hours. */
export const queryTotals = ({ totals }: Book) =>
  KINDS.slice(TGEN, SHADOW + 1).map((kind, at) => ({
    kind,
    mintedMilliWh: Number(totals.of(at + 1, TOTAL_MINTED)),
    activeMilliWh: Number(totals.active(at + 1)),
    setAsideMilliWh: Number(totals.aside(at + 1)),
    consumedMilliWh: Number(totals.of(at + 1, 1)),
    exportedMilliWh: Number(totals.of(at + 1, 2)),
    exchangedMilliWh: Number(totals.of(at + 1, 3)),
    conversionLossMilliWh: Number(totals.of(at + 1, 4)),
    storageLossMilliWh: Number(totals.of(at + 1, 5)),
  }))

/** Lots that match, those that ended first; and the book for what else is asked. */
export function queryLedger(path: string, filter: LotFilter): { lots: LotRow[]; book: Book } {
  const found: LotRow[] = []
  const lives = new Lives((row) => {
    if (matches(row, filter)) found.push(row)
  })
  // Lots that have ended can only match when a reason is asked for: otherwise nothing needs to be told.
  const { book } = replay(path, (opened) => {
    lives.book = opened
    return lives.sink
  })
  lives.finish()
  return { lots: found, book }
}
