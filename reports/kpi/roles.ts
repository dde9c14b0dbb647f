import type { BillCase, HomeResult, RunResults } from '../../data/run-files.ts'
import type { ScenarioView } from '../scenario-view.ts'
import { spreadOf, type Spread } from './spread.ts'
import { homesOf, monthlyGainUsd, monthsOf, totalOf } from './sums.ts'
import { mean } from 'simple-statistics'

/** Cases that the plant is compared with, the nearest first: what trading adds, what it all adds, what solar adds. */
export const BASELINES = ['solar-only', 'own-battery', 'no-solar'] as const satisfies readonly BillCase[]
export type Baseline = (typeof BASELINES)[number]

export const HOME_ROLES = ['solar-battery', 'solar', 'no-solar', 'consumer'] as const
export type HomeRole = (typeof HOME_ROLES)[number]

export const ROLE_LABELS: Record<HomeRole | 'operator' | 'utility', string> = {
  'solar-battery': 'Home with solar and battery',
  solar: 'Home with solar',
  'no-solar': 'Home without solar',
  consumer: 'Low-income consumer',
  operator: 'Operator (platform)',
  utility: 'Utility',
}

export const roleOf = ({ role, solarKw, batteryKwh }: HomeResult): HomeRole => {
  if (role === 'consumer') return 'consumer'
  if (solarKw === 0) return 'no-solar'
  return batteryKwh > 0 ? 'solar-battery' : 'solar'
}

/** A change below one cent a month is none. */
export const SAME_USD_PER_MONTH = 0.01

/** Monthly net change of one role against one baseline; positive: more money is left. */
export interface RoleChange {
  /** Mean over members, USD a month each. */
  readonly meanUsdPerMonth: number
  /** Over members; null for the operator and the utility, of which there is one. */
  readonly spread: Spread | null
  readonly better: number
  readonly worse: number
  readonly same: number
}

export interface RoleResult {
  readonly id: HomeRole | 'operator' | 'utility'
  readonly label: string
  readonly members: number
  /** How the change is reckoned, and what is not in it. */
  readonly formula: string
  readonly against: Readonly<Record<Baseline, RoleChange>>
  /** Utility only: change of revenue, and of supply cost avoided, USD a month. */
  readonly parts?: Readonly<
    Record<Baseline, { revenueUsdPerMonth: number; avoidedSupplyUsdPerMonth: number }>
  >
}

function changeOf(gains: readonly number[]): RoleChange {
  const better = gains.filter((gain) => gain >= SAME_USD_PER_MONTH).length
  const worse = gains.filter((gain) => gain <= -SAME_USD_PER_MONTH).length
  return {
    meanUsdPerMonth: mean([...gains]),
    spread: gains.length > 1 ? spreadOf(gains) : null,
    better,
    worse,
    same: gains.length - better - worse,
  }
}

const byBaseline = <T>(value: (baseline: Baseline) => T): Record<Baseline, T> => ({
  'solar-only': value('solar-only'),
  'own-battery': value('own-battery'),
  'no-solar': value('no-solar'),
})

/** Everyone in the scenario with their monthly net change; roles without members are left out. */
export function roleResults(results: RunResults, scenario: ScenarioView): RoleResult[] {
  const homes = homesOf(results)
  const roles = HOME_ROLES.flatMap((id): RoleResult[] => {
    const members = homes.filter((home) => roleOf(home) === id)
    if (members.length === 0) return []
    return [
      {
        id,
        label: ROLE_LABELS[id],
        members: members.length,
        formula: '(bill in the baseline − bill with the plant) / months; hardware cost is not in it',
        against: byBaseline((baseline) =>
          changeOf(members.map((home) => monthlyGainUsd(results, home, baseline))),
        ),
      },
    ]
  })
  return [...roles, operatorResult(results), utilityResult(results, scenario)]
}

function operatorResult(results: RunResults): RoleResult {
  const income =
    totalOf(results, ({ operatorIncomeMicroUsd }) => operatorIncomeMicroUsd) / 1e6 / monthsOf(results)
  return {
    id: 'operator',
    label: ROLE_LABELS.operator,
    members: 1,
    formula: 'fees on traded energy / months; the cost of running the platform is not in it',
    against: byBaseline(() => changeOf([income])),
  }
}

function utilityResult(results: RunResults, scenario: ScenarioView): RoleResult {
  const months = monthsOf(results)
  const parts = byBaseline((baseline) => ({
    revenueUsdPerMonth:
      totalOf(results, ({ utilityRevenueMicroUsd: revenue }) => revenue.plant - revenue[baseline]) /
      1e6 /
      months,
    avoidedSupplyUsdPerMonth:
      ((totalOf(results, ({ utilitySupplyMilliWh: supply }) => supply[baseline] - supply.plant) / 1e6) *
        scenario.economics.avoidedSupplyUsdPerKwh) /
      months,
  }))
  return {
    id: 'utility',
    label: ROLE_LABELS.utility,
    members: 1,
    formula: 'change of revenue from these homes + supply cost avoided, per month',
    against: byBaseline((baseline) =>
      changeOf([parts[baseline].revenueUsdPerMonth + parts[baseline].avoidedSupplyUsdPerMonth]),
    ),
    parts,
  }
}
