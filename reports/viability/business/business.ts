import type { ViabilityStudy } from '../../../data/viability-files.ts'
import type { ReportInput } from '../../report-input.ts'

/** What the sections on pilot, market and risk tell, from the run, the study and the scenario. */
export interface Business {
  /** Of a pilot with these homes, USD for each; null: the scenario has no budget. */
  readonly pilotUsdPerHome: number | null
}

/** Makes the numbers of the business sections; equal inputs give equal numbers. */
export function businessOf(_report: ReportInput, _study: ViabilityStudy | null): Business {
  return { pilotUsdPerHome: null }
}
