import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT_CODES, VppError } from '../../../data/errors.ts'
import { FIGURES } from '../../../reports/kpi/figures.ts'
import { loadSweep, type SweepFlags } from '../../../scenarios/sweep/load.ts'
import { type BatchEngine, localEngine } from '../../../sim/batch/local.ts'
import { runSweep, type SweepOptions, type SweepOutcome, WHOLE_SWEEP } from '../../../sim/batch/run-sweep.ts'
import { parse } from '../../parse.ts'
import { version } from '../../version.ts'
import { FIGURES_URL } from '../options.ts'

export const VPP = join(import.meta.dirname, '..', '..', 'vpp.ts')

/** Eight short runs. */
export const SMALL: SweepFlags = {
  vary: ['seed=1,2,3,4', 'communities[].homes[].battery.capacityKwh=5,10'],
  set: ['period.days=1'],
}

/** Runs a sweep in this process. */
export function sweepInto(
  outDir: string,
  flags: SweepFlags = SMALL,
  options: Partial<SweepOptions> & { engine?: BatchEngine } = {},
): Promise<SweepOutcome> {
  return runSweep({
    sweep: loadSweep('one-home', flags),
    outDir,
    version,
    engine: localEngine(2),
    figures: { url: FIGURES_URL, columns: FIGURES },
    ...WHOLE_SWEEP,
    signal: new AbortController().signal,
    onProgress: () => {},
    manifest: () => ({}),
    ...options,
  })
}

/** Names of the records that a store holds, and nothing that is half written. */
export const recordsIn = (outDir: string): string[] =>
  globSync('.results/*/*.json', { cwd: outDir }).toSorted()

/** Bytes of a sweep's table. */
export const tableOf = ({ table }: SweepOutcome): string => readFileSync(table ?? '').toString('hex')

/** `vpp ARGS` to its end. */
export const vpp = (args: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [VPP, ...args], { encoding: 'utf8', env: { ...process.env, ...env } })

/** What `vpp ARGS` is refused with, in this process: exit code and words. */
export async function refused(args: string[]): Promise<{ status: number; stderr: string }> {
  try {
    await parse(args)
  } catch (error) {
    if (error instanceof VppError) return { status: EXIT_CODES[error.kind], stderr: error.message }
    throw error
  }
  throw new Error(`vpp ${args.join(' ')} was not refused`)
}

/** `vpp ARGS`, to be killed. */
export const startVpp = (args: string[]): ChildProcess =>
  spawn(process.execPath, [VPP, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })

/** Waits until something holds; fails after a minute. */
export async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 60_000
  while (!holds()) {
    if (performance.now() > end) throw new Error('waited a minute in vain')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export const ended = (child: ChildProcess): Promise<number | NodeJS.Signals | null> =>
  new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)))

export const isThere = (dir: string, name: string): boolean => existsSync(join(dir, name))
