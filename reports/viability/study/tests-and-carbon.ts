import type { CarbonStudy, CostTestStudy } from '../../../data/viability-files.ts'
import { costTests } from '../../../models/finance/cost-tests.ts'
import { type CostTestParts, pricedCostTest } from '../../kpi/cost-tests.ts'
import { intervalOf, intervalOrNull, shareOf } from './interval.ts'
import { partKey } from './measures.ts'
import { type Draw, measured, ofRun, type StudyInput } from './study-input.ts'

const PARTS = [
  'billSavingUsd',
  'incentiveUsd',
  'discomfortUsd',
  'lostRevenueUsd',
  'supplyKwh',
  'peakKw',
  'batteryKwh',
] as const satisfies readonly (keyof CostTestParts)[]

const partsOf = ({ measures }: Draw): CostTestParts =>
  Object.fromEntries(PARTS.map((name) => [name, measured(measures, partKey(name))])) as Record<
    (typeof PARTS)[number],
    number
  >

/** The five tests with the prices of each draw: battery cost and life, discount rate, wholesale price. */
export function costTestStudies({ report }: StudyInput, draws: readonly Draw[]): CostTestStudy[] {
  const each = draws.map((draw) => {
    const { batteryCost, batteryLife, discount, wholesale } = draw.values
    return costTests(
      pricedCostTest(partsOf(draw), {
        ...report.scenario.economics,
        batteryUsdPerKwh: batteryCost,
        batteryLifeYears: batteryLife,
        discountFraction: discount,
        avoidedSupplyUsdPerKwh: wholesale,
      }),
    )
  })
  return each[0].map(({ name, label, formula }, at) => {
    const tests = each.map((one) => one[at])
    return {
      name,
      label,
      formula,
      netUsdPerYear: intervalOf(tests.map(({ netUsd }) => netUsd)),
      ratio: intervalOrNull(tests.map(({ ratio }) => ratio)),
      passesShare: shareOf(tests, ({ netUsd }) => netUsd >= 0),
    }
  })
}

/** CO2 avoided, by the rate of the plant that is turned down and by that of the mean kWh. */
export function carbonStudy({ report }: StudyInput, draws: readonly Draw[]): CarbonStudy {
  const { economics, viability } = report.scenario
  const [byMargin, byMean] = [economics.marginalCarbonKgPerKwh, viability.averageCarbonKgPerKwh]
  const plant = draws.map((draw) => partsOf(draw).supplyKwh)
  const solar = draws.map(({ measures }) => ofRun(measures, 'solarAvoidedKwh'))
  const times = (kwh: readonly number[], rate: number) => intervalOf(kwh.map((one) => one * rate))
  return {
    marginal: {
      label: 'CO₂ of the plant that a kWh less turns down',
      value: byMargin,
      unit: 'kg/kWh',
      source: 'scenario, economics.marginalCarbonKgPerKwh; AVERT 2023, unweighted hourly mean of a region',
      year: 2023,
      grade: 'derived',
    },
    average: {
      label: 'CO₂ of the mean kWh',
      value: byMean,
      unit: 'kg/kWh',
      source: 'scenario, viability.averageCarbonKgPerKwh; eGRID 2023 subregion as copied in public code',
      year: 2023,
      grade: 'secondary',
    },
    avoidedKwhPerYear: intervalOf(plant),
    marginalKgPerYear: times(plant, byMargin),
    averageKgPerYear: times(plant, byMean),
    solarMarginalKgPerYear: times(solar, byMargin),
    solarAverageKgPerYear: times(solar, byMean),
  }
}
