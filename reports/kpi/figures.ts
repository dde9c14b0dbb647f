import { kpiValues } from './compute.ts'
import { KPIS } from './registry.ts'

/** The key figures of a run by their id: what a row of a sweep's table has. */
export default kpiValues

/** Names and units of the figures, in the order of the table's columns. */
export const FIGURES: readonly { readonly id: string; readonly unit: string }[] = KPIS.map(
  ({ id, unit }) => ({ id, unit }),
)
