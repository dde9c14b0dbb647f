import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileLoop } from '../kernel/c-loop.ts'
import { kernelYear, writeInput } from '../kernel/input.ts'
import type { NeighborhoodRun } from '../neighborhood-run.ts'
import { median, type Row, type RowResult, short } from './row.ts'

const HOMES = 1000
const YEAR = 365
const MOST = 40
/** Days that are measured: all of them, or the time to compile would count for a whole year's many times over. */
const DAYS = Number(process.env.VPP_BENCH_DAYS ?? YEAR)

/** One run of so many homes and days in a process of its own. */
export function runNeighborhood(homes: number, days: number, ledger: 'piped' | 'own'): NeighborhoodRun {
  const main = join(import.meta.dirname, '..', 'neighborhood-run.ts')
  const { status, stdout } = spawnSync(process.execPath, [main, String(homes), String(days), ledger], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${homes} homes for ${days} days ended with ${status}`)
  return JSON.parse(stdout) as NeighborhoodRun
}

/** A thousand homes with everything on, on two threads, beside the scalar C loop, which has no tokens. */
export const year: Row = {
  id: 'year',
  title: 'the same year with tokens, burn, ledger and hash chain on, 2 cores',
  target: 'under 40 × the scalar C kernel',
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'vpp-bench-'))
    try {
      return await measureIn(folder)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

async function measureIn(folder: string): Promise<RowResult> {
  const loop = compileLoop('scalar', folder)
  if (loop === null)
    return { measured: 'not measured', reached: null, detail: 'There is no C compiler here (`CC`, gcc).' }
  const file = join(folder, 'input')
  writeInput(file, kernelYear(HOMES))
  const c = async () => (await loop.run(file, 1, 1)).cpuSeconds
  const before = [await c(), await c(), await c()]
  const piped = runNeighborhood(HOMES, DAYS, 'piped')
  const own = runNeighborhood(HOMES, DAYS, 'own')
  const cSeconds = median([...before, await c(), await c(), await c()])
  const part = YEAR / DAYS
  // Where both cores are free the slower of the two threads is the elapsed time.
  const slower = Math.max(piped.engineSeconds, piped.otherSeconds) * part
  const ratio = slower / cSeconds
  const ns = (seconds: number) => short((seconds * 1e9) / piped.agentSteps)
  return {
    measured: `${short(ratio)} ×`,
    reached: ratio < MOST,
    detail: `${HOMES.toLocaleString('en-US')} homes in one community, ${DAYS === YEAR ? 'the whole year' : `${DAYS} days`} of five-minute intervals${DAYS === YEAR ? '' : ' scaled to a year'}, ${(piped.operations / piped.agentSteps).toFixed(2)} ledger operations an agent-step. The
ratio is the processor time of the slower of the two threads, which is the elapsed time where two cores are free, to that of
\`${loop.flags}\` on one (${short(cSeconds)} s, median of six); this machine is shared.

| | ns per agent-step | the year | |
|---|---|---|---|
| engine: homes, market, bills, tokens, burn | ${ns(piped.engineSeconds)} | ${short(piped.engineSeconds * part)} s | ${short((piped.engineSeconds * part) / cSeconds)} × |
| the ledger's thread, with what compiles and collects | ${ns(piped.otherSeconds)} | ${short(piped.otherSeconds * part)} s | ${short((piped.otherSeconds * part) / cSeconds)} × |
| elapsed, two threads, on this machine as it was | ${ns(piped.wallSeconds)} | ${short(piped.wallSeconds * part)} s | ${short((piped.wallSeconds * part) / cSeconds)} × |
| one thread for both, processor | ${ns(own.engineSeconds)} | ${short(own.engineSeconds * part)} s | ${short((own.engineSeconds * part) / cSeconds)} × |

Both have the same head, \`${piped.head.slice(0, 16)}…\`, and state hash${piped.head === own.head && piped.stateHash === own.stateHash ? '' : ' — **no, they differ**'}. Most memory: ${Math.round(piped.megabytes)} MB; by tenths of the run ${piped.megabytesByTenth.map(Math.round).join(', ')} MB.`,
  }
}
