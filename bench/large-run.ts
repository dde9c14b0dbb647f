import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { largeScenario } from './large-scenario.ts'

/** What a real `vpp run` of a large neighborhood took. */
export interface LargeRun {
  readonly homes: number
  readonly days: number
  readonly agentSteps: number
  readonly wallSeconds: number
  /** Most memory that the process had at any time. */
  readonly megabytes: number
  /** Memory by the end of each tenth of the run, as it said so. */
  readonly megabytesByTenth: readonly number[]
  /** By name in the run's folder, megabytes. */
  readonly files: Readonly<Record<string, number>>
}

const LOOK_MS = 250

/** A line of a process's status in megabytes: `VmRSS`, or `VmHWM`, the most so far. */
function memoryOf(pid: number, line: 'VmRSS' | 'VmHWM'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(new RegExp(`${line}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024
  } catch {
    // It has just ended.
    return 0
  }
}

/** Runs a neighborhood as a user does, with everything that `vpp run` writes, in a folder that is removed. Linux. */
export async function largeRun(homes: number, days: number): Promise<LargeRun> {
  const folder = mkdtempSync(join(tmpdir(), 'vpp-large-'))
  try {
    const file = join(folder, 'scenario.yaml')
    writeFileSync(file, largeScenario(homes, days))
    return { homes, days, agentSteps: homes * days * 288, ...(await measured(file, join(folder, 'runs'))) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measured(file: string, out: string) {
  const vpp = join(import.meta.dirname, '..', 'cli', 'vpp.mjs')
  const started = performance.now()
  const child = spawn(process.execPath, [vpp, 'run', file, '--out', out])
  const pid = child.pid ?? 0
  const megabytesByTenth: number[] = []
  let megabytes = 0
  let told = ''
  const look = setInterval(() => (megabytes = Math.max(megabytes, memoryOf(pid, 'VmHWM'))), LOOK_MS)
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text
    // A line for every tenth; the first comes while data are read.
    const tenths = told.match(/ (?:[1-9]|10)\d* %/g)?.length ?? 0
    if (tenths > megabytesByTenth.length) megabytesByTenth.push(memoryOf(pid, 'VmRSS'))
  })
  child.stdout.resume()
  const status = await new Promise((resolve) => child.on('close', resolve))
  clearInterval(look)
  if (status !== 0) throw new Error(`vpp run ended with ${String(status)}: ${told.slice(-500)}`)
  const wallSeconds = (performance.now() - started) / 1000
  const entries = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const files = entries.map(
    ({ parentPath, name }) => [name, statSync(join(parentPath, name)).size / 1e6] as const,
  )
  return { wallSeconds, megabytes, megabytesByTenth, files: Object.fromEntries(files) }
}

if (import.meta.main) {
  const [homes, days] = process.argv.slice(2, 4).map(Number)
  process.stdout.write(`${JSON.stringify(await largeRun(homes, days), null, 1)}\n`)
}
