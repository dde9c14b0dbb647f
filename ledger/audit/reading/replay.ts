import { VppError } from '../../../data/errors.ts'
import type { Book, EventSink } from '../book.ts'
import { verifyJournal, type Verified, type VerifyOptions } from '../verify.ts'

/**
 * Replays a sound ledger, telling everything that happens.
 *
 * @param listen is called once with the book, before anything happens, and gives what is to be told
 * @throws VppError `failure` when the ledger is not sound: nothing read from it would mean anything
 */
export function replay(
  path: string,
  listen: (book: Book) => EventSink | null = () => null,
  options: VerifyOptions = {},
): Verified {
  const verified = verifyJournal(path, { ...options, listen })
  if (!verified.ok) {
    const [first] = verified.findings
    throw new VppError('failure', {
      place: path,
      problem: `is not sound: block ${first.block}: ${first.problem}`,
      fix: '`vpp ledger verify` tells everything that is wrong',
    })
  }
  return verified
}
