import type { ViabilitySection } from '../section.ts'
import { claims } from './sections/claims.ts'
import { competition } from './sections/competition.ts'
import { hardwareSection } from './sections/hardware.ts'
import { ipSection } from './sections/ip.ts'
import { lettersSection } from './sections/letters.ts'
import { lowIncomeSection } from './sections/low-income.ts'
import { modelValidation } from './sections/model-validation.ts'
import { otherUtilitiesSection } from './sections/other-utilities.ts'
import { phaseOne } from './sections/phase-one.ts'
import { pilotBudget } from './sections/pilot-budget.ts'
import { pilotEconomics } from './sections/pilot-economics.ts'
import { pilotPlan } from './sections/pilot-plan.ts'
import { risksSection } from './sections/risks.ts'
import { utilityCaseSection } from './sections/utility-case.ts'

/** Sections on pilot, budget, market and risk, in order. */
export const BUSINESS_SECTIONS: readonly ViabilitySection[] = [
  claims,
  pilotPlan,
  pilotBudget,
  pilotEconomics,
  risksSection,
  lettersSection,
  utilityCaseSection,
  lowIncomeSection,
  otherUtilitiesSection,
  hardwareSection,
  competition,
  ipSection,
  phaseOne,
  modelValidation,
]
