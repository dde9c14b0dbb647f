/** One row of the ledger's benchmark in a process of its own, as a ledger has its thread; a round at each message. */
import { inlineRules } from '../../ledger/local/inlining.ts'
import { cpuSeconds } from './clock.ts'
import { type RowName, workOf } from './rows.ts'

inlineRules()
const { once, ...about } = workOf(process.argv[2] as RowName)
process.on('message', () => process.send?.(cpuSeconds(once)))
process.send?.(about)
