/**
 * The durable ledger under every fault, in full: the tests of `npm test` with every transaction its
 * own commit, every byte cut, every sector torn, and 1,000 kills. Minutes to an hour; writes
 * durable-faults.md beside this file: `npm run suite:durable`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const SUITES = ['damage', 'crash', 'kill', 'disk-failure', 'durable', 'snapshot']

const dir = mkdtempSync(join(tmpdir(), 'vpp-suite-'))
const figures = join(dir, 'figures')
writeFileSync(figures, '')
const started = performance.now()
// CI: what cannot run here fails, instead of being passed over.
const done = spawnSync(
  process.execPath,
  [
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...SUITES.map((name) => `ledger/local/${name}.test.ts`),
  ],
  {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CI: 'true', VPP_THOROUGH: '1', VPP_FIGURES: figures },
  },
)
const rows = readFileSync(figures, 'utf8').trim().split('\n').toSorted().join('\n')
rmSync(dir, { recursive: true })
if (done.status !== 0) process.exit(1)
const minutes = Math.round((performance.now() - started) / 60_000)
writeFileSync(
  join(import.meta.dirname, 'durable-faults.md'),
  `# The durable ledger under faults

Every reopened ledger was a prefix in whole blocks, in the state that the same transactions make in memory, with every
transaction that had been acknowledged; its last transaction, sent again, had no second effect; and it went on.
Node ${process.version}, ${process.platform}, ${minutes} minutes. Written by \`bench/durable-suite.ts\` (\`npm run suite:durable\`);
\`npm test\` runs the same with fewer cuts and kills.

| what | how often |
|---|---|
${rows}

The disk images are built from the system calls that strace recorded of a real process: everything written; only what
was synced; any part of what was not synced; the last write torn between sectors and within one; and, after a sync that
failed, without what it was to write though every later sync succeeds.
`,
)
