import { EXIT_CODES } from '../../data/errors.ts'
import type { Book } from '../../ledger/audit/book.ts'
import { diffBooks } from '../../ledger/audit/reading/diff.ts'
import { replay } from '../../ledger/audit/reading/replay.ts'
import { print, printJson } from '../output.ts'
import type { Journal } from './journals.ts'

const MOST_SHOWN = 20

/** A ledger to compare: a journal, or a state that comes from elsewhere. */
export type Side = Journal | { readonly path: string; readonly book: Book }

const bookOf = (side: Side): Book => ('book' in side ? side.book : replay(side.path).book)

/** `vpp ledger diff`: whether two ledgers hold the same state, and where they differ first. */
export function diff(a: Side, b: Side, json: boolean): void {
  const compared = diffBooks(bookOf(a), bookOf(b))
  if (json) printJson({ format: 1, a: a.path, b: b.path, ...compared })
  else if (compared.equal) print(`equal  ${compared.stateHashA}`)
  else {
    print(`different\n  a  ${compared.stateHashA}\n  b  ${compared.stateHashB}`)
    for (const { what, field, a: one, b: other } of compared.differences.slice(0, MOST_SHOWN)) {
      print(`  ${what}${field === '' ? '' : `, ${field}`}: ${one ?? 'missing'} | ${other ?? 'missing'}`)
    }
    const more = compared.differenceCount - MOST_SHOWN
    if (more > 0) print(`  and ${more} more`)
  }
  if (!compared.equal) process.exitCode = EXIT_CODES.failure
}
