import type { RunResults } from '../../data/run-files.ts'
import type { ScenarioView } from '../scenario-view.ts'
import type { Kpi, KpiInput } from './kpi.ts'
import { type KpiId, KPIS } from './registry.ts'
import { type RoleResult, roleResults } from './roles.ts'
import { type RuleBaselineResult, ruleBaselines } from './rule-baselines.ts'
import { type Spread, spreadOf } from './spread.ts'

/** One key figure of a run, with what is needed to check it. */
export interface KpiEntry {
  readonly id: KpiId
  readonly label: string
  readonly unit: string
  readonly better: Kpi['better']
  readonly formula: string
  readonly source: string
  readonly value: number | null
  /** Over homes, where the figure exists for a home. */
  readonly spreadOverHomes?: Spread
}

/** What `kpi.json` holds. */
export interface KpiReport {
  readonly format: 1
  readonly runId: string
  readonly version: string
  readonly scenario: string
  readonly complete: boolean
  readonly simulatedDays: number
  readonly kpis: readonly KpiEntry[]
  readonly perCommunity: readonly {
    readonly id: string
    readonly label: string
    readonly values: Readonly<Record<KpiId, number | null>>
  }[]
  readonly roles: readonly RoleResult[]
  /** The run against today's rules, wholesale export and a time-varying rate; losers named. */
  readonly ruleBaselines: readonly RuleBaselineResult[]
}

const listedIn = (input: KpiInput) => KPIS.filter((kpi: Kpi) => kpi.applies?.(input) ?? true)

/** The values of a run's key figures alone, as `computeKpis` has them. */
export const kpiValues = (results: RunResults, scenario: ScenarioView): Record<string, number | null> => {
  const input = { results, scenario }
  return Object.fromEntries(
    listedIn(input).map((kpi) => {
      const value = kpi.compute(input)
      return [kpi.id, value === null ? null : clean(value)]
    }),
  )
}

/** All key figures of a run and of each of its communities; equal inputs give equal bytes. */
export function computeKpis(results: RunResults, scenario: ScenarioView): KpiReport {
  const input = { results, scenario }
  const listed = listedIn(input)
  const kpis = listed.map((kpi: Kpi & { id: KpiId }): KpiEntry => {
    const { id, label, unit, better, formula, source } = kpi
    const spread = spreadOf((kpi.homes?.(input) ?? []).map(clean))
    const value = kpi.compute(input)
    const entry = { id, label, unit, better, formula, source, value: value === null ? null : clean(value) }
    return spread === null ? entry : { ...entry, spreadOverHomes: spread }
  })
  const perCommunity = results.communities.map((community) => {
    const part = { results: { ...results, communities: [community] }, scenario }
    const values = Object.fromEntries(
      listed.map((kpi) => {
        const value = kpi.compute(part)
        return [kpi.id, value === null ? null : clean(value)]
      }),
    ) as Record<KpiId, number | null>
    return { id: community.id, label: community.label, values }
  })
  return {
    format: 1,
    runId: results.runId,
    version: results.version,
    scenario: scenario.name,
    complete: results.complete,
    simulatedDays: results.simulatedDays,
    kpis,
    perCommunity,
    roles: roleResults(results, scenario),
    ruleBaselines: ruleBaselines(results, scenario),
  }
}

/** No negative zero, and nothing that JSON would turn into null by itself. */
function clean(value: number): number {
  if (!Number.isFinite(value)) throw new Error(`internal: a key figure is ${value}`)
  return value === 0 ? 0 : value
}

/** The bytes of `kpi.json`. */
export const kpiJson = (report: KpiReport): string => `${JSON.stringify(report, null, 1)}\n`
