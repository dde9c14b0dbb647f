import { UNCERTAIN_NAMES, VIABILITY_FACTS } from '../../../data/viability-facts.ts'
import type { StudyInput as Sourced, StudyVariable, ViabilityStudy } from '../../../data/viability-files.ts'
import type { KpiId } from '../../kpi/registry.ts'
import type { ReportInput } from '../../report-input.ts'
import type { HomeHours } from '../read-homes.ts'
import { breakEvens, tradeMap } from './break-even.ts'
import { intervalOf, intervalOrNull, shareOf } from './interval.ts'
import { incentiveRows, investments, levelized } from './investment.ts'
import { reliabilityStudy } from './reliability.ts'
import { rulesIntervals } from './rules.ts'
import { baseDraw, type Draw, drawsOf, measured, ofRun, type StudyInput } from './study-input.ts'
import { carbonStudy, costTestStudies } from './tests-and-carbon.ts'
import { tornados } from './tornado.ts'

/** Everything that a study found, from what its runs gave; the same input gives the same bytes. */
export function viabilityStudy(input: StudyInput, series: readonly HomeHours[]): ViabilityStudy {
  const base = baseDraw(input)
  const draws = drawsOf(input)
  const { seed } = input.plan
  return {
    seed,
    draws: draws.length,
    stepMinutes: input.stepMinutes,
    tokens: false,
    variables: variables(input),
    inputs: otherInputs(input.report),
    rules: rulesIntervals(input, draws),
    figures: figures(draws),
    stepCheck: stepCheck(input.report, base),
    investments: investments(input, base, draws),
    incentives: incentiveRows(input, base),
    levelized: levelized(input, draws),
    tornados: tornados(input),
    breakEvens: breakEvens(input),
    map: tradeMap(input),
    costTests: costTestStudies(input, draws),
    carbon: carbonStudy(input, draws),
    reliability: reliabilityStudy(input.report, series),
  }
}

const variables = ({ report, plan }: StudyInput): StudyVariable[] =>
  UNCERTAIN_NAMES.map((id) => {
    const { low, mode, high, source, year, grade } = report.scenario.viability.uncertain[id]
    const { what: label, unit } = VIABILITY_FACTS[id]
    return { id, label, unit, low, mode: mode ?? null, high, base: plan.base[id], source, year, grade }
  })

function figures(draws: readonly Draw[]): ViabilityStudy['figures'] {
  const traded = draws.map(({ measures }) => ofRun(measures, 'tradedKwh'))
  return {
    selfSufficiency: intervalOf(draws.map(({ measures }) => measures.selfSufficiency ?? 0)),
    tradedKwhPerYear: intervalOf(traded),
    peakChange: intervalOrNull(
      draws.map(({ measures }) => {
        const before = ofRun(measures, 'peakSolarOnlyKw')
        return before > 0 ? ofRun(measures, 'peakKw') / before - 1 : null
      }),
    ),
    tradesShare: shareOf(traded, (kwh) => kwh > 0),
    tradingGainUsdPerMonth: intervalOf(draws.map(({ measures }) => ofRun(measures, 'tradingGain'))),
  }
}

/** The same key figures in the run and in the study’s coarser steps. */
function stepCheck({ kpis }: ReportInput, { measures }: Draw): ViabilityStudy['stepCheck'] {
  const value = (id: KpiId) => kpis.kpis.find((kpi) => kpi.id === id)?.value ?? null
  const rows = [
    ['self-sufficiency', 'Self-sufficiency', '%', 100, 'selfSufficiency'],
    ['trading-gain', 'Mean home’s gain by trading', 'USD/month', 1, 'tradingGain'],
  ] as const
  return rows.flatMap(([id, label, unit, times, name]) => {
    const run = value(id)
    const study = measures[name]
    return run === null || typeof study !== 'number'
      ? []
      : [{ id, label, unit, run: run * times, study: measured(measures, name) * times }]
  })
}

/** What the study reckons with and no draw varies. */
function otherInputs({ scenario: { viability, economics } }: ReportInput): Sourced[] {
  const one = (
    label: string,
    value: number,
    unit: string,
    source: string,
    year: number,
    grade: Sourced['grade'],
  ): Sourced => ({ label, value, unit, source, year, grade })
  const reopt = 'REopt defaults, January 2026'
  return [
    one('Years reckoned with', viability.years, 'years', reopt, 2026, 'primary'),
    one(
      'Yearly rise of electricity prices',
      viability.priceEscalationFraction * 100,
      '%',
      reopt,
      2026,
      'primary',
    ),
    one('Yearly rise of upkeep', viability.upkeepEscalationFraction * 100, '%', reopt, 2026, 'primary'),
    one('Upkeep of solar', viability.solarUpkeepUsdPerKwYear, 'USD/kW/year', reopt, 2026, 'primary'),
    one(
      'Upkeep of a battery, of its price',
      viability.batteryUpkeepFraction * 100,
      '%/year',
      `${reopt}, of commercial sites`,
      2026,
      'derived',
    ),
    one('DC over AC nameplate of solar', viability.solarDcAcRatio, '–', reopt, 2026, 'primary'),
    one(
      'Damage of a tonne of CO₂',
      economics.carbonUsdPerTonne,
      'USD/t',
      'scenario; REopt: 51',
      2026,
      'primary',
    ),
    one(
      'Discount rate of society',
      economics.socialDiscountFraction * 100,
      '%',
      'assumption of the scenario',
      0,
      'assumed',
    ),
  ]
}
