import { PILOT_FACTS, type Fact, type PilotFact } from '../../../data/pilot-facts.ts'
import type { InputGrade } from '../../../data/viability-files.ts'
import { type PilotBudget, pilotBudget } from '../../../models/pilot/budget.ts'
import { type CashResult, cashByMonth } from '../../../models/pilot/cash.ts'
import { type PackageCost, packageCost, PACKAGES } from '../../../models/pilot/packages.ts'
import { type Schedule, schedule } from '../../../models/pilot/schedule.ts'
import {
  breakEvenHomes,
  type HomeEconomics,
  unitEconomics,
  type UnitResult,
} from '../../../models/pilot/unit-economics.ts'
import { homesOf } from '../../kpi/sums.ts'
import type { ReportInput } from '../../report-input.ts'
import type { PilotView } from '../../scenario-view.ts'

/** One home with a package of devices, after the pilot. */
export interface PackageCase {
  readonly cost: PackageCost
  readonly unit: UnitResult
  /** Homes from which margins pay staff and hosting; null: no number does. */
  readonly breakEvenHomes: number | null
  /** The same where no demand-response program pays. */
  readonly marginWithoutProgramUsd: number
  readonly breakEvenWithoutProgramHomes: number | null
}

export interface PlannedInput {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly source: string
  readonly year: number | null
  readonly grade: InputGrade
}

export interface PilotPart {
  readonly budget: PilotBudget
  readonly schedule: Schedule
  readonly revenue: HomeEconomics['revenue']
  /** Power that a battery gives over an event, mean over all homes of the run, kW. */
  readonly programKwPerHome: number
  readonly packages: readonly PackageCase[]
  readonly production: PackageCase
  readonly fixedUsdPerMonth: number
  readonly cash: CashResult
  readonly inputs: readonly PlannedInput[]
}

const PROGRAM = 'Share of demand response'

/** kW of every battery over an event, spread over all homes. */
function programKw({ results, scenario }: ReportInput): number {
  const homes = homesOf(results)
  const called = homes.reduce(
    (sum, { batteryKw, batteryKwh }) => sum + Math.min(batteryKw, batteryKwh / scenario.pilot.programHours),
    0,
  )
  return called / homes.length
}

/** Budget, plan, economics and cash of the pilot that the scenario plans and of what follows it. */
export function pilotPart(report: ReportInput): PilotPart {
  const { pilot } = report.scenario
  const homes = homesOf(report.results).length
  const operator = report.kpis.kpis.find(({ id }) => id === 'operator-income')?.value ?? 0
  const programKwPerHome = programKw(report)
  const revenue = [
    { label: 'Price that the home pays', usdPerMonth: pilot.priceUsdPerHomeMonth },
    { label: 'Fee of the utility for the virtual meter', usdPerMonth: pilot.utilityFeeUsdPerHomeMonth },
    { label: 'Fee on traded energy, as in this run', usdPerMonth: operator / homes },
    {
      label: PROGRAM,
      usdPerMonth: (programKwPerHome * pilot.programUsdPerKwYear * pilot.programShareFraction) / 12,
    },
  ]
  const fixedUsdPerMonth = pilot.production.fixedUsdPerMonth + pilot.hostingUsdPerMonth
  const packages = PACKAGES.map((name) => packageCase(pilot, name, revenue, fixedUsdPerMonth))
  const production = packages[PACKAGES.indexOf(pilot.production.hardware)]
  const budget = pilotBudget(pilot)
  return {
    budget,
    schedule: schedule(pilot),
    revenue,
    programKwPerHome,
    packages,
    production,
    fixedUsdPerMonth,
    cash: cashByMonth({
      budget,
      grantUsd: pilot.grantUsd,
      grantInstalments: pilot.grantInstalments,
      production: {
        months: pilot.production.months,
        homes: pilot.production.homes,
        fixedUsdPerMonth,
        contributionUsdPerHomeMonth: production.unit.contributionUsdPerMonth,
        onceUsdPerHome: production.cost.totalUsd + pilot.acquisitionUsdPerHome,
      },
    }),
    inputs: plannedInputs(pilot),
  }
}

function packageCase(
  pilot: PilotView,
  name: (typeof PACKAGES)[number],
  revenue: HomeEconomics['revenue'],
  fixedUsdPerMonth: number,
): PackageCase {
  const cost = packageCost(pilot.hardware, name)
  const home: HomeEconomics = {
    revenue,
    variableUsdPerMonth: pilot.supportUsdPerHomeMonth + cost.replacementUsdPerMonth,
    equipmentUsd: cost.totalUsd,
    acquisitionUsd: pilot.acquisitionUsdPerHome,
    lifeYears: pilot.hardware.lifeYears,
    discountFraction: pilot.discountFraction,
  }
  const unit = unitEconomics(home)
  const without = unitEconomics({ ...home, revenue: revenue.filter(({ label }) => label !== PROGRAM) })
  return {
    cost,
    unit,
    breakEvenHomes: breakEvenHomes(fixedUsdPerMonth, unit.marginUsdPerMonth),
    marginWithoutProgramUsd: without.marginUsdPerMonth,
    breakEvenWithoutProgramHomes: breakEvenHomes(fixedUsdPerMonth, without.marginUsdPerMonth),
  }
}

/** Value of a field of the scenario's pilot by its dotted name. */
function valueAt(pilot: PilotView, name: PilotFact): number {
  let value: unknown = pilot
  for (const part of name.split('.')) value = (value as Readonly<Record<string, unknown>>)[part]
  if (typeof value !== 'number') throw new Error(`internal: pilot.${name} is no number`)
  return value
}

/** Every priced input: with the source of the default where the scenario has it, else as the scenario's own. */
function plannedInputs(pilot: PilotView): PlannedInput[] {
  return (Object.entries(PILOT_FACTS) as [PilotFact, Fact][]).map(([name, fact]) => {
    const value = valueAt(pilot, name)
    const { what, unit } = fact
    return value === fact.value
      ? { what, value, unit, source: fact.source, year: fact.year, grade: fact.grade }
      : { what, value, unit, source: 'the scenario', year: null, grade: 'assumed' }
  })
}
