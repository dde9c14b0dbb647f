import { VppError } from '../../data/errors.ts'
import type { Scenario } from '../../scenarios/schema.ts'
import { checkPoints, type Sweep } from '../../scenarios/sweep/sweep.ts'
import { runIdOf } from '../run.ts'
import { PreparedCache } from './prepared-cache.ts'
import type { RunFailure } from './failures.ts'
import { failureOf } from './worker.ts'

/** A point of a sweep with the key of its result, or why it cannot be run. */
export interface PlannedRun {
  readonly index: number
  readonly key: string
  /** The data of the point cannot be used: it fails without being run. */
  readonly failure?: RunFailure
}

/** Part `part` of `of`, from 1: every `of`-th point, so that parts take about as long. */
export interface Shard {
  readonly part: number
  readonly of: number
}

export const shardIndices = (count: number, shard: Shard | null): number[] =>
  Array.from({ length: count }, (_, index) => index).filter(
    (index) => shard === null || index % shard.of === shard.part - 1,
  )

/**
 * Checks the scenarios of some points, reads their data and finds the keys of their results.
 * @param onPlanned called now and then with the number checked
 * @throws VppError('invalid') where a point is no scenario
 */
export function planRuns(
  sweep: Sweep,
  indices: readonly number[],
  version: string,
  onPlanned: (count: number) => void = () => {},
): PlannedRun[] {
  const cache = new PreparedCache()
  const planned: PlannedRun[] = []
  const plan = (scenario: Scenario, index: number): PlannedRun => {
    try {
      return { index, key: runIdOf(scenario, cache.get(scenario, sweep.base.baseDir), version) }
    } catch (error) {
      if (!(error instanceof VppError)) throw error
      return { index, key: '', failure: failureOf(error) }
    }
  }
  checkPoints(sweep, indices, (scenario, index) => {
    planned.push(plan(scenario, index))
    if (planned.length % 100 === 0) onPlanned(planned.length)
  })
  return planned
}
