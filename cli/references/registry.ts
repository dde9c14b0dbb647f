import { communitySharing } from './community-sharing.ts'
import { greedyDispatch } from './greedy-dispatch.ts'
import type { ReferenceFamily } from './reference.ts'

/** Every family of references that `vpp validate-models` runs; the files themselves are found by name. */
export const REFERENCE_FAMILIES: readonly ReferenceFamily[] = [greedyDispatch, communitySharing]
