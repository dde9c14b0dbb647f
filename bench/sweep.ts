/**
 * How many scenarios of twelve homes and a year does `vpp sweep` do in a second on two workers, from points to table, with
 * tokens off by the hour, and what do tokens cost? The CPU time of all threads is told too: what other programs on the
 * machine take goes into the seconds, and much less into that. Writes sweep.md beside this file; `node bench/sweep.ts RUNS`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { FIGURES_URL } from '../cli/sweep/options.ts'
import { version } from '../cli/version.ts'
import { FIGURES } from '../reports/kpi/figures.ts'
import { loadSweep } from '../scenarios/sweep/load.ts'
import { localEngine } from '../sim/batch/local.ts'
import { runSweep, WHOLE_SWEEP } from '../sim/batch/run-sweep.ts'

const WORKERS = 2
/** What 1,000 scenarios of issue 10 must reach, a second on two cores. */
const TARGET = 40

interface Measured {
  readonly what: string
  readonly runs: number
  readonly seconds: number
  /** Of all threads, milliseconds for each run. */
  readonly cpuMs: number
}

/** Sizes of all batteries, fees of the platform and seeds: enough points, each another scenario of the same data. */
const vary = (runs: number) => [
  `communities[].homes[].battery.capacityKwh=5..15/${runs >= 100 ? 10 : 2}`,
  `market.platformFeeUsdPerKwh=0..0.05/${runs / (runs >= 100 ? 10 : 2)}`,
]

async function measure(what: string, runs: number, set: readonly string[]): Promise<Measured> {
  const outDir = mkdtempSync(join(tmpdir(), 'vpp-bench-'))
  const before = process.cpuUsage()
  const start = performance.now()
  try {
    const { computed } = await runSweep({
      sweep: loadSweep('first-neighborhood', { vary: vary(runs), set }),
      outDir,
      version,
      engine: localEngine(WORKERS),
      figures: { url: FIGURES_URL, columns: FIGURES },
      ...WHOLE_SWEEP,
      signal: new AbortController().signal,
      onProgress: () => {},
      manifest: () => ({}),
    })
    if (computed !== runs) throw new Error(`${computed} of ${runs} runs were computed`)
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(before)
  return { what, runs, seconds, cpuMs: (user + system) / 1000 / runs }
}

const many = Number(process.argv[2] ?? 1000)
const few = Math.max(2, 2 * Math.round(many / 50))
const off = 'ledger.tokens=false'
const measured = [
  await measure('tokens off, hourly', many, ['settlementMinutes=60', off]),
  await measure('tokens off, 15 minutes', few, ['settlementMinutes=15', off]),
  await measure('tokens on, hourly', few, ['settlementMinutes=60']),
  await measure('tokens on, 15 minutes', few, ['settlementMinutes=15']),
]
const [first] = measured
const number = (value: number) => value.toFixed(value < 10 ? 1 : 0)
const rows = measured.map(({ what, runs, seconds, cpuMs }) => {
  const rate = runs / seconds
  return `| ${what} | ${runs} | ${number(seconds)} | ${number(rate)} | ${number(cpuMs)} | ${number((WORKERS * 1000) / cpuMs)} | ${number(cpuMs / first.cpuMs)} × |`
})
const [{ model }] = cpus()
const text = `# Scenarios a second

The default neighborhood (12 homes, 6 batteries), one year, ${first.runs.toLocaleString('en-US')} scenarios with other batteries and fees, through the whole of \`vpp sweep\`
(points checked, runs on ${WORKERS} worker threads, each result on the disk, the table). To reach: ${TARGET} a second on two cores, tokens
off, hourly. “CPU” is the time of all threads, starting them and compiling included; “of two cores” is what two cores that do nothing else give by it.
${model.trim()}, ${availableParallelism()} threads, Node ${process.version}, ${process.platform}-${process.arch}; ${number(loadavg()[0])} programs wanted to run on average in the last minute of it. Written by \`node bench/sweep.ts\`.

| what | scenarios | seconds | a second | CPU, ms each | a second of two cores | CPU to the first |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`
writeFileSync(join(import.meta.dirname, 'sweep.md'), text)
process.stdout.write(text)
