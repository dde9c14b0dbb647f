/**
 * Does the ledger's memory follow the living lots or the history? Drives one ledger with 1,008 homes at five
 * minutes, 84 copies of the twelve of `first-neighborhood`, half of them with a battery, for the days given
 * (30; 365 for the year), and writes lot rows and memory by day to ledger-memory.md beside this file:
 * `npm run bench:ledger-memory -- 365`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { LOT } from '../ledger/contract/columns.ts'
import { inlineRules } from '../ledger/local/inlining.ts'
import { LocalLedger } from '../ledger/local/ledger.ts'
import { cpuSeconds } from './ledger/clock.ts'
import { Copier } from './ledger/copies.ts'
import { defaultYear } from './ledger/year.ts'

const COPIES = 84
const DEFAULT_DAYS = 30
/** At most so many rows in the table. */
const ROWS = 13

inlineRules()
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const days = Number(process.argv[2] ?? DEFAULT_DAYS)
if (!Number.isInteger(days) || days < 1 || days > 365)
  throw new Error(`days: 1 … 365, not ${process.argv[2]}`)

const { transactions, homes, batteries } = defaultYear(days)
const copier = new Copier(homes, COPIES)
const ledger = new LocalLedger()
let seconds = 0

interface Day {
  readonly day: number
  readonly operations: number
  readonly living: number
  readonly rows: number
  readonly megabytes: number
}
const seen: Day[] = []
/** Heap and array buffers of the process after a collection, bytes; the year's transactions are in it. */
const memory = (): number => {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
function note(day: number): void {
  const { view } = ledger
  let living = 0
  for (const asset of view.assetNumbers()) for (const _ of view.lotsOf(asset)) living++
  const megabytes = memory() / 1e6
  seen.push({ day, operations: ledger.operations, living, rows: view.lotRows, megabytes })
}

// Every interval begins with the oracle and a day has one share of the record's transactions.
const starts = dayStarts()
for (let day = 0; day < days; day++) {
  for (let at = starts[day]; at < starts[day + 1]; at++) {
    const transaction = copier.copy(transactions[at])
    seconds += cpuSeconds(() => {
      const answer = ledger.submit(transaction)
      if ('code' in answer) throw new Error(`refused: ${JSON.stringify(answer)}`)
    })
  }
  note(day + 1)
}

/** Where each day's transactions begin: at the first one that names a minute of it. */
function dayStarts(): number[] {
  const found: number[] = []
  let first = -1
  transactions.forEach(({ words }, at) => {
    const minute = minuteOf(words)
    if (minute < 0) return
    if (first < 0) first = minute
    while (found.length <= Math.floor((minute - first) / 1440)) found.push(found.length === 0 ? 0 : at)
  })
  while (found.length < days) found.push(transactions.length)
  return [...found.slice(0, days), transactions.length]
}

/** Interval of a transaction that begins with a mint or a reading, minutes; −1 for others. */
function minuteOf(words: Int32Array): number {
  const code = words[0] & 0xff
  return code === 3 || code === 13 ? words[3] : -1
}

const step = Math.max(1, Math.ceil(days / (ROWS - 1)))
const shown = seen.filter(({ day }) => day === 1 || day % step === 0 || day === days)
const lines = shown.map(({ day, operations, living, rows, megabytes }) => {
  const cells = [day, operations, living, rows].map((value) => value.toLocaleString('en-US'))
  const table = (rows * LOT * Float64Array.BYTES_PER_ELEMENT) / 1e6
  return `| ${[...cells, table.toFixed(1), (megabytes - seen[0].megabytes).toFixed(1)].join(' | ')} |`
})
const text = `# The ledger's memory over time

One ledger, ${(homes * COPIES).toLocaleString('en-US')} homes at 5 minutes, ${(batteries * COPIES).toLocaleString('en-US')} with a battery (${COPIES} copies of \`first-neighborhood\`), ${days} days: ${transactions.length.toLocaleString('en-US')} transactions,
${ledger.operations.toLocaleString('en-US')} operations in ${seconds.toFixed(0)} s of processor time (${(ledger.operations / seconds / 1e6).toFixed(1)} million/s). Node ${process.version}. Written by
\`bench/ledger-memory.ts\` (\`npm run bench:ledger-memory -- ${days}\`).

| day | operations | living lots at its end | lot rows | these rows, MB | process memory since day 1, MB |
|---|---|---|---|---|---|
${lines.join('\n')}

Rows of lots are reused: there are as many as ever lived at once. Process memory is heap and array buffers after a collection, less
the same at the end of day 1; tables double when they are full. No block is kept.
`
process.stdout.write(text)
writeFileSync(join(import.meta.dirname, 'ledger-memory.md'), text)
