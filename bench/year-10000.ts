/**
 * A whole year of the largest neighborhood, as a user runs it: `npm run bench:year-10000` writes year-10000.md beside this file. It takes
 * about half an hour of two quiet cores and 35 GB below TMPDIR, which are removed. `-- HOMES DAYS` runs another and writes nothing.
 */
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { largeRun } from './large-run.ts'

const [homes, days] = process.argv.length > 3 ? process.argv.slice(2, 4).map(Number) : [10_000, 365]
const MOST_MB = 2048

const before = loadavg()[0]
const run = await largeRun(homes, days)
const { megabytes, megabytesByTenth, wallSeconds, agentSteps, files } = run
const load = `${before.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after`
const count = homes.toLocaleString('en-US')
const text = `# ${days === 365 ? 'A year' : `${days} days`} of ${count} homes, as \`vpp run\` does it

${cpus()[0].model.trim()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB (load ${load}); Node ${process.versions.node}. Written by \`npm run bench:year-10000\`.

One community of ${count} homes in a scenario that lists each (\`bench/large-scenario.ts\`), no two with the same load, half of them with a battery:
${agentSteps.toLocaleString('en-US')} agent-steps of five minutes, with tokens, burn, ledger, journal, series, key figures and report.

| | |
|---|---|
| most memory | ${Math.round(megabytes)} MB: ${megabytes < MOST_MB ? 'under' : '**over**'} 2 GiB |
| by tenths of the run | ${megabytesByTenth.map(Math.round).join(', ')} MB |
| elapsed | ${Math.round(wallSeconds)} s, ${Math.round((wallSeconds * 1e9) / agentSteps)} ns an agent-step |

| written | MB |
|---|---|
${Object.entries(files)
  .map(([name, size]) => `| ${name} | ${size.toFixed(1)} |`)
  .join('\n')}
`
process.stdout.write(text)
if (homes === 10_000 && days === 365) writeFileSync(join(import.meta.dirname, 'year-10000.md'), text)
