/**
 * The durable ledger under every fault, in full: the tests of `npm test` with every transaction its
 * own commit, every byte cut, every sector torn, and 1,000 kills. Half an hour on a quiet machine;
 * writes durable-faults.md beside this file: `npm run suite:durable`, or `npm run suite:durable -- kill`
 * for some of them only; the rows of the others stay.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SUITES = ['crash', 'damage', 'kill', 'disk-failure', 'durable', 'snapshot']

const ROOT = join(import.meta.dirname, '..')
const REPORT = join(import.meta.dirname, 'durable-faults.md')
const named = process.argv.slice(2)
const suites = named.length === 0 ? SUITES : SUITES.filter((name) => named.includes(name))

const dir = mkdtempSync(join(tmpdir(), 'vpp-suite-'))
const figures = join(dir, 'figures')
writeFileSync(figures, '')
const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
const done = spawnSync(
  process.execPath,
  [vitest, 'run', ...suites.map((name) => `ledger/local/${name}.test.ts`)],
  {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    // CI: what cannot run here fails, instead of being passed over.
    env: { ...process.env, CI: 'true', VPP_THOROUGH: '1', VPP_FIGURES: figures },
  },
)
/** Rows of a table by their first cell. */
const rowsOf = (text: string): [string, string][] =>
  [...text.matchAll(/^\| (.+?) \| .*$/gm)].map(([row, what]) => [what, row])
const rows = new Map([
  ...(existsSync(REPORT) ? rowsOf(readFileSync(REPORT, 'utf8')) : []),
  ...rowsOf(readFileSync(figures, 'utf8')),
])
rows.delete('what')
rmSync(dir, { recursive: true })
if (done.status !== 0) process.exit(1)
writeFileSync(
  REPORT,
  `# The durable ledger under faults

Every reopened ledger was a prefix in whole blocks, in the state that the same transactions make in memory, with every
transaction that had been acknowledged; its last transaction, sent again, had no second effect; and it went on.
Node ${process.version}, ${process.platform}. Written by \`bench/durable-suite.ts\` (\`npm run suite:durable\`); \`npm test\` runs the same with
fewer cuts and kills.

| what | how often |
|---|---|
${[...rows.values()].toSorted().join('\n')}

The disk images are built from the system calls that strace recorded of a real process: everything written; only what
was synced; any part of what was not synced; the last write torn between sectors and within one; and, after a sync that
failed, without what it was to write though every later sync succeeds.
`,
)
