import { type HomeResult, RULE_BASELINES, type RuleBaseline, type RunResults } from '../../data/run-files.ts'
import type { ScenarioView } from '../scenario-view.ts'
import { HOME_ROLES, type HomeRole, ROLE_LABELS, roleOf, SAME_USD_PER_MONTH } from './roles.ts'
import { spreadOf, type Spread } from './spread.ts'
import { billNet, homesOf, monthsOf, totalOf } from './sums.ts'

/** Who is better or worse off than under one set of rules, with the same homes and devices. */
export interface RuleBaselineResult {
  readonly id: RuleBaseline
  readonly label: string
  readonly formula: string
  /** Monthly net result of each role; positive: more money is left than under the rules. */
  readonly roles: readonly {
    readonly id: HomeRole | 'operator' | 'utility'
    readonly label: string
    readonly members: number
    readonly meanUsdPerMonth: number
    readonly spread: Spread | null
    readonly better: number
    readonly worse: number
  }[]
  /** Every home, in the order of the scenario. */
  readonly homes: readonly {
    readonly id: string
    readonly label: string
    readonly role: HomeRole
    readonly usdPerMonth: number
    /** By the months of the run, USD in that month. */
    readonly byMonthUsd: readonly number[]
  }[]
  /** Labels of everyone that loses a cent a month or more. */
  readonly losers: readonly string[]
  /** Sum of what homes, operator and utility gain over the run; 0 or something is wrong. */
  readonly transfersMicroUsd: number
}

export const RULE_LABELS: Record<RuleBaseline, string> = {
  today: 'Today’s rules',
  wholesale: 'Wholesale export',
  'time-varying': 'Time-varying rate',
}

/** Net of a home under the rules over the run, µ$. */
export const baselineNet = (home: HomeResult, name: RuleBaseline): number =>
  home.months.reduce((sum, { baselines }) => sum + baselines[name].netMicroUsd, 0)

/** Zero without its sign. */
const clean = (value: number): number => (value === 0 ? 0 : value)

const labelsOf = ({ baselines }: ScenarioView): Record<RuleBaseline, string> => ({
  ...RULE_LABELS,
  'time-varying': `Time-varying rate: ${baselines.timeVarying.label}`,
})

/** The run against each set of rules. */
export function ruleBaselines(results: RunResults, scenario: ScenarioView): RuleBaselineResult[] {
  return RULE_BASELINES.map((id) => ruleBaseline(results, id, labelsOf(scenario)[id]))
}

function ruleBaseline(results: RunResults, id: RuleBaseline, label: string): RuleBaselineResult {
  const months = monthsOf(results)
  const all = homesOf(results)
  const homes = all.map((home) => ({
    id: home.id,
    label: home.label,
    role: roleOf(home),
    usdPerMonth: clean((baselineNet(home, id) - billNet(home, 'plant')) / 1e6 / months),
    byMonthUsd: home.months.map(({ bills, baselines }) =>
      clean((baselines[id].netMicroUsd - bills.plant.netMicroUsd) / 1e6),
    ),
  }))
  const operatorMicroUsd = totalOf(results, ({ operatorIncomeMicroUsd }) => operatorIncomeMicroUsd)
  const utilityMicroUsd = totalOf(
    results,
    ({ utilityRevenueMicroUsd: revenue, baselineRevenueMicroUsd: before }) => revenue.plant - before[id],
  )
  const gained = all.reduce((sum, home) => sum + baselineNet(home, id) - billNet(home, 'plant'), 0)
  const single = (role: 'operator' | 'utility', microUsd: number) => {
    const usd = clean(microUsd / 1e6 / months)
    return {
      id: role,
      label: ROLE_LABELS[role],
      members: 1,
      meanUsdPerMonth: usd,
      spread: null,
      better: usd >= SAME_USD_PER_MONTH ? 1 : 0,
      worse: usd <= -SAME_USD_PER_MONTH ? 1 : 0,
    }
  }
  const roles = HOME_ROLES.flatMap((role) => {
    const gains = homes.filter((home) => home.role === role).map(({ usdPerMonth }) => usdPerMonth)
    if (gains.length === 0) return []
    return [
      {
        id: role,
        label: ROLE_LABELS[role],
        members: gains.length,
        meanUsdPerMonth: clean(gains.reduce((sum, gain) => sum + gain, 0) / gains.length),
        spread: spreadOf(gains),
        better: gains.filter((gain) => gain >= SAME_USD_PER_MONTH).length,
        worse: gains.filter((gain) => gain <= -SAME_USD_PER_MONTH).length,
      },
    ]
  })
  const others = [single('operator', operatorMicroUsd), single('utility', utilityMicroUsd)]
  return {
    id,
    label,
    formula:
      'bill of the same homes and devices under these rules, without trading, less the bill of the run, per month; operator: fees; utility: its revenue of the run less that under these rules',
    roles: [...roles, ...others],
    homes,
    losers: [
      ...homes.filter(({ usdPerMonth }) => usdPerMonth <= -SAME_USD_PER_MONTH).map((home) => home.label),
      ...others.filter(({ worse }) => worse > 0).map((one) => one.label),
    ],
    transfersMicroUsd: clean(gained + operatorMicroUsd + utilityMicroUsd),
  }
}
