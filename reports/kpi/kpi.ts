import type { RunResults } from '../../data/run-files.ts'
import type { ScenarioView } from '../scenario-view.ts'

/** What a KPI is computed from: the results of all communities, or of one. */
export interface KpiInput {
  readonly results: RunResults
  readonly scenario: ScenarioView
}

/** One key figure: everything a reader needs to check it stands beside the function that makes it. */
export interface Kpi<Id extends string = string> {
  /** Stable name in kpi.json. */
  readonly id: Id
  readonly label: string
  /** `kWh`, `USD/month`, `fraction`, `count`, … */
  readonly unit: string
  readonly better: 'higher' | 'lower' | 'neutral'
  readonly formula: string
  /** Fields of results.json and the scenario that it uses, or the definition it follows. */
  readonly source: string
  /** Left out: in every run. A figure of something that a run does not have is not listed there. */
  readonly applies?: (input: KpiInput) => boolean
  /** null: not defined for this run (nothing was traded, there is no battery, …). */
  readonly compute: (input: KpiInput) => number | null
  /** The same figure of every home that has one; its spread is reported beside the value. */
  readonly homes?: (input: KpiInput) => number[]
}
