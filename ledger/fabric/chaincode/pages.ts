import { ACCOUNT, ACCOUNT_CREDIT } from '../../contract/columns.ts'
import { readAccount, readAsset, writeAccount, writeAsset } from '../../contract/state-values.ts'
import type { LedgerView } from '../../contract/view.ts'
import { PackedReader, type PackedWriter, type RowTexts } from './packing.ts'

/** The two kinds of rows, with what differs between them. */
export type RowKind = 'accounts' | 'assets'

/** Reads the rows of a page into a view that does not have them; returns their numbers. Credits stay as they are. */
export function readPage(view: LedgerView, kind: RowKind, bytes: Uint8Array): number[] {
  const reader = new PackedReader(bytes)
  const numbers: number[] = []
  while (!reader.ended) {
    if (kind === 'assets') numbers.push(readAsset(view, reader.words))
    else {
      const number = reader.peekI64()
      view.reserve(0, number, 0)
      // An earlier transaction of the batch may have paid an account that nobody had read.
      const credit = view.accounts[number * ACCOUNT + ACCOUNT_CREDIT]
      numbers.push(readAccount(view, reader.words))
      view.accounts[number * ACCOUNT + ACCOUNT_CREDIT] = credit
    }
  }
  return numbers
}

/** Writes rows; an account's credit is kept elsewhere and stands as 0. */
export function writeRow(view: LedgerView, kind: RowKind, number: number, out: PackedWriter): void {
  if (kind === 'assets') return writeAsset(view, number, out.words)
  const place = number * ACCOUNT + ACCOUNT_CREDIT
  const credit = view.accounts[place]
  view.accounts[place] = 0
  writeAccount(view, number, out.words)
  view.accounts[place] = credit
}

export function putTexts(view: LedgerView, kind: RowKind, rows: readonly RowTexts[]): void {
  for (const [number, one, other] of rows) {
    if (kind === 'accounts') {
      view.accountLabel[number] = one
      view.accountCredential[number] = other
    } else {
      view.assetLocation[number] = one
      view.assetLabel[number] = other
    }
  }
}

export const textsOf = (view: LedgerView, kind: RowKind, number: number): RowTexts =>
  kind === 'accounts'
    ? [number, view.accountLabel[number], view.accountCredential[number]]
    : [number, view.assetLocation[number], view.assetLabel[number]]
