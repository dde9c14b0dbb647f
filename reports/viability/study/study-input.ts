import type { StudyValues } from '../../../data/viability-facts.ts'
import type { HomeResult } from '../../../data/run-files.ts'
import { homesOf } from '../../kpi/sums.ts'
import type { ReportInput } from '../../report-input.ts'
import { homeKey, type HomeMeasure, type RunMeasure } from './measures.ts'

/** Measures of one run of the study, by name. */
export type Measures = Readonly<Record<string, number | null>>

/** What the study ran, and what came of it. */
export interface StudyInput {
  readonly report: ReportInput
  readonly plan: {
    readonly seed: number
    readonly base: StudyValues
    readonly draws: readonly StudyValues[]
    readonly exportUsdPerKwh: readonly number[]
    readonly chargeUsdPerKwh: readonly number[]
  }
  readonly stepMinutes: number
  /** By the id of the point. */
  readonly measures: ReadonlyMap<string, Measures>
}

/** One draw: the values that it has, and what its run gave. */
export interface Draw {
  readonly values: StudyValues
  readonly measures: Measures
}

export function measuresOf({ measures }: StudyInput, id: string): Measures {
  const found = measures.get(id)
  if (found === undefined) throw new Error(`internal: the study has no run ${id}`)
  return found
}

export const baseDraw = (input: StudyInput): Draw => ({
  values: input.plan.base,
  measures: measuresOf(input, 'base'),
})

export const drawsOf = (input: StudyInput): Draw[] =>
  input.plan.draws.map((values, at) => ({ values, measures: measuresOf(input, `draw-${at}`) }))

/** A measure that every run has. */
export function measured(measures: Measures, name: string): number {
  const value = measures[name]
  if (typeof value !== 'number') throw new Error(`internal: no measure ${name}`)
  return value
}

export const ofRun = (measures: Measures, name: RunMeasure): number => measured(measures, name)
export const ofHome = (measures: Measures, home: number, name: HomeMeasure): number =>
  measured(measures, homeKey(home, name))

/** Homes with their place in the measures. */
export const placedHomes = ({ report }: StudyInput): { home: HomeResult; at: number }[] =>
  homesOf(report.results).map((home, at) => ({ home, at }))
