/**
 * How fast is the ledger in memory, on one core? The transactions of the default year
 * (`first-neighborhood`), as its agents sent them, and the same from 73 such communities in one ledger,
 * beside two bounds: bare typed arrays, and a Map of objects; each in a process of its own, round by round in turns.
 * Writes ledger.md beside this file: `npm run bench:ledger`.
 *
 * Seconds are processor time of the whole process (its garbage collector and compiler too), because the
 * machine may be busy with other work. Agents write a transaction just before they submit it; here all stand
 * one after the other in one piece of memory, and each is read from there, in no cache when its turn comes.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { best, median } from './ledger/clock.ts'
import { COPIED_DAYS, COPIES, ROWS, type Work } from './ledger/rows.ts'

const ROUNDS = 7

interface Row {
  readonly name: string
  readonly child: ChildProcess
  readonly about: Omit<Work, 'once'>
  readonly seconds: number[]
}

/** What a child says next; an error when it ends instead. */
async function said<T>(child: ChildProcess, name: string): Promise<T> {
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${name}: ended`)
  })
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [T]
  ended.catch(() => {})
  return message
}

const rows: Row[] = []
for (const name of ROWS) {
  const child = fork(join(import.meta.dirname, 'ledger/row-main.ts'), [name])
  rows.push({ name, child, about: await said(child, name), seconds: [] })
}
for (let round = 0; round <= ROUNDS; round++) {
  for (const { name, child, seconds } of rows) {
    child.send('round')
    const taken = await said<number>(child, name)
    // The first round warms up.
    if (round > 0) seconds.push(taken)
  }
}
for (const { child } of rows) child.disconnect()

const year = rows[2].about
const copied = rows[3].about
const each = (about: Row['about']): string =>
  `${(about.operations / about.transactions).toFixed(0)} operations a transaction`
const millions = (count: number, seconds: number): string => (count / seconds / 1e6).toFixed(2)
const count = (value: number | null): string => (value ?? 0).toLocaleString('en-US')
const lines = rows.map(({ name, about, seconds }) =>
  [
    '',
    name.replace('small', each(about)).replace('large', each(about)),
    millions(about.operations, best(seconds)),
    millions(about.operations, median(seconds)),
    ((best(seconds) / about.operations) * 1e9).toFixed(0),
    about.lotEvents === null
      ? ''
      : `${millions(about.lotEvents, best(seconds))} (${millions(about.lotEvents, median(seconds))})`,
    '',
  ]
    .join(' | ')
    .trim(),
)
const text = `# The ledger in memory: speed

The default year (\`first-neighborhood\`, ${year.homes} homes, ${year.batteries} with a battery): ${count(year.transactions)} transactions, ${count(year.operations)} operations,
${count(year.lotEvents)} lot events. Large transactions: its first ${COPIED_DAYS} days for ${COPIES} copies of the community in one ledger, ${COPIES * year.homes} homes,
${count(copied.transactions)} transactions, ${count(copied.operations)} operations. A process of its own for each row, as a ledger has its thread; ${ROUNDS} rounds in
turns after one that warms up, processor time. ${cpus()[0].model.trim()}, ${availableParallelism()} shared cores, Node ${process.version}, V8 ${process.versions.v8},
${process.platform}. Written by \`bench/ledger.ts\` (\`npm run bench:ledger\`).

| what | million operations/s, best | median | ns an operation | million lot events/s, best (median) |
|---|---|---|---|---|
${lines.join('\n')}

An operation is one of the contract's (mint, exchange, offer, trade, burn, close …), with roles, ownership, versions, roll back,
events, running totals, idempotency, Merkle leaves and hash chain. A lot event is a mint, burn, set-aside or release of a part of a
lot, or a trade; operations make none (readings, offers), one, or several (an exchange makes a mint and two burns). "Bare" is one transfer
between two of 4,096 balances with a 40-byte record; both bounds hash blocks of 1,000 records. The transactions
stand in memory one after the other and are read from there: "reading alone" is a loop over their words. Head and state hash of the
replayed year are those of the simulation: \`${year.head.slice(0, 16)}…\`, \`${year.stateHash.slice(0, 16)}…\`.
`
process.stdout.write(text)
writeFileSync(join(import.meta.dirname, 'ledger.md'), text)
