import { availableParallelism } from 'node:os'
import { VppError } from '../../data/errors.ts'

/** Module that makes the key figures of a run, by its address: the simulator's rooms know nothing of reports. */
export const FIGURES_URL = new URL('../../reports/kpi/figures.ts', import.meta.url).href

/** A whole number of workers, at least `least`. */
export function checkWorkers(workers: number, least: number): void {
  if (Number.isInteger(workers) && workers >= least) return
  throw new VppError('usage', {
    place: '--workers',
    problem: `is ${workers}; must be a whole number of at least ${least}`,
    fix: `leave it out for one on each core (${availableParallelism()})`,
  })
}

/** Aborts on Ctrl-C and SIGTERM; a second one ends the process at once. */
export function interruptible(onFirst: () => void): { signal: AbortSignal; end: () => void } {
  const abort = new AbortController()
  const onInterrupt = () => {
    if (abort.signal.aborted) process.exit(130)
    abort.abort()
    onFirst()
  }
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, onInterrupt)
  return {
    signal: abort.signal,
    end: () => {
      for (const signal of signals) process.off(signal, onInterrupt)
    },
  }
}
