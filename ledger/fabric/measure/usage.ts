import { readFileSync } from 'node:fs'
import type { Processes } from '../network/processes.ts'

/** What a process has used. */
export interface Usage {
  readonly cpuSeconds: number
  readonly memoryMb: number
}

/** Ticks of the clock that Linux counts a process's time in. */
const TICKS_PER_SECOND = 100
const USER_TICKS = 11
const SYSTEM_TICKS = 12

/** CPU time and memory of every process of a network and of this one; Linux only, elsewhere empty. */
export function usageOf(processes: Processes): Record<string, Usage> {
  const { user, system } = process.cpuUsage()
  const own = { cpuSeconds: (user + system) / 1e6, memoryMb: process.memoryUsage().rss / 1e6 }
  const used: Record<string, Usage> = { client: own }
  for (const [name, { pid }] of Object.entries(processes.all())) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
      used[name] = {
        cpuSeconds: (Number(fields[USER_TICKS]) + Number(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND,
        memoryMb: Number(rss?.[1] ?? 0) / 1024,
      }
    } catch {
      // Not Linux, or the process has ended: no figure rather than a wrong one.
    }
  }
  return used
}
