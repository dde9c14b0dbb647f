import { EXIT_CODES } from '../../data/errors.ts'
import { diffLedgers } from '../../ledger/audit/reading/diff.ts'
import { print, printJson } from '../output.ts'
import type { Journal } from './journals.ts'

const MOST_SHOWN = 20

/** `vpp ledger diff`: whether two ledgers hold the same state, and where they differ first. */
export function diff(a: Journal, b: Journal, json: boolean): void {
  const compared = diffLedgers(a.path, b.path)
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
