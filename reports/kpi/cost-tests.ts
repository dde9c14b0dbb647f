import { homesOf, billNet, billLine, totalOf } from './sums.ts'
import {
  capitalRecovery,
  COST_TEST_FORMULAS,
  type CostTestInput,
  type CostTestName,
  costTests,
} from '../../models/finance/cost-tests.ts'
import type { EconomicsView } from '../scenario-view.ts'
import type { Kpi, KpiInput } from './kpi.ts'

/** What the cost tests take from a run, before any price that is not in a bill: a year of the plant against solar only. */
export interface CostTestParts {
  readonly billSavingUsd: number
  readonly incentiveUsd: number
  readonly discomfortUsd: number
  readonly lostRevenueUsd: number
  /** Supply that need not be bought, kWh a year. */
  readonly supplyKwh: number
  readonly peakKw: number
  readonly batteryKwh: number
}

export function costTestParts({ results }: Pick<KpiInput, 'results'>): CostTestParts {
  const years = results.simulatedDays / 365
  const homes = homesOf(results)
  const yearly = (microUsd: number) => microUsd / 1e6 / years
  const sum = (value: (home: (typeof homes)[number]) => number) =>
    homes.reduce((all, home) => all + value(home), 0)
  const throughBills = sum(
    (home) => billLine(home, 'solar-only', 'programMicroUsd') - billLine(home, 'plant', 'programMicroUsd'),
  )
  const answers = results.communities.flatMap(({ demandResponse }) => demandResponse ?? [])
  const besideBills = answers.reduce((all, { paidMicroUsd }) => all + paidMicroUsd, 0)
  const saved = sum((home) => billNet(home, 'solar-only') - billNet(home, 'plant')) - throughBills
  const revenue =
    totalOf(results, ({ utilityRevenueMicroUsd: by }) => by['solar-only'] - by.plant) - throughBills
  return {
    billSavingUsd: yearly(saved),
    incentiveUsd: yearly(throughBills + besideBills),
    discomfortUsd: yearly(answers.reduce((all, { costMicroUsd }) => all + costMicroUsd, 0)),
    lostRevenueUsd: yearly(revenue),
    supplyKwh: totalOf(results, ({ utilitySupplyMilliWh: by }) => by['solar-only'] - by.plant) / 1e6 / years,
    peakKw: totalOf(results, ({ peakImportW: by }) => by['solar-only'] - by.plant) / 1000,
    batteryKwh: sum(({ batteryKwh }) => batteryKwh),
  }
}

/** The parts of a run with the prices of a scenario. */
export function pricedCostTest(parts: CostTestParts, economics: EconomicsView): CostTestInput {
  const { supplyKwh, discomfortUsd } = parts
  const price = parts.batteryKwh * economics.batteryUsdPerKwh
  const equipment = (rate: number) => price * capitalRecovery(rate, economics.batteryLifeYears)
  return {
    billSavingUsd: parts.billSavingUsd,
    incentiveUsd: parts.incentiveUsd,
    equipmentUsd: equipment(economics.discountFraction) + discomfortUsd,
    equipmentSocietalUsd: equipment(economics.socialDiscountFraction) + discomfortUsd,
    taxCreditUsd: equipment(economics.discountFraction) * economics.taxCreditFraction,
    programUsd: economics.programUsdPerMonth * 12,
    avoidedUsd:
      supplyKwh * economics.avoidedSupplyUsdPerKwh + parts.peakKw * economics.avoidedCapacityUsdPerKwYear,
    lostRevenueUsd: parts.lostRevenueUsd,
    externalityUsd: (supplyKwh * economics.marginalCarbonKgPerKwh * economics.carbonUsdPerTonne) / 1000,
  }
}

/** A year of the plant against solar only, as the cost tests take it. */
export const costTestInput = (input: KpiInput): CostTestInput =>
  pricedCostTest(costTestParts(input), input.scenario.economics)

const net = <Id extends string>(id: Id, name: CostTestName, label: string) =>
  ({
    id,
    label: `${label}, net benefit (${name})`,
    unit: 'USD/year',
    better: 'higher',
    formula: `${COST_TEST_FORMULAS[name]}, benefit less cost; the plant against solar only`,
    source: 'California Standard Practice Manual (2001), models/finance/cost-tests.ts',
    compute: (input) => costTests(costTestInput(input)).find((test) => test.name === name)?.netUsd ?? null,
  }) as const satisfies Kpi

export const participantTest = net('pct-net', 'PCT', 'Participants')
export const ratepayerTest = net('rim-net', 'RIM', 'Other ratepayers')
export const administratorTest = net('pac-net', 'PAC', 'Utility')
export const resourceTest = net('trc-net', 'TRC', 'All resources')
export const societalTest = net('sct-net', 'SCT', 'Society')
