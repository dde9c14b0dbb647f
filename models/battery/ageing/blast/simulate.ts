import { rainflow } from '../../rainflow.ts'
import type { BlastCell, CellParameters } from './cell.ts'
import { type AgeingWindow, stressorsOf } from './stressors.ts'

export interface LifeOptions {
  /** Stops when this much time was simulated, years of 365 days; the profile repeats until then. */
  readonly years: number
  /** Published values, or others of the same names. */
  readonly parameters?: CellParameters
  /** Multiplies every change; 1 as published. */
  readonly degradationScale?: number
  /** The same energy goes in and out as the capacity fades, so that cycles deepen; else they shrink. */
  readonly conserveThroughput?: boolean
  readonly mostSeconds?: number
  readonly mostEfc?: number
}

/** A life, one entry a window, the first when new. */
export interface BatteryLife {
  readonly days: number[]
  readonly efc: number[]
  /** Relative capacity. */
  readonly health: number[]
}

/**
 * The life of a cell under a profile of charge and temperature that repeats, as BLAST-Lite 1.1.1 runs it:
 * windows of a day or of a full cycle that end at turning points of the charge.
 */
export function simulateLife(cell: BlastCell, profile: AgeingWindow, options: LifeOptions): BatteryLife {
  const { years, parameters = cell.parameters, degradationScale = 1, conserveThroughput = true } = options
  const ends = windowEnds(profile, options.mostSeconds ?? 86_400, options.mostEfc ?? 1)
  const state = Float64Array.from(cell.start)
  const life: BatteryLife = { days: [0], efc: [0], health: [1] }
  let days = 0
  let efc = 0
  let health = 1
  for (;;) {
    let from = 0
    const before = days
    for (const end of ends) {
      const soc = profile.socFraction.slice(from, end + 1)
      if (conserveThroughput) deepen(soc, 1 / health)
      const window = {
        seconds: profile.seconds.subarray(from, end + 1),
        socFraction: soc,
        temperatureC: profile.temperatureC.subarray(from, end + 1),
      }
      const stressors = stressorsOf(window, health, true)
      cell.advance(parameters, stressors, state, degradationScale)
      health = cell.health(state)
      days += stressors.days
      efc += stressors.efc
      life.days.push(days)
      life.efc.push(efc)
      life.health.push(health)
      // The step from one window's end to the next one's start counts in neither, as published.
      from = end + 1
      if (days / 365 > years) return life
    }
    if (!(days > before)) return life
  }
}

/** Last positions of the windows: a turning point once a full cycle was done, else after a day. */
function windowEnds({ seconds, socFraction }: AgeingWindow, mostSeconds: number, mostEfc: number): number[] {
  const efc = new Float64Array(socFraction.length)
  for (let at = 1; at < efc.length; at++) {
    efc[at] = efc[at - 1] + Math.abs(socFraction[at] - socFraction[at - 1]) / 2
  }
  const turns = [...new Set(rainflow(socFraction).map(({ end }) => end))].toSorted((a, b) => a - b)
  const ends: number[] = []
  let last = 0
  for (const turn of turns) {
    if (seconds[turn] - seconds[last] > mostSeconds) {
      for (let at = last; at < turn; at++) {
        if (seconds[at] - seconds[last] > mostSeconds) {
          ends.push(at)
          last = at
        }
      }
    } else if (efc[turn] - efc[last] > mostEfc) {
      ends.push(turn)
      last = turn
    }
  }
  if (ends.at(-1) !== seconds.length - 1) ends.push(seconds.length - 1)
  return ends
}

/** Scales the changes of charge from the first value on, within [0, 1]. */
function deepen(soc: Float64Array, factor: number): void {
  const start = soc[0]
  let before = start
  let sum = 0
  for (let at = 0; at < soc.length; at++) {
    const now = soc[at]
    sum += (now - before) * factor
    before = now
    soc[at] = Math.max(0, Math.min(1, sum + start))
  }
}
