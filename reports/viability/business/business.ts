import type { ViabilityStudy } from '../../../data/viability-files.ts'
import { burnEvidence } from '../../evidence/burn-study.ts'
import { type LicenceEvidence, licenceEvidence } from '../../evidence/licences.ts'
import { type ModelEvidence, modelEvidence } from '../../evidence/model-validation.ts'
import type { ReportInput } from '../../report-input.ts'
import { type LetterState, letterStates } from './letters.ts'
import { type LowIncomeCase, lowIncomeCase } from './low-income.ts'
import { type OtherUtilities, otherUtilities } from './other-utilities.ts'
import { type PilotPart, pilotPart } from './pilot.ts'
import { type Risk, riskRegister } from './risks.ts'
import { type UtilityCase, utilityCase } from './utility-case.ts'

/** Checks of one model, over its references. */
export interface ModelFamily {
  readonly family: string
  readonly references: number
  readonly checks: number
  readonly passed: number
  /** Part of its tolerance that the worst check uses. */
  readonly used: number
  readonly computedBy: readonly string[]
}

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
  /** The burn study that ships: simulated batteries, and how many of them lost more tokens than energy. */
  /** Simulated batteries that lost more tokens than energy: under typical telemetry, and under faults and adversaries. */
  readonly burnTrial: {
    readonly batteries: number
    readonly overBurned: number
    readonly faultBatteries: number
    readonly faultOverBurned: number
  }
  /** Measured when this version was made. */
  readonly models: ModelEvidence
  readonly modelFamilies: readonly ModelFamily[]
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
  const models = modelEvidence()
  const letters = letterStates(report.scenario.pilot, letterExists)
  return {
    pilotUsdPerHome: pilot.budget.usdPerHome,
    pilot,
    utility: utilityCase(report),
    lowIncome: lowIncomeCase(report),
    otherUtilities: otherUtilities(report),
    letters,
    risks: riskRegister(report, study, pilot, letters),
    burnTrial: burnTrial(),
    models,
    modelFamilies: familiesOf(models),
    licences: licenceEvidence(),
  }
}

function burnTrial(): Business['burnTrial'] {
  const { groups, faults } = burnEvidence()
  const sum = <T>(of: readonly T[], what: (one: T) => number): number =>
    of.reduce((total, one) => total + what(one), 0)
  return {
    batteries: sum(groups, (group) => group.batteries),
    overBurned: sum(groups, ({ figures }) => figures.find(({ id }) => id === 'over-burned')?.value ?? 0),
    faultBatteries: sum(faults, (fault) => fault.batteries),
    faultOverBurned: sum(faults, (fault) => fault.overBurned),
  }
}

const familiesOf = ({ sources }: ModelEvidence): ModelFamily[] =>
  [...Map.groupBy(sources, ({ family }) => family)].map(([family, all]) => ({
    family,
    references: all.length,
    checks: all.reduce((sum, { checks }) => sum + checks, 0),
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    used: Math.max(...all.map(({ worst }) => worst.used)),
    computedBy: [...new Set(all.map(({ computedBy }) => computedBy))],
  }))
