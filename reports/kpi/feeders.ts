import type { RunResults } from '../../data/run-files.ts'
import type { FeederResult } from '../../data/run-feeder.ts'
import type { KpiInput } from './kpi.ts'

/** Wires of the communities that have any. */
export const feedersOf = (results: RunResults): FeederResult[] =>
  results.communities.flatMap(({ feeder }) => feeder ?? [])

/** Key figures of wires stand only in runs with wires. */
export const withFeeder = ({ results }: KpiInput): boolean => feedersOf(results).length > 0

/** Values of the feeders that have one. */
const valuesOf = ({ results }: KpiInput, value: (feeder: FeederResult) => number | null): number[] =>
  feedersOf(results).flatMap((feeder) => value(feeder) ?? [])

/** Greatest value over feeders; null: none has one. */
export function greatest(input: KpiInput, value: (feeder: FeederResult) => number | null): number | null {
  const values = valuesOf(input, value)
  return values.length === 0 ? null : Math.max(...values)
}

export function least(input: KpiInput, value: (feeder: FeederResult) => number | null): number | null {
  const values = valuesOf(input, value)
  return values.length === 0 ? null : Math.min(...values)
}
