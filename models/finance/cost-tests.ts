import { payment } from './annuity.ts'

/**
 * Cost tests of the California Standard Practice Manual (2001): one year's benefits and costs of a program as seen by
 * five parties, USD a year. Payments between parties are transfers: they matter to a participant and to other
 * ratepayers, and cancel in the total-resource and societal tests.
 */
export interface CostTestInput {
  /** What participants' bills fall by, incentives not among it; fees and payments to neighbors are in it. */
  readonly billSavingUsd: number
  /** Paid to participants by the program. */
  readonly incentiveUsd: number
  /** Equipment of participants by the year: its price by the capital recovery factor. */
  readonly equipmentUsd: number
  /** The same at the societal discount rate. */
  readonly equipmentSocietalUsd: number
  /** Tax credits on the equipment, by the year. */
  readonly taxCreditUsd: number
  /** What running the program costs. */
  readonly programUsd: number
  /** Supply and capacity that need not be bought. */
  readonly avoidedUsd: number
  /** What the utility no longer gets from participants. */
  readonly lostRevenueUsd: number
  /** Damage that is avoided: carbon at its social cost. */
  readonly externalityUsd: number
}

export const COST_TESTS = ['PCT', 'RIM', 'PAC', 'TRC', 'SCT'] as const
export type CostTestName = (typeof COST_TESTS)[number]

export interface CostTest {
  readonly name: CostTestName
  readonly label: string
  readonly formula: string
  readonly benefitUsd: number
  readonly costUsd: number
  readonly netUsd: number
  /** Benefit over cost; null where there is no cost. */
  readonly ratio: number | null
}

/** Yearly payment for 1 USD over so many years at a rate: the capital recovery factor. */
export const capitalRecovery = (rate: number, years: number): number => 0 - payment(rate, years, 1)

/** The five tests. A negative benefit stays a benefit: a bill that rises is a loss, not a cost of the program. */
export function costTests(input: CostTestInput): CostTest[] {
  const { billSavingUsd, incentiveUsd, equipmentUsd, equipmentSocietalUsd, taxCreditUsd } = input
  const { programUsd, avoidedUsd, lostRevenueUsd, externalityUsd } = input
  return [
    test('PCT', 'Participants', billSavingUsd + incentiveUsd + taxCreditUsd, equipmentUsd),
    test('RIM', 'Other ratepayers', avoidedUsd, programUsd + incentiveUsd + lostRevenueUsd),
    test('PAC', 'Utility (program administrator)', avoidedUsd, programUsd + incentiveUsd),
    test('TRC', 'All resources', avoidedUsd, programUsd + equipmentUsd - taxCreditUsd),
    test('SCT', 'Society', avoidedUsd + externalityUsd, programUsd + equipmentSocietalUsd),
  ]
}

export const COST_TEST_FORMULAS: Record<CostTestName, string> = {
  PCT: '(bill saving + incentives + tax credits) / equipment',
  RIM: 'avoided cost / (program + incentives + lost revenue)',
  PAC: 'avoided cost / (program + incentives)',
  TRC: 'avoided cost / (program + equipment − tax credits)',
  SCT: '(avoided cost + avoided carbon damage) / (program + equipment at the social rate)',
}

function test(name: CostTestName, label: string, benefitUsd: number, costUsd: number): CostTest {
  return {
    name,
    label,
    formula: COST_TEST_FORMULAS[name],
    benefitUsd,
    costUsd,
    netUsd: benefitUsd - costUsd,
    ratio: costUsd > 0 ? benefitUsd / costUsd : null,
  }
}
