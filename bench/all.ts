/**
 * Every quick row of the speed table in one run, each in a process of its own, one after the other: `npm run bench` writes results.md
 * beside this file. `npm run bench -- --only kernel,start` measures some and writes nothing. `--row ID` is how it calls itself.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROWS } from './rows/registry.ts'
import type { Row, RowResult } from './rows/row.ts'

const { values } = parseArgs({ options: { only: { type: 'string' }, row: { type: 'string' } } })

function rowNamed(id: string): Row {
  const row = ROWS.find((one) => one.id === id)
  if (row === undefined) throw new Error(`no row ${id}; there are ${ROWS.map((one) => one.id).join(', ')}`)
  return row
}

/** A row in a process of its own: what one leaves in the heap and the compiler is not the next one's. */
function measured({ id, title }: Row): RowResult {
  console.error(`${id}: ${title}`)
  const { status, stdout } = spawnSync(process.execPath, [import.meta.filename, '--row', id], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1e8,
  })
  if (status !== 0) return { measured: 'failed', reached: false, detail: `The row ended with ${status}.` }
  return JSON.parse(stdout) as RowResult
}

const verdict = ({ reached }: RowResult): string => (reached === null ? '–' : reached ? 'yes' : '**no**')

if (values.row !== undefined) {
  process.stdout.write(JSON.stringify(await rowNamed(values.row).measure()))
} else {
  const rows = values.only === undefined ? ROWS : values.only.split(',').map(rowNamed)
  const before = loadavg()[0]
  const done = rows.map((row) => ({ row, result: measured(row) }))
  const load = `${before.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after`
  const text = `# Speed, in one run

${cpus()[0].model.trim()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, shared with other work (load ${load}); Node ${process.versions.node},
V8 ${process.versions.v8}, ${process.platform}-${process.arch}. Each row in a process of its own. Written by \`npm run bench\`.

| what | must reach | measured | reached |
|---|---|---|---|
${done.map(({ row, result }) => `| ${row.title} | ${row.target} | ${result.measured} | ${verdict(result)} |`).join('\n')}
${done.map(({ row, result }) => `\n## ${row.title}\n\n${result.detail}\n`).join('')}`
  process.stdout.write(text)
  if (values.only === undefined) writeFileSync(join(import.meta.dirname, 'results.md'), text)
}
