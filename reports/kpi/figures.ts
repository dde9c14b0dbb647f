import type { RunResults } from '../../data/run-files.ts'
import type { ScenarioView } from '../scenario-view.ts'
import { computeKpis } from './compute.ts'
import { KPIS } from './registry.ts'

/** The key figures of a run by their id: what a row of a sweep's table has. */
export default function figures(results: RunResults, scenario: ScenarioView): Record<string, number | null> {
  return Object.fromEntries(computeKpis(results, scenario).kpis.map(({ id, value }) => [id, value]))
}

/** Names and units of the figures, in the order of the table's columns. */
export const FIGURES: readonly { readonly id: string; readonly unit: string }[] = KPIS.map(
  ({ id, unit }) => ({ id, unit }),
)
