import { MARKET_FACTS } from '../../../data/pilot-facts.ts'
import { capitalRecovery, costTests } from '../../../models/finance/cost-tests.ts'
import { costTestInput } from '../../kpi/cost-tests.ts'
import { homesOf } from '../../kpi/sums.ts'
import type { ReportInput } from '../../report-input.ts'

/** The virtual meter as the utility sees it, USD for a home and year; gains > 0. */
export interface UtilityCase {
  readonly feeUsd: number
  /** A smart meter of its own, by the year. */
  readonly smartMeterUsd: number
  readonly smartMeterPriceUsd: number
  readonly smartMeterLifeYears: number
  /** Supply and capacity that it need not buy. */
  readonly avoidedUsd: number
  /** Revenue that it no longer has, against solar only. */
  readonly lostRevenueUsd: number
  readonly incentiveUsd: number
  /** Avoided cost less lost revenue, incentives and the fee: the homes have smart meters already. */
  readonly netWithMetersUsd: number
  /** The same where the service stands in for a meter that would have to be bought. */
  readonly netWithoutMetersUsd: number
  /** Highest fee that leaves it no worse off, where a meter would have to be bought; below zero: none does. */
  readonly mostFeeUsdPerMonth: number
  /** Benefit less cost of the cost tests, USD a year for all homes. */
  readonly ratepayersUsdPerYear: number
  readonly administratorUsdPerYear: number
}

export function utilityCase(report: ReportInput): UtilityCase {
  const { pilot } = report.scenario
  const homes = homesOf(report.results).length
  const input = costTestInput(report)
  const net = (name: 'RIM' | 'PAC') => costTests(input).find((test) => test.name === name)?.netUsd ?? 0
  const feeUsd = pilot.utilityFeeUsdPerHomeMonth * 12
  const { value: smartMeterPriceUsd } = MARKET_FACTS.smartMeterUsd
  const { value: smartMeterLifeYears } = MARKET_FACTS.smartMeterLifeYears
  const smartMeterUsd = smartMeterPriceUsd * capitalRecovery(pilot.discountFraction, smartMeterLifeYears)
  const avoidedUsd = input.avoidedUsd / homes
  const lostRevenueUsd = input.lostRevenueUsd / homes
  const incentiveUsd = input.incentiveUsd / homes
  const before = avoidedUsd - lostRevenueUsd - incentiveUsd
  return {
    feeUsd,
    smartMeterUsd,
    smartMeterPriceUsd,
    smartMeterLifeYears,
    avoidedUsd,
    lostRevenueUsd,
    incentiveUsd,
    netWithMetersUsd: before - feeUsd,
    netWithoutMetersUsd: before - feeUsd + smartMeterUsd,
    mostFeeUsdPerMonth: (before + smartMeterUsd) / 12,
    ratepayersUsdPerYear: net('RIM'),
    administratorUsdPerYear: net('PAC'),
  }
}
