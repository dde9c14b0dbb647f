/**
 * What notebooks and other programs may use: `import { run } from 'vpp-workbench'`. Everything else can change
 * without notice. API.md is made from what stands here.
 */
export {
  run,
  series,
  withFields,
  type FabricState,
  type Run,
  type RunOptions,
  type SeriesRow,
} from './api/run.ts'
export { sweep, type SweepInput, type SweepResult, type SweepRow } from './api/sweep.ts'
export { fabricNetwork, type FabricNetwork } from './api/fabric.ts'
export { compare } from './api/compare.ts'
export { query, type QueryTable } from './api/query.ts'
export { plot, type Picture, type PlotSpec } from './api/plot.ts'
export { show } from './api/output.ts'
export { VppError } from '../data/errors.ts'
export { withTokens } from '../data/run-files.ts'
export { loadScenario } from '../scenarios/load.ts'
export { galleryNames } from '../scenarios/gallery.ts'
export { choices } from './api/fields.ts'
export { version } from './api/place.ts'
