import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { Findings } from '../ledger/audit/findings.ts'
import { readBlock } from '../ledger/audit/journal/block.ts'
import { readFrames } from '../ledger/audit/journal/frames.ts'
import { sha256 } from '../ledger/audit/journal/hashes.ts'
import { verifyJournal } from '../ledger/audit/verify.ts'

/**
 * `npm run bench:audit [journal]`: how fast a journal is verified on one core, beside what the machine takes at that moment for the same bytes'
 * zstd and SHA-256 alone. All are measured in turn in processor time of the whole process, and the best of so many rounds counts: other
 * programs on the machine make each of them slower.
 */
const ROUNDS = Number(process.env.VPP_BENCH_ROUNDS ?? 15)

function journalPath(): string {
  if (process.argv[2] !== undefined) return process.argv[2]
  const run = existsSync('runs')
    ? readdirSync('runs').find((name) => name.startsWith('first-neighborhood-'))
    : undefined
  if (run === undefined) throw new Error('no run: `npm start` makes one, or name a journal')
  return join('runs', run, 'ledger', 'sierra-crest.journal')
}

const path = journalPath()
const plain = (): Buffer[] =>
  [...readFrames(path, new Findings())].map((frame) => Buffer.from(frame.plain ?? []))
const blocks = plain()
const bytes = blocks.reduce((sum, block) => sum + block.length, 0)
const whole = Buffer.concat(blocks)

const measures: Record<string, () => void> = {
  'zstd and its checksums': () => {
    for (const _ of readFrames(path, new Findings()));
  },
  'SHA-256 of the plain bytes, in one call': () => void sha256(whole),
  'blocks: leaves, roots, headers': () => {
    for (const block of blocks) readBlock(block)
  },
  verify: () => {
    if (!verifyJournal(path).ok) throw new Error('the journal is not sound')
  },
}

const best: Record<string, number> = {}
let first = 0
for (let round = 0; round < ROUNDS; round++) {
  for (const name in measures) {
    const started = process.cpuUsage()
    measures[name]()
    const { user, system } = process.cpuUsage(started)
    const took = (user + system) / 1000
    if (name === 'verify' && round === 0) first = took
    best[name] = Math.min(best[name] ?? Infinity, took)
  }
}

const { operations, transactions, book } = verifyJournal(path)
const rate = (ms: number): string => `${(operations / ms / 1000).toFixed(2)} M/s`
const lines = [
  '# Verifying a journal, one core',
  '',
  `${operations} operations in ${transactions} transactions and ${blocks.length} blocks, ${(bytes / 1e6).toFixed(1)} MB plain, ${(statSync(path).size / 1e6).toFixed(1)} MB packed; the default`,
  `year of \`first-neighborhood\` in blocks of ${Math.round(operations / blocks.length)} operations. ${cpus()[0].model}, Node ${process.versions.node}; best of ${ROUNDS} rounds in one process, all`,
  `measured in turn, processor time of all threads; load of the machine ${loadavg()[0].toFixed(0)} on ${cpus().length} cores, which slows each line alike.`,
  'Target: 8 million operations/s. Written by `npm run bench:audit`.',
  '',
  '| what | ms of processor | operations |',
  '|---|---|---|',
  ...Object.entries(best).map(([name, ms]) => `| ${name} | ${ms.toFixed(0)} | ${rate(ms)} |`),
  `| verify, first time in a new process (not yet compiled) | ${first.toFixed(0)} | ${rate(first)} |`,
  `| verify, less zstd and block hashes: the rules alone | ${rest().toFixed(0)} | ${rate(rest())} |`,
  '',
  'verify unpacks every block into the memory of the one before, the line on zstd into new memory: the last line is a little too good.',
  `Peak memory of this process ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB, of which the bench itself holds ${((bytes * 2) / 1e6).toFixed(0)} MB of plain blocks;`,
  `at the end ${book.lots.living} lots live.`,
  '',
]
function rest(): number {
  return best.verify - best['zstd and its checksums'] - best['blocks: leaves, roots, headers']
}
process.stdout.write(`${lines.join('\n')}\n`)
writeFileSync(join(import.meta.dirname, 'audit.md'), lines.join('\n'))
