import { writeSync } from 'node:fs'
import { DurableLedger } from '../durable.ts'
import { Trace } from './trace.ts'

/**
 * A process to kill: opens a durable ledger and goes on with the trace from where it stands, in
 * commits of varying size, telling each thing on standard output at once:
 * `opened T HASH`, `acknowledged T BLOCK HEAD`, `stopped MESSAGE`, `refused MESSAGE`, `ended T`
 * (T transactions). `node durable-child.ts FILE LAST OPTIONS`: LAST transaction, options as JSON.
 */
export interface ChildOptions {
  readonly operationsPerBlock: number
  readonly operationsPerSnapshot: number
  readonly checkpointBytes: number
  /** A commit holds from 1 to this many transactions. */
  readonly mostPerCommit: number
}

const tell = (...words: (string | number)[]): void => {
  writeSync(1, `${words.join(' ')}\n`)
}

const [path, last, text] = process.argv.slice(2)
const options = JSON.parse(text) as ChildOptions
const trace = await Trace.open()
try {
  const durable = new DurableLedger(path, options)
  const { ledger } = durable
  tell('opened', ledger.transactions, ledger.stateHash())
  let left = 1
  try {
    for (let number = ledger.transactions + 1; number <= Number(last); number++) {
      const answer = durable.submit(trace.transaction(number))
      if ('code' in answer) throw new Error(`transaction ${number}: ${answer.code}`)
      if (--left > 0 && number < Number(last)) continue
      durable.commit()
      tell('acknowledged', number, ledger.blocks, ledger.head)
      left = 1 + ((Math.imul(number, 2_654_435_761) >>> 8) % options.mostPerCommit)
    }
    durable.close()
    tell('ended', ledger.transactions)
  } catch (error) {
    tell('stopped', (error as Error).message)
    const tries: (() => unknown)[] = [
      () => durable.submit(trace.transaction(1)),
      () => durable.commit(),
      () => durable.acknowledged({ block: ledger.blocks + 1, position: 0 }),
    ]
    for (const again of tries) {
      try {
        await again()
        tell('went on')
      } catch (why) {
        tell('refused', (why as Error).message)
      }
    }
  }
} catch (error) {
  tell('stopped', (error as Error).message)
}
