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
  /** The service by itself: a meter that need not be bought, less the fee. */
  readonly serviceWithoutMetersUsd: number
  /** What homes do behind it, batteries and trading: avoided cost less lost revenue and incentives. */
  readonly plantUsd: number
  /** Both together, where homes have smart meters and where they would have to be bought. */
  readonly netWithMetersUsd: number
  readonly netWithoutMetersUsd: number
  /** Highest fee for the service at which it costs no more than a meter, a home and month. */
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
  const plantUsd = avoidedUsd - lostRevenueUsd - incentiveUsd
  return {
    feeUsd,
    smartMeterUsd,
    smartMeterPriceUsd,
    smartMeterLifeYears,
    avoidedUsd,
    lostRevenueUsd,
    incentiveUsd,
    serviceWithoutMetersUsd: smartMeterUsd - feeUsd,
    plantUsd,
    netWithMetersUsd: plantUsd - feeUsd,
    netWithoutMetersUsd: plantUsd - feeUsd + smartMeterUsd,
    mostFeeUsdPerMonth: smartMeterUsd / 12,
    ratepayersUsdPerYear: net('RIM'),
    administratorUsdPerYear: net('PAC'),
  }
}
