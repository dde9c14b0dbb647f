import type { Book } from '../book.ts'
import { stateHash } from '../state-hash.ts'
import { ACCOUNT_INTS, ACCOUNT_NUMBER } from '../tables/accounts.ts'
import { ASSET_INTS, ASSET_NUMBER } from '../tables/assets.ts'
import { accountFields, assetFields, lotsOf } from './state-fields.ts'
import { accountText, assetText } from './names.ts'
import { replay } from './replay.ts'

/** One thing that two ledgers say differently; a side that does not have it at all says `null`. */
export interface Difference {
  readonly what: string
  readonly field: string
  readonly a: number | string | null
  readonly b: number | string | null
}

export interface Compared {
  readonly equal: boolean
  readonly stateHashA: string
  readonly stateHashB: string
  /** The first of them, by account, platform, asset, lot. */
  readonly differences: readonly Difference[]
  readonly differenceCount: number
}

type Fields = Record<string, number | string>

/** Compares the state of two ledgers, account by account and lot by lot. */
export function diffBooks(a: Book, b: Book, most = 100): Compared {
  const differences: Difference[] = []
  let differenceCount = 0
  const add = (difference: Difference) => {
    differenceCount++
    if (differences.length < most) differences.push(difference)
  }
  const compare = (what: string, here: Fields | null, there: Fields | null) => {
    if (here === null || there === null) {
      const exists = (side: Fields | null) => (side === null ? null : 'exists')
      return add({ what, field: '', a: exists(here), b: exists(there) })
    }
    for (const field in here) {
      if (here[field] !== there[field]) add({ what, field, a: here[field], b: there[field] })
    }
  }
  for (const number of numbersOf(a, b, (book) => numbers(book.accounts, ACCOUNT_INTS, ACCOUNT_NUMBER))) {
    const name = accountText(a.accounts.find(number) < 0 ? b : a, number)
    compare(`account ${name}`, accountFields(a, number), accountFields(b, number))
  }
  compare(
    'platform',
    { feeMicroUsdPerKwh: a.fee, operator: a.operator },
    { feeMicroUsdPerKwh: b.fee, operator: b.operator },
  )
  for (const number of numbersOf(a, b, (book) => numbers(book.assets, ASSET_INTS, ASSET_NUMBER))) {
    const name = assetText(a.assets.find(number) < 0 ? b : a, number)
    compare(`asset ${name}`, assetFields(a, number), assetFields(b, number))
    const here = lotsOf(a, number)
    const there = lotsOf(b, number)
    for (const lot of new Set([...here.keys(), ...there.keys()])) {
      compare(`lot ${lot}`, here.get(lot) ?? null, there.get(lot) ?? null)
    }
  }
  const stateHashA = stateHash(a)
  const stateHashB = stateHash(b)
  return { equal: stateHashA === stateHashB, stateHashA, stateHashB, differences, differenceCount }
}

function numbers(
  table: { ints: Int32Array; sorted: () => Iterable<number> },
  stride: number,
  column: number,
): number[] {
  return [...table.sorted()].map((row) => table.ints[row * stride + column])
}

const numbersOf = (a: Book, b: Book, of: (book: Book) => number[]): number[] =>
  [...new Set([...of(a), ...of(b)])].toSorted((one, other) => one - other)

/** Compares two journals; both must be sound. */
export const diffLedgers = (a: string, b: string): Compared => diffBooks(replay(a).book, replay(b).book)
