import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scenario } from '../../scenarios/schema.ts'
import type { Sweep } from '../../scenarios/sweep/sweep.ts'
import { runIdOf } from '../run.ts'
import { computeRecord } from './compute.ts'
import type { PlannedRun } from './plan.ts'
import { PreparedCache } from './prepared-cache.ts'
import { recordText } from './record.ts'

export interface Estimate {
  /** Of one run on one worker, seconds. */
  readonly runSeconds: number
  /** Of all runs on all workers, seconds. */
  readonly totalSeconds: number
  readonly bytes: number
}

/** Simulated days of the two trial runs. */
const TRIAL_DAYS = [5, 40] as const

/** Points that are tried: the first, the middle and the last. */
const tried = (runs: readonly PlannedRun[]): PlannedRun[] => [
  ...new Set([runs[0], runs[Math.floor(runs.length / 2)], runs[runs.length - 1]]),
]

/**
 * What the runs would take, from short trial runs of a few of them: a fixed part and one that grows with the days.
 * A rough figure: longer runs cross other seasons.
 */
export async function estimate(
  sweep: Sweep,
  runs: readonly PlannedRun[],
  options: { workers: number; version: string; figures: string; series: boolean },
): Promise<Estimate> {
  if (runs.length === 0) return { runSeconds: 0, totalSeconds: 0, bytes: 0 }
  const { workers, version, figures, series } = options
  const cache = new PreparedCache()
  const seriesDir = series ? mkdtempSync(join(tmpdir(), 'vpp-estimate-')) : null
  const trial = async (scenario: Scenario): Promise<{ seconds: number; bytes: number }> => {
    const { baseDir } = sweep.base
    const key = runIdOf(scenario, cache.get(scenario, baseDir), version)
    const started = performance.now()
    const record = await computeRecord({ scenario, baseDir, version, key, figures, seriesDir }, () => false)
    const text = record === null ? '' : recordText(record)
    // A row of the table repeats the record's figures; compressed, they take about a quarter.
    const kept = text.length * 1.25 + (seriesDir === null ? 0 : sizeOf(join(seriesDir, key)))
    return { seconds: (performance.now() - started) / 1000, bytes: kept }
  }
  try {
    let [seconds, bytes] = [0, 0]
    const points = tried(runs)
    for (const { index } of points) {
      const scenario = sweep.scenarioAt(index)
      const days = scenario.period.days * scenario.period.years
      const shortened = (most: number): Scenario => ({
        ...scenario,
        period: { ...scenario.period, days: Math.min(most, scenario.period.days), years: 1 },
      })
      const [short, long] = TRIAL_DAYS.map((most) => Math.min(most, scenario.period.days))
      // The first reads the data and lets the machine compile.
      await trial(shortened(short))
      const a = await trial(shortened(short))
      const b = short === long ? a : await trial(shortened(long))
      const slope = (from: number, to: number) =>
        short === long ? from / short : Math.max(0, to - from) / (long - short)
      seconds += b.seconds + slope(a.seconds, b.seconds) * Math.max(0, days - long)
      bytes += b.bytes + slope(a.bytes, b.bytes) * Math.max(0, Math.min(days, 366) - long)
    }
    const runSeconds = seconds / points.length
    const atOnce = Math.min(workers, runs.length)
    return {
      runSeconds,
      totalSeconds: (runSeconds * runs.length) / atOnce,
      bytes: (bytes / points.length) * runs.length,
    }
  } finally {
    if (seriesDir !== null) rmSync(seriesDir, { recursive: true, force: true })
  }
}

function sizeOf(dir: string): number {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
}
