import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FIGURES } from '../../reports/kpi/figures.ts'
import { loadSweep } from '../../scenarios/sweep/load.ts'
import { localEngine } from '../../sim/batch/local.ts'
import { runSweep, WHOLE_SWEEP } from '../../sim/batch/run-sweep.ts'
import { type Row, type RowResult, short } from './row.ts'

/** As `vpp sweep` names it. */
const FIGURES_URL = new URL('../../reports/kpi/figures.ts', import.meta.url).href

const WORKERS = 2
const LEAST = 40
/** Sizes of all batteries times fees of the platform: each point is another scenario of the same data. */
const MANY = [10, 100] as const
const FEW = [4, 10] as const

/** A thousand years of the default neighborhood through the whole of `vpp sweep`; what tokens cost, on fewer. */
export const sweep: Row = {
  id: 'sweep',
  title: '1,000 scenarios of 12 homes, one year, hourly, tokens off',
  target: 'at least 40 a second on 2 cores; with tokens on (15 minutes), the ratio',
  async measure(): Promise<RowResult> {
    const off = 'ledger.tokens=false'
    const hourly = await swept('tokens off, hourly', MANY, ['settlementMinutes=60', off])
    const quarter = await swept('tokens off, 15 minutes', FEW, ['settlementMinutes=15', off])
    const hourlyOn = await swept('tokens on, hourly', FEW, ['settlementMinutes=60'])
    const on = await swept('tokens on, 15 minutes', FEW, ['settlementMinutes=15'])
    const ratio = short(on.cpuMs / hourly.cpuMs)
    return {
      measured: `${short(hourly.ofTwoCores)} a second; ${ratio} × as long with tokens on`,
      reached: hourly.ofTwoCores >= LEAST,
      detail: `\`first-neighborhood\` with other batteries and fees, from points to table: each checked, run on ${WORKERS} worker threads, its key figures on
the disk. Judged by the processor time of all threads, start and compiling included, as two cores of its own would give it; the
clock also counts what other work on the machine takes.

| | scenarios | processor, each | a second of two cores | by the clock | processor, to the first |
|---|---|---|---|---|---|
${[hourly, quarter, hourlyOn, on]
  .map(
    ({ what, runs, cpuMs, ofTwoCores, byClock }) =>
      `| ${what} | ${runs} | ${short(cpuMs)} ms | ${short(ofTwoCores)} | ${short(byClock)} | ${short(cpuMs / hourly.cpuMs)} × |`,
  )
  .join('\n')}`,
    }
  },
}

interface Swept {
  readonly what: string
  readonly runs: number
  /** Of all threads, milliseconds for each run. */
  readonly cpuMs: number
  /** Runs a second that two cores would do by that, and those that the clock saw. */
  readonly ofTwoCores: number
  readonly byClock: number
}

async function swept(
  what: string,
  [sizes, fees]: readonly [number, number],
  set: readonly string[],
): Promise<Swept> {
  const runs = sizes * fees
  const vary = [
    `communities[].homes[].battery.capacityKwh=5..15/${sizes}`,
    `market.platformFeeUsdPerKwh=0..0.05/${fees}`,
  ]
  const outDir = mkdtempSync(join(tmpdir(), 'vpp-bench-'))
  const before = process.cpuUsage()
  const started = performance.now()
  try {
    const { computed } = await runSweep({
      sweep: loadSweep('first-neighborhood', { vary, set }),
      outDir,
      version: 'bench',
      engine: localEngine(WORKERS),
      figures: { url: FIGURES_URL, columns: FIGURES },
      ...WHOLE_SWEEP,
      signal: new AbortController().signal,
      onProgress: () => {},
      manifest: () => ({}),
    })
    if (computed !== runs) throw new Error(`${computed} of ${runs} scenarios were computed`)
    const seconds = (performance.now() - started) / 1000
    const { user, system } = process.cpuUsage(before)
    const cpuMs = (user + system) / 1000 / runs
    return { what, runs, cpuMs, ofTwoCores: (WORKERS * 1000) / cpuMs, byClock: runs / seconds }
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}
