import { RULE_BASELINES, type RunResults } from '../../../data/run-files.ts'
import { costTestParts, type CostTestParts } from '../../kpi/cost-tests.ts'
import { baselineNet } from '../../kpi/rule-baselines.ts'
import { selfSufficiency } from '../../kpi/self-sufficiency.ts'
import { traded } from '../../kpi/traded.ts'
import { tradingGain } from '../../kpi/trading-gain.ts'
import type { KpiInput } from '../../kpi/kpi.ts'
import type { ScenarioView } from '../../scenario-view.ts'
import { billLine, billNet, homesOf, monthsOf, ratio, totalEnergy, totalOf } from '../../kpi/sums.ts'

/** What is kept of one home in one run of the study, by the year unless it says otherwise. */
export const HOME_MEASURES = [
  'today',
  'wholesale',
  'time-varying',
  'trading',
  'batterySaving',
  'allSaving',
  'program',
  'solarKwh',
  'chargeKwh',
  'dischargeKwh',
  'fade',
] as const
export type HomeMeasure = (typeof HOME_MEASURES)[number]

/** Names of the measures of a whole run. */
export const RUN_MEASURES = [
  'selfSufficiency',
  'tradedKwh',
  'peakKw',
  'peakSolarOnlyKw',
  'tradingGain',
  'solarAvoidedKwh',
  'chargeUsdPerKwh',
] as const
export type RunMeasure = (typeof RUN_MEASURES)[number]

export const homeKey = (home: number, name: HomeMeasure): string => `home.${home}.${name}`
export const othersKey = (who: 'operator' | 'utility', rules: string): string => `${who}.${rules}`
export const partKey = (name: keyof CostTestParts): string => `part.${name}`

/**
 * Measures of one run of the study: monthly net results against the three sets of rules, what its equipment saves, and what cost
 * tests, carbon and levelized costs need. USD a month for the first three and `trading`, else by the year.
 */
export default function measures(results: RunResults, scenario: ScenarioView): Record<string, number | null> {
  const months = monthsOf(results)
  const years = results.simulatedDays / 365
  const homes = homesOf(results)
  const kept: Record<string, number | null> = {}
  for (const [at, home] of homes.entries()) {
    const plant = billNet(home, 'plant')
    const own = billNet(home, 'own-battery')
    const values: Record<HomeMeasure, number> = {
      today: (baselineNet(home, 'today') - plant) / 1e6 / months,
      wholesale: (baselineNet(home, 'wholesale') - plant) / 1e6 / months,
      'time-varying': (baselineNet(home, 'time-varying') - plant) / 1e6 / months,
      trading: (own - plant) / 1e6 / months,
      batterySaving: (billNet(home, 'solar-only') - own) / 1e6 / years,
      allSaving: (billNet(home, 'no-solar') - own) / 1e6 / years,
      program: -billLine(home, 'own-battery', 'programMicroUsd') / 1e6 / years,
      solarKwh: home.total.solarMilliWh / 1e6 / years,
      chargeKwh: home.total.chargeMilliWh / 1e6 / years,
      dischargeKwh: home.total.dischargeMilliWh / 1e6 / years,
      fade: home.batteryKwh > 0 ? (1 - home.batterySoh) / years : 0,
    }
    for (const name of HOME_MEASURES) kept[homeKey(at, name)] = values[name]
  }
  const operator = totalOf(results, ({ operatorIncomeMicroUsd }) => operatorIncomeMicroUsd)
  for (const rules of RULE_BASELINES) {
    const utility = totalOf(
      results,
      ({ utilityRevenueMicroUsd: now, baselineRevenueMicroUsd: before }) => now.plant - before[rules],
    )
    kept[othersKey('operator', rules)] = operator / 1e6 / months
    kept[othersKey('utility', rules)] = utility / 1e6 / months
  }
  for (const [name, value] of Object.entries(costTestParts({ results })))
    kept[partKey(name as keyof CostTestParts)] = value
  return { ...kept, ...ofRun({ results, scenario }, years) }
}

function ofRun(input: KpiInput, years: number): Record<RunMeasure, number | null> {
  const { results } = input
  const peak = (name: 'plant' | 'solar-only') =>
    totalOf(results, ({ peakImportW }) => peakImportW[name]) / 1000
  return {
    selfSufficiency: selfSufficiency.compute(input),
    tradedKwh: traded.compute(input) / years,
    peakKw: peak('plant'),
    peakSolarOnlyKw: peak('solar-only'),
    tradingGain: tradingGain.compute(input),
    solarAvoidedKwh:
      totalOf(results, ({ utilitySupplyMilliWh: by }) => by['no-solar'] - by['solar-only']) / 1e6 / years,
    chargeUsdPerKwh: totalEnergy(results, 'chargeMilliWh') > 0 ? chargingPrice(results) : null,
  }
}

/** What a kWh that is charged would have earned: its export's value, under net metering the mean retail price. */
function chargingPrice(results: RunResults): number | null {
  const homes = homesOf(results)
  const paid = homes.reduce((sum, home) => sum + billLine(home, 'no-solar', 'energyMicroUsd'), 0)
  const retail = ratio(paid, totalEnergy(results, 'loadMilliWh'))
  const [{ exportValue }] = results.communities
  return exportValue.netting ? retail : exportValue.mostUsdPerKwh
}
