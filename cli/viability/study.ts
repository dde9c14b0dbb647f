import { VppError } from '../../data/errors.ts'
import type { ViabilityStudy } from '../../data/viability-files.ts'
import { readHomeHours } from '../../reports/viability/read-homes.ts'
import type { ReportInput } from '../../reports/report-input.ts'
import { viabilityStudy } from '../../reports/viability/study/study.ts'
import type { Scenario } from '../../scenarios/schema.ts'
import { studyPlan, studyScenario } from '../../scenarios/study/plan.ts'
import { prepare } from '../../sim/prepare.ts'
import type { Progress } from '../../sim/run.ts'
import { runStudy } from '../../sim/study/run-study.ts'
import type { Subject } from './find-subject.ts'

/** Module that makes the measures of a run, by its address. */
const MEASURES_URL = new URL('../../reports/viability/study/measures.ts', import.meta.url).href

export interface StudyOptions {
  readonly draws: number
  readonly seed: number
  readonly runDir: string
  readonly runsDir: string
  readonly version: string
  readonly workers: number
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

/** Minutes of an hour, where the scenario's data allow it; else the scenario's own step. */
function stepsOf({ scenario, baseDir }: Subject): Scenario {
  const own = scenario.settlementMinutes
  for (const minutes of [60, own] as const) {
    const candidate = studyScenario(scenario, minutes)
    try {
      prepare(candidate, baseDir)
      return candidate
    } catch (error) {
      if (!(error instanceof VppError) || minutes === own) throw error
    }
  }
  return scenario
}

/** Runs the uncertainty study of a run; null: it was stopped. */
export async function study(
  subject: Subject,
  report: ReportInput,
  options: StudyOptions,
): Promise<ViabilityStudy | null> {
  const scenario = stepsOf(subject)
  const plan = studyPlan(scenario, options.draws, options.seed, report.retail.greatest)
  const measures = await runStudy({
    points: plan.points,
    baseDir: subject.baseDir,
    inputs: prepare(scenario, subject.baseDir).inputs,
    outDir: options.runsDir,
    version: options.version,
    workers: options.workers,
    figures: MEASURES_URL,
    signal: options.signal,
    onProgress: options.onProgress,
  })
  if (measures === null) return null
  const series = await readHomeHours(options.runDir, report.results)
  return viabilityStudy({ report, plan, stepMinutes: scenario.settlementMinutes, measures }, series)
}
