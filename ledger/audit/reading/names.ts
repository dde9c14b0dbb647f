import type { Book } from '../book.ts'
import { ASSET_INTS, ASSET_NUMBER } from '../tables/assets.ts'
import { LOT_ASSET, LOT_FROM, LOT_INTS, LOT_MINUTE, LOT_SOURCE, LOT_SUMS } from '../tables/lots.ts'

/**
 * Lots by names that people read: `home-01-solar/2016-08-01T19:00Z` for generation;
 * `home-01-battery/2016-08-01T19:00Z/home-01-solar/0` for storage, with the source and the first
 * milliwatt-hour of the source lot that went into it. A `/` in a label is written `%2F`; an asset may also be
 * named by its number, `#3`.
 */
const escape = (label: string): string => label.replaceAll('%', '%25').replaceAll('/', '%2F')
const unescape = (label: string): string => label.replaceAll('%2F', '/').replaceAll('%25', '%')

/** A text of the ledger, without what would command a terminal. */
const printable = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('utf8').replaceAll(/\p{C}/gu, '\u{fffd}')

/** A minute since 1970 as UTC, `2016-08-01T19:00Z`; `—` for none. */
export const minuteText = (minute: number): string =>
  minute < 0 ? '—' : new Date(minute * 60_000).toISOString().replace(/:00\.000Z$/, 'Z')

/** Label of an account; its number when it has none. */
export function accountText({ accounts }: Book, number: number): string {
  const row = accounts.find(number)
  return (row < 0 ? '' : printable(accounts.labels[row])) || `#${number}`
}

/** Label of an asset; its number when it has none. */
export function assetText({ assets }: Book, number: number): string {
  const row = assets.find(number)
  return (row < 0 ? '' : printable(assets.labels[row])) || `#${number}`
}

export function locationText({ assets }: Book, number: number): string {
  const row = assets.find(number)
  return row < 0 ? '' : printable(assets.locations[row])
}

export function lotText(book: Book, lot: number): string {
  const { ints, sums } = book.lots
  const i = lot * LOT_INTS
  const name = `${escape(assetText(book, ints[i + LOT_ASSET]))}/${minuteText(ints[i + LOT_MINUTE])}`
  const source = ints[i + LOT_SOURCE]
  return source === 0 ? name : `${name}/${escape(assetText(book, source))}/${sums[lot * LOT_SUMS + LOT_FROM]}`
}

/** A lot as people name it; source '' for generation. */
export interface LotName {
  readonly asset: string
  readonly minute: number
  readonly source: string
  readonly from: number
}

/** What `lotText` wrote; null when it is not of that form. */
export function parseLot(text: string): LotName | null {
  const [asset, time, source = '', from = '0', more] = text.split('/')
  const minute = Date.parse(time ?? '') / 60_000
  if (asset === '' || !Number.isInteger(minute) || !/^\d+$/.test(from) || more !== undefined) return null
  return { asset: unescape(asset), minute, source: unescape(source), from: Number(from) }
}

/** Whether an asset is called so, by its label or as `#number`. */
export const isAsset = (book: Book, number: number, name: string): boolean =>
  assetText(book, number) === name || `#${number}` === name

/** Numbers of the assets that are called so. */
export function assetsCalled(book: Book, name: string): number[] {
  const numbers: number[] = []
  for (const row of book.assets.sorted()) {
    const number = book.assets.ints[row * ASSET_INTS + ASSET_NUMBER]
    if (isAsset(book, number, name)) numbers.push(number)
  }
  return numbers
}
