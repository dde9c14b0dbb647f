import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, type Row } from './row.ts'

const ROUNDS = 9
const HELP_MS = 200
const RUN_MS = 800
const VPP = join(import.meta.dirname, '..', '..', 'cli', 'vpp.mjs')

/** Milliseconds of the clock, and of the processor by all threads, from the start of a process to its end. */
function timed(args: readonly string[]): { wall: number; cpu: number } {
  // Read by the child, told on its standard error's last line: its own time, not ours.
  const tell =
    'data:text/javascript,process.on("exit",()=>{const{user,system}=process.cpuUsage();console.error((user+system)/1000)})'
  const started = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--import', tell, ...args], { encoding: 'utf8' })
  const wall = performance.now() - started
  if (status !== 0) throw new Error(`${args.join(' ')} failed: ${stderr}`)
  return { wall, cpu: Number(stderr.trimEnd().split('\n').at(-1)) }
}

/** From the prompt to the prompt. */
export const start: Row = {
  id: 'start',
  title: 'Start: `vpp --help`; smallest run',
  target: '200 ms; 800 ms',
  measure() {
    const folder = mkdtempSync(join(tmpdir(), 'vpp-bench-'))
    const runs = { node: [], help: [], run: [] } as Record<
      'node' | 'help' | 'run',
      ReturnType<typeof timed>[]
    >
    try {
      // Once before it is measured, as a user's second run: then its compiled files are kept.
      for (let round = -1; round < ROUNDS; round++) {
        const out = join(folder, String(round))
        const measured = {
          node: timed(['-e', '0']),
          help: timed([VPP, '--help']),
          run: timed([VPP, 'run', 'one-home', '--quiet', '--out', out]),
        }
        if (round < 0) continue
        for (const name of ['node', 'help', 'run'] as const) runs[name].push(measured[name])
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
    const walls = (name: keyof typeof runs) => runs[name].map(({ wall }) => wall)
    const ms = (value: number) => `${Math.round(value)} ms`
    const line = (label: string, name: keyof typeof runs) =>
      `| ${label} | ${ms(Math.min(...walls(name)))} | ${ms(median(walls(name)))} | ${ms(median(runs[name].map(({ cpu }) => cpu)))} |`
    const [help, run] = [Math.min(...walls('help')), Math.min(...walls('run'))]
    return {
      measured: `${ms(help)}; ${ms(run)}`,
      reached: help <= HELP_MS && run <= RUN_MS,
      detail: `From the start of the process to its end, ${ROUNDS} rounds in turn. Judged by the best: other work on the machine only adds. The
smallest run is \`vpp run one-home\` with ledger, series, report and all, into a new folder.

| | best | median | processor, all threads, median |
|---|---|---|---|
${line('`node -e 0`', 'node')}
${line('`vpp --help`', 'help')}
${line('`vpp run one-home`', 'run')}`,
    }
  },
}
