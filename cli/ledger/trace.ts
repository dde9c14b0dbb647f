import { VppError } from '../../data/errors.ts'
import { traceLot } from '../../ledger/audit/reading/trace.ts'
import { traceTree } from '../../ledger/audit/reading/trace-tree.ts'
import { print, printJson } from '../output.ts'
import type { Journal } from './journals.ts'

/** `vpp ledger trace`: a lot's life from the panel to the load, as a tree. */
export function trace(list: readonly Journal[], lot: string, json: boolean): void {
  for (const { path, zone } of list) {
    const life = traceLot(path, lot)
    if (life === null) continue
    if (json) return printJson({ format: 1, lot, timeZone: zone ?? null, life })
    for (const line of traceTree(life, zone)) print(line)
    return
  }
  throw new VppError('invalid', {
    place: lot,
    problem: 'was never minted in this run',
    fix: 'name it like home-01-solar/2016-08-01T19:00Z; `vpp ledger query` shows living lots',
  })
}
