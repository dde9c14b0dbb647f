import { EXIT_CODES } from '../../data/errors.ts'
import { RUN_FILES } from '../../data/run-files.ts'
import { type KnownRoot, type Verified, verifyJournal } from '../../ledger/audit/verify.ts'
import { print, printJson } from '../output.ts'
import type { Journal } from './journals.ts'

/** Differences between what a run says of its ledger and what its journal gives. */
function differences({ told }: Journal, found: Omit<Verified, 'book'>): string[] {
  if (told === null) return []
  const pairs = [
    ['blocks', told.blocks, found.blocks],
    ['transactions', told.transactions, found.transactions],
    ['operations', told.operations, found.operations],
    ['head', told.head, found.head],
    ['stateHash', told.stateHash, found.stateHash],
  ] as const
  return pairs.flatMap(([name, said, is]) =>
    said === is ? [] : [`${RUN_FILES.results} says ${name} ${said}, the journal ${is ?? 'none'}`],
  )
}

/** `vpp ledger verify`: derives everything again and tells every place where something is wrong. */
export function verify(list: readonly Journal[], known: KnownRoot | undefined, json: boolean): void {
  const checked = list.map((journal) => {
    const { book: _, ...found } = verifyJournal(journal.path, { known })
    const differ = differences(journal, found)
    return {
      community: journal.community,
      path: journal.path,
      ...found,
      ok: found.ok && differ.length === 0,
      differences: differ,
    }
  })
  if (json) printJson({ format: 1, ledgers: checked })
  else {
    for (const one of checked) {
      const store = one.path.endsWith('.sqlite') ? '  (durable store)' : ''
      print(`${one.community}  ${one.ok ? 'verified' : 'NOT SOUND'}${store}`)
      const part = one.ok ? '' : 'sound at its beginning: '
      print(`  ${part}${one.blocks} blocks, ${one.transactions} transactions, ${one.operations} operations`)
      print(`  head   ${one.head}\n  root   ${one.root}`)
      if (one.stateHash !== null) print(`  state  ${one.stateHash}`)
      if (one.known !== null) print(`  the known root vouches for ${one.known}`)
      for (const { block, transaction, problem } of one.findings) {
        const place = block === 0 ? 'journal' : `block ${block}`
        print(`  ${place}${transaction < 0 ? '' : `, transaction ${transaction}`}: ${problem}`)
      }
      if (one.findingCount > one.findings.length) {
        print(`  and ${one.findingCount - one.findings.length} more`)
      }
      for (const difference of one.differences) print(`  ${difference}`)
    }
  }
  if (checked.some(({ ok }) => !ok)) process.exitCode = EXIT_CODES.failure
}
