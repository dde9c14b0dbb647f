import { mean } from 'simple-statistics'
import { type HomeResult, RULE_BASELINES, type RuleBaseline, type RunResults } from '../../data/run-files.ts'
import type { Kpi } from './kpi.ts'
import { SAME_USD_PER_MONTH } from './roles.ts'
import { baselineNet } from './rule-baselines.ts'
import { billNet, homesOf, monthsOf, totalOf } from './sums.ts'

const gainUsd = (results: RunResults, home: HomeResult, rules: RuleBaseline): number =>
  (baselineNet(home, rules) - billNet(home, 'plant')) / 1e6 / monthsOf(results)

const gains = (results: RunResults, rules: RuleBaseline): number[] =>
  homesOf(results).map((home) => gainUsd(results, home, rules))

const FORMULA =
  'mean over homes of (bill of the same homes and devices under these rules, without trading − bill of the run) / months'
const SOURCE = 'homes[].months[].bills.plant, homes[].months[].baselines'

export const gainOnToday = {
  id: 'gain-on-today',
  label: 'Monthly net gain of a home, against today’s rules',
  unit: 'USD/month',
  better: 'higher',
  formula: FORMULA,
  source: SOURCE,
  compute: ({ results }) => mean(gains(results, 'today')),
  homes: ({ results }) => gains(results, 'today'),
} as const satisfies Kpi

export const gainOnWholesale = {
  ...gainOnToday,
  id: 'gain-on-wholesale',
  label: 'Monthly net gain of a home, against wholesale export',
  compute: ({ results }) => mean(gains(results, 'wholesale')),
  homes: ({ results }) => gains(results, 'wholesale'),
} as const satisfies Kpi

export const gainOnTimeVarying = {
  ...gainOnToday,
  id: 'gain-on-time-varying',
  label: 'Monthly net gain of a home, against a time-varying rate',
  compute: ({ results }) => mean(gains(results, 'time-varying')),
  homes: ({ results }) => gains(results, 'time-varying'),
} as const satisfies Kpi

export const losersOnToday = {
  id: 'losers-on-today',
  label: 'Homes worse off than under today’s rules',
  unit: 'homes',
  better: 'lower',
  formula: 'homes whose gain against today’s rules is a loss of a cent a month or more',
  source: SOURCE,
  compute: ({ results }) => gains(results, 'today').filter((gain) => gain <= -SAME_USD_PER_MONTH).length,
} as const satisfies Kpi

export const rulesResidual = {
  id: 'rules-residual',
  label: 'Transfers against the rules compared with, what is left over',
  unit: 'USD',
  better: 'lower',
  formula:
    'greatest over the three sets of rules of |homes’ gain + operator’s income + utility’s revenue change|, whole run; must be 0',
  source: 'homes[].months[], operatorIncomeMicroUsd, utilityRevenueMicroUsd, baselineRevenueMicroUsd',
  compute: ({ results }) => Math.max(...RULE_BASELINES.map((rules) => Math.abs(left(results, rules)))) / 1e6,
} as const satisfies Kpi

function left(results: RunResults, rules: RuleBaseline): number {
  const homes = homesOf(results).reduce(
    (sum, home) => sum + baselineNet(home, rules) - billNet(home, 'plant'),
    0,
  )
  const others = totalOf(
    results,
    ({ operatorIncomeMicroUsd, utilityRevenueMicroUsd: revenue, baselineRevenueMicroUsd: before }) =>
      operatorIncomeMicroUsd + revenue.plant - before[rules],
  )
  return homes + others
}
