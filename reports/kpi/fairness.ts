import type { RunResults } from '../../data/run-files.ts'
import { electricBurden } from '../../models/fairness/burden.ts'
import { gini, jain, losersShare } from '../../models/fairness/inequality.ts'
import type { ScenarioView } from '../scenario-view.ts'
import type { Kpi, KpiInput } from './kpi.ts'
import { SAME_USD_PER_MONTH } from './roles.ts'
import { billNet, homesOf, monthlyGainUsd, ratio } from './sums.ts'

/** Homes that live on a bill: the community's battery is none. */
const people = (results: RunResults) => homesOf(results).filter(({ total }) => total.loadMilliWh > 0)

/** What trading alone saves each home, as part of the bill that it would have without. */
export const savingFractions = (results: RunResults): number[] =>
  people(results).flatMap((home) => {
    const before = billNet(home, 'own-battery')
    return before > 0 ? (ratio(before - billNet(home, 'plant'), before) ?? []) : []
  })

export const savingGini = {
  id: 'saving-gini',
  label: 'Gini of what trading saves',
  unit: '-',
  better: 'lower',
  formula:
    'Σ|xᵢ − xⱼ| / (2 n² x̄), x: saving by trading as part of the bill without; homes that pay a bill; not defined where one loses',
  source: 'homes[].months[].bills, models/fairness/inequality.ts',
  compute: ({ results }) => gini(savingFractions(results)),
} as const satisfies Kpi

export const savingJain = {
  id: 'saving-jain',
  label: 'Jain’s index of what trading saves',
  unit: '-',
  better: 'higher',
  formula: '(Σx)² / (n Σx²), x as for Gini',
  source: 'homes[].months[].bills, models/fairness/inequality.ts',
  compute: ({ results }) => jain(savingFractions(results)),
} as const satisfies Kpi

export const tradingLosers = {
  id: 'trading-losers',
  label: 'Homes that lose by trading',
  unit: 'fraction',
  better: 'lower',
  formula: 'homes whose bill is at least 1 cent a month higher with trading than without / homes',
  source: 'homes[].months[].bills',
  compute: ({ results }) =>
    losersShare(
      people(results).map((home) => monthlyGainUsd(results, home, 'own-battery')),
      SAME_USD_PER_MONTH,
    ),
} as const satisfies Kpi

export interface HomeBurden {
  readonly label: string
  readonly lowIncome: boolean
  readonly usdPerYear: number
  readonly source: string
  readonly before: number
  readonly after: number
}

/** Burden of every home whose income the scenario states, without trading and with the plant. */
export function burdens(results: RunResults, scenario: ScenarioView): HomeBurden[] {
  const incomes = new Map(
    scenario.communities.flatMap(({ homes }) => homes.map(({ id, income }) => [id, income] as const)),
  )
  return homesOf(results).flatMap((home) => {
    const income = incomes.get(home.id)
    if (income === undefined) return []
    const burden = (name: 'own-battery' | 'plant') =>
      electricBurden(billNet(home, name) / 1e6, results.simulatedDays, income.usdPerYear)
    return [
      {
        label: home.label,
        lowIncome: home.role === 'consumer',
        usdPerYear: income.usdPerYear,
        source: income.source,
        before: burden('own-battery'),
        after: burden('plant'),
      },
    ]
  })
}

const lowIncomeBurden =
  (when: 'before' | 'after') =>
  ({ results, scenario }: KpiInput): number | null => {
    const low = burdens(results, scenario).filter(({ lowIncome }) => lowIncome)
    return low.length === 0 ? null : low.reduce((sum, home) => sum + home[when], 0) / low.length
  }

export const burdenBefore = {
  id: 'low-income-burden-before',
  label: 'Electric burden of low-income consumers, without trading',
  unit: 'fraction',
  better: 'lower',
  formula: 'mean of yearly bill / gross yearly income; electricity only',
  source: 'homes[].months[].bills, communities[].homes[].income of the scenario',
  compute: lowIncomeBurden('before'),
} as const satisfies Kpi

export const burdenAfter = {
  ...burdenBefore,
  id: 'low-income-burden-after',
  label: 'Electric burden of low-income consumers, with the plant',
  compute: lowIncomeBurden('after'),
} as const satisfies Kpi
