import { blastLife } from './blast-life.ts'
import { communitySharing } from './community-sharing.ts'
import { greedyDispatch } from './greedy-dispatch.ts'
import { rainflowReferences } from './rainflow.ts'
import type { ReferenceFamily } from './reference.ts'
import { samLife } from './sam-life.ts'

/** Every family of references that `vpp validate-models` runs; the files themselves are found by name. */
export const REFERENCE_FAMILIES: readonly ReferenceFamily[] = [
  greedyDispatch,
  communitySharing,
  rainflowReferences,
  blastLife,
  samLife,
]
