import { median } from 'simple-statistics'
import { RULE_BASELINES, type RuleBaseline } from '../../../data/run-files.ts'
import type { RoleInterval, RulesInterval } from '../../../data/viability-files.ts'
import { HOME_ROLES, ROLE_LABELS, roleOf, SAME_USD_PER_MONTH } from '../../kpi/roles.ts'
import { RULE_LABELS } from '../../kpi/rule-baselines.ts'
import { intervalOf, shareOf } from './interval.ts'
import { othersKey } from './measures.ts'
import { type Draw, measured, ofHome, placedHomes, type StudyInput } from './study-input.ts'

const loses = (usdPerMonth: number): boolean => usdPerMonth <= -SAME_USD_PER_MONTH

/** Every role and home against one set of rules, over the draws. */
export function rulesInterval(input: StudyInput, draws: readonly Draw[], rules: RuleBaseline): RulesInterval {
  const homes = placedHomes(input)
  const gain = ({ measures }: Draw, at: number) => ofHome(measures, at, rules)
  const roles = HOME_ROLES.flatMap((id): RoleInterval[] => {
    const members = homes.filter(({ home }) => roleOf(home) === id)
    if (members.length === 0) return []
    const gains = draws.map((draw) => members.map(({ at }) => gain(draw, at)))
    return [
      {
        id,
        label: ROLE_LABELS[id],
        members: members.length,
        usdPerMonth: intervalOf(gains.map((one) => median(one))),
        losers: intervalOf(gains.map((one) => one.filter(loses).length)),
      },
    ]
  })
  const others = (['operator', 'utility'] as const).map((id): RoleInterval => {
    const gains = draws.map(({ measures }) => measured(measures, othersKey(id, rules)))
    return {
      id,
      label: ROLE_LABELS[id],
      members: 1,
      usdPerMonth: intervalOf(gains),
      losers: intervalOf(gains.map((one) => (loses(one) ? 1 : 0))),
    }
  })
  return {
    id: rules,
    label: RULE_LABELS[rules],
    roles: [...roles, ...others],
    homes: homes.map(({ home: { id, label }, at }) => ({
      id,
      label,
      lossShare: shareOf(draws, (draw) => loses(gain(draw, at))),
    })),
    losers: intervalOf(draws.map((draw) => homes.filter(({ at }) => loses(gain(draw, at))).length)),
  }
}

export const rulesIntervals = (input: StudyInput, draws: readonly Draw[]): RulesInterval[] =>
  RULE_BASELINES.map((rules) => rulesInterval(input, draws, rules))
