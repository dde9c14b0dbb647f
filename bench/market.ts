/**
 * How long does one interval of 1,000 homes take under each mechanism? Every home with its own bid and ask, a third
 * low-income, some sharing first and some with partners. Writes market.md beside this file: `npm run bench:market`.
 */
import { cpus } from 'node:os'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { streamFor } from '../data/random.ts'
import { clearInterval } from '../models/market/clear.ts'
import { type Members, newBook, newClearing, plainMembers } from '../models/market/mechanism.ts'
import { MECHANISMS } from '../models/market/registry.ts'

const HOMES = 1000
const BOOKS = 50
const ROUNDS = 40

const stream = streamFor(1, 'bench-market')
const between = (low: number, high: number) => low + Math.floor(stream.uniform() * (high - low))
const books = Array.from({ length: BOOKS }, () => {
  const book = newBook(HOMES)
  for (let home = 0; home < HOMES; home++) {
    const net = between(-400_000, 400_000)
    book.surplus[home] = Math.max(0, net)
    book.deficit[home] = Math.max(0, -net)
    book.bid[home] = between(60_000, 320_000)
    book.ask[home] = between(30_000, 200_000)
  }
  return book
})
/** The same orders at two prices, as homes under one tariff have them. */
const alike = books.map(({ surplus, deficit }) => ({
  surplus,
  deficit,
  bid: new Int32Array(HOMES).fill(320_000),
  ask: new Int32Array(HOMES).fill(50_000),
}))
const members: Members = {
  ...plainMembers(HOMES),
  lowIncome: Uint8Array.from({ length: HOMES }, () => Number(stream.uniform() < 1 / 3)),
  sharesFirst: Uint8Array.from({ length: HOMES }, () => Number(stream.uniform() < 1 / 4)),
  partners: Array.from({ length: HOMES }, (_, home) => (home % 4 === 0 ? [between(0, home), HOMES - 1] : [])),
}

const rows = Object.entries(MECHANISMS).flatMap(([name, mechanism]) => {
  if (name === 'none' || name === 'credit-allocation') return []
  const clearing = newClearing(HOMES)
  const times = (orders: typeof books, of: Members): [median: number, worst: number] => {
    const milliseconds: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      for (const [at, book] of orders.entries()) {
        const start = performance.now()
        clearInterval(mechanism, book, of, at, clearing)
        milliseconds.push(performance.now() - start)
      }
    }
    const sorted = milliseconds.slice(milliseconds.length / 4).toSorted((a, b) => a - b)
    return [sorted[Math.floor(sorted.length / 2)], sorted[Math.floor(sorted.length * 0.99)]]
  }
  const plain = times(alike, plainMembers(HOMES))
  const [median, worst] = times(books, members)
  const traded = clearing.tradedMilliWh / 1e6
  const shown = [plain[0], median, worst].map((value) => value.toFixed(3)).join(' | ')
  return [{ median: Math.max(plain[0], median), row: `| ${name} | ${shown} | ${traded.toFixed(1)} |` }]
})

const slowest = Math.max(...rows.map(({ median }) => median))
writeFileSync(
  join(import.meta.dirname, 'market.md'),
  `# Clearing 1,000 homes

One interval, one core, milliseconds: under one tariff (all bids alike, all asks alike, no preferences), and with a bid
and an ask of each home's own, a third low-income, a quarter sharing with them first, a quarter with partners.
${ROUNDS * BOOKS} intervals each, the first quarter left out. Node ${process.version}, ${process.platform}-${process.arch}, ${cpus()[0].model.trim()},
shared with other work. Written by \`bench/market.ts\` (\`npm run bench:market\`).

| mechanism | one tariff, median | each its own, median | 99 of 100 | kWh traded |
|---|---|---|---|---|
${rows.map(({ row }) => row).join('\n')}

The slowest median is ${slowest.toFixed(3)} ms; the target is below 1 ms.
`,
)
process.stdout.write(`slowest median ${slowest.toFixed(3)} ms\n`)
if (slowest >= 1) process.exitCode = 1
