import { BASELINE_NAMES, BASELINES, type BaselineName } from './baselines.ts'
import { VARIANTS } from './closure.ts'
import type { CohortTask } from './cohort.ts'
import { FAULTS } from './faults.ts'
import { CHEMISTRIES, GROUPS } from './truth.ts'

/** Batteries that are simulated together. */
const COHORT = 6
/** A battery's long life, and the part of the typical battery-years that long lives take. */
export const LONG_YEARS = 10
const LONG_PART = 0.55
/** Part of all battery-years that good and poor telemetry take each, and the faults together. */
const QUALITY_PART = 0.05
const FAULT_PART = 0.08

/** Batteries of a group on which every part is taken out in turn; all others have these variants. */
const ABLATED = 60
const FEW_VARIANTS = ['closure', 'no-prediction'] as const

/** Seeds that were looked at while constants were chosen; a study on one of them is not held out. */
export const TUNING_SEEDS: readonly number[] = [1, 5, 7, 31, 32, 33, 41, 42, 43, 44]

export type TunedBaselines = readonly (readonly [BaselineName, number])[]

/** Batteries on which the baselines are tuned: other seeds, every group. */
export function tuningTasks(seed: number): CohortTask[] {
  return GROUPS.flatMap((group) =>
    CHEMISTRIES.map((chemistry): CohortTask => ({
      seed,
      purpose: 'tuning',
      group,
      chemistry,
      quality: 'typical',
      fault: null,
      years: 1,
      first: 0,
      count: 4,
      variants: ['closure'],
      baselines: BASELINE_NAMES.flatMap((name) =>
        BASELINES[name].map((parameter): [BaselineName, number] => [name, parameter]),
      ),
      story: false,
    })),
  )
}

/** Every cohort of the study, in the order of its tables. */
export function studyTasks(seed: number, batteryYears: number, baselines: TunedBaselines): CohortTask[] {
  const tasks: CohortTask[] = []
  const perGroup = batteryYears / GROUPS.length
  const add = (
    part: Pick<CohortTask, 'group' | 'quality' | 'fault' | 'years' | 'variants'>,
    batteries: number,
    offset: number,
  ) => {
    // A small study leaves out what its share does not make half a battery of.
    if (part.years === LONG_YEARS && batteries < 0.5) return
    // Even numbers, half of them of each chemistry.
    const each = Math.max(1, Math.round(batteries / 2))
    for (const chemistry of CHEMISTRIES) {
      for (let first = 0; first < each; first += COHORT) {
        const story = tasks.length === 0
        const count = Math.min(COHORT, each - first)
        tasks.push({
          seed,
          purpose: 'study',
          chemistry,
          ...part,
          first: offset + first,
          count,
          baselines,
          story,
        })
      }
    }
  }
  const typical = perGroup * (1 - 2 * QUALITY_PART - FAULT_PART)
  for (const group of GROUPS) {
    const short = { group, fault: null, years: 1, variants: VARIANTS } as const
    const lives = Math.round(typical * (1 - LONG_PART))
    const ablated = Math.min(ABLATED, lives)
    add({ ...short, quality: 'typical' }, ablated, 0)
    if (lives > ablated) {
      add({ ...short, quality: 'typical', variants: FEW_VARIANTS }, lives - ablated, 50_000)
    }
    add(
      { group, fault: null, years: LONG_YEARS, quality: 'typical', variants: FEW_VARIANTS },
      (typical * LONG_PART) / LONG_YEARS,
      100_000,
    )
    for (const quality of ['good', 'poor'] as const) {
      add({ ...short, quality, variants: FEW_VARIANTS }, perGroup * QUALITY_PART, 200_000)
    }
    for (const fault of FAULTS) {
      const batteries = (perGroup * FAULT_PART) / FAULTS.length
      add({ ...short, quality: 'typical', fault, variants: FEW_VARIANTS }, batteries, 300_000)
    }
  }
  return tasks
}
