import { type Comparison, compareRuns } from '../../reports/compare/comparison.ts'
import type { Run } from './run.ts'

/**
 * Holds runs against the first of them: key figures side by side, and differences paired over homes (or
 * months) with 95 % bootstrap intervals of their means.
 */
export function compare(
  runs: Readonly<Record<string, Run>>,
  { over = 'homes', seed = 1 }: { readonly over?: 'homes' | 'months'; readonly seed?: number } = {},
): Comparison {
  const items = Object.entries(runs).map(([name, { results, kpi }]) => ({ name, results, figures: kpi }))
  return compareRuns(items, over, seed)
}
