import type { ViabilityStudy } from '../../../data/viability-files.ts'
import { type LicenceEvidence, licenceEvidence } from '../../evidence/licences.ts'
import { type ModelEvidence, modelEvidence } from '../../evidence/model-validation.ts'
import type { ReportInput } from '../../report-input.ts'
import { type LetterState, letterStates } from './letters.ts'
import { type LowIncomeCase, lowIncomeCase } from './low-income.ts'
import { type OtherUtilities, otherUtilities } from './other-utilities.ts'
import { type PilotPart, pilotPart } from './pilot.ts'
import { type Risk, riskRegister } from './risks.ts'
import { type UtilityCase, utilityCase } from './utility-case.ts'

/** What the sections on pilot, market and risk tell, from the run, the study and the scenario. */
export interface Business {
  /** Of a pilot as the scenario plans it, USD for each home. */
  readonly pilotUsdPerHome: number | null
  readonly pilot: PilotPart
  readonly utility: UtilityCase
  readonly lowIncome: LowIncomeCase
  readonly otherUtilities: OtherUtilities
  readonly letters: readonly LetterState[]
  readonly risks: readonly Risk[]
  /** Measured when this version was made. */
  readonly models: ModelEvidence
  readonly licences: LicenceEvidence
}

/**
 * Makes the numbers of the business sections; equal inputs give equal numbers.
 *
 * @param letterExists is there a file of that name, relative to the scenario?
 */
export function businessOf(
  report: ReportInput,
  study: ViabilityStudy | null,
  letterExists: (file: string) => boolean,
): Business {
  const pilot = pilotPart(report)
  const letters = letterStates(report.scenario.pilot, letterExists)
  return {
    pilotUsdPerHome: pilot.budget.usdPerHome,
    pilot,
    utility: utilityCase(report),
    lowIncome: lowIncomeCase(report),
    otherUtilities: otherUtilities(report),
    letters,
    risks: riskRegister(report, study, pilot, letters),
    models: modelEvidence(),
    licences: licenceEvidence(),
  }
}
