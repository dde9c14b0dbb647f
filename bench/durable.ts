/**
 * How fast is the durable ledger? The transactions of the default year (`first-neighborhood`) three ways
 * in one process: in memory, durable in a file, and the bare limit of the disk, the same bytes appended
 * and synced at the same points. Writes durable.md beside this file: `npm run bench:durable`.
 */
import {
  closeSync,
  fdatasyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import type { Transaction } from '../ledger/contract/decide.ts'
import { DurableLedger } from '../ledger/local/durable.ts'
import { LocalLedger } from '../ledger/local/ledger.ts'
import { transactionsOf } from '../ledger/local/replay.ts'
import { loadScenario } from '../scenarios/load.ts'
import { marketArea } from '../sim/area.ts'
import { CommunityEngine } from '../sim/engine.ts'
import { prepare } from '../sim/prepare.ts'

const ROUNDS = 3
/** Transactions that share a commit. */
const GROUPS = [1, 10, 100, 1000, 10_000]

const ROOT = join(import.meta.dirname, '..')

/** The year's transactions in their order, as the agents sent them. */
function year(): Transaction[] {
  const { scenario, path: file } = loadScenario('first-neighborhood', {})
  const prepared = prepare(scenario, dirname(file))
  const area = marketArea(scenario, prepared.communities[0], prepared.axis)
  const all: Transaction[] = []
  new CommunityEngine(area, scenario, { sink: (block) => all.push(...transactionsOf(block)) }).run()
  return all
}

mkdirSync(join(ROOT, 'runs'), { recursive: true })
const dir = mkdtempSync(join(ROOT, 'runs', '.bench-'))
const path = join(dir, 'bench.sqlite')
const transactions = year()
const operations = transactions.reduce((sum, one) => sum + one.operations, 0)

function accepted(answer: object): void {
  if ('code' in answer) throw new Error(`refused: ${JSON.stringify(answer)}`)
}

interface Measured {
  readonly seconds: number
  readonly note: string
}

function inMemory(): Measured {
  const ledger = new LocalLedger()
  const start = performance.now()
  for (const transaction of transactions) accepted(ledger.submit(transaction))
  ledger.seal()
  return { seconds: (performance.now() - start) / 1000, note: ledger.stateHash() }
}

function durable(group: number, count: number): Measured {
  for (const name of readdirSync(dir)) rmSync(join(dir, name))
  const ledger = new DurableLedger(path)
  const start = performance.now()
  for (let at = 0; at < count; at++) {
    accepted(ledger.submit(transactions[at]))
    if ((at + 1) % group === 0) ledger.commit()
  }
  ledger.commit()
  const seconds = (performance.now() - start) / 1000
  ledger.close()
  return { seconds, note: ledger.ledger.stateHash() }
}

function reopened(): Measured {
  const start = performance.now()
  const ledger = new DurableLedger(path)
  const seconds = (performance.now() - start) / 1000
  const note = ledger.ledger.stateHash()
  ledger.close()
  return { seconds, note }
}

/** The year's blocks, cut as the durable ledger cuts them, and nothing but the disk. */
function bare(group: number): Measured {
  let blocks: Uint8Array[] = []
  const commits: Uint8Array[][] = []
  const ledger = new LocalLedger({ operationsPerBlock: 1000, sink: (block) => blocks.push(block.slice()) })
  transactions.forEach((transaction, at) => {
    accepted(ledger.submit(transaction))
    if ((at + 1) % group !== 0 && at + 1 < transactions.length) return
    ledger.seal()
    commits.push(blocks)
    blocks = []
  })
  const file = openSync(join(dir, 'bare'), 'w')
  const start = performance.now()
  for (const commit of commits) {
    for (const block of commit) writeSync(file, block)
    fdatasyncSync(file)
  }
  const seconds = (performance.now() - start) / 1000
  closeSync(file)
  const { size } = statSync(join(dir, 'bare'))
  return { seconds, note: `${(size / 1e6).toFixed(0)} MB, ${commits.length} syncs` }
}

const median = (values: readonly Measured[]): Measured =>
  values.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(values.length / 2)]
const rounds = (measure: () => Measured): Measured => median(Array.from({ length: ROUNDS }, measure))

const perSecond = (count: number, { seconds }: Measured): string =>
  Math.round(count / seconds).toLocaleString('en-US')

const rows: string[] = []
const row = (what: string, count: number, measured: Measured, note = measured.note) => {
  rows.push(`| ${what} | ${perSecond(count, measured)} | ${measured.seconds.toFixed(2)} | ${note} |`)
  process.stderr.write(`${rows.at(-1)}\n`)
}

const memory = rounds(inMemory)
row('in memory', operations, memory, 'hash chain, rules and idempotency on; no file')
for (const group of GROUPS) {
  // One sync a transaction takes minutes for the year: a part of it tells the speed.
  const count = group < 100 ? Math.min(transactions.length, group * 2000) : transactions.length
  const done = transactions.slice(0, count).reduce((sum, one) => sum + one.operations, 0)
  const measured = rounds(() => durable(group, count))
  if (count === transactions.length && measured.note !== memory.note) throw new Error('the states differ')
  row(
    `durable, ${group} transactions a commit`,
    done,
    measured,
    count === transactions.length ? 'the year' : `${count} transactions`,
  )
}
const size = statSync(path).size
row(
  'reopening the year, replayed from its last snapshot',
  operations,
  rounds(reopened),
  `${(size / 1e6).toFixed(0)} MB`,
)
for (const group of GROUPS.filter((one) => one >= 100)) {
  row(
    `bare append and fdatasync, ${group} transactions a sync`,
    operations,
    rounds(() => bare(group)),
  )
}
rmSync(dir, { recursive: true })

writeFileSync(
  join(import.meta.dirname, 'durable.md'),
  `# The durable ledger: speed

The default year (\`first-neighborhood\`): ${transactions.length.toLocaleString('en-US')} transactions, ${operations.toLocaleString('en-US')} operations.
Medians of ${ROUNDS} rounds in one process, Node ${process.version}, ${availableParallelism()} shared cores, ${process.platform}.
Written by \`bench/durable.ts\` (\`npm run bench:durable\`).

| what | operations/s | seconds | |
|---|---|---|---|
${rows.join('\n')}

A commit is one sync of the log; whoever sends a transaction waits for the commit that it is in.
`,
)
