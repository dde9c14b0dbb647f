import { Piscina } from 'piscina'
import type { CommunitySent } from './packed-months.ts'
import type { CommunityRefused, CommunityTask } from './worker.ts'

/** Worker threads that simulate communities, one at a time each. */
export type CommunityPool = Piscina<CommunityTask, CommunitySent | CommunityRefused>

/**
 * Opens at most so many threads. The first begins to load the engine at once: a caller that opens it before reading data waits
 * less.
 */
export const openPool = (most: number): CommunityPool =>
  new Piscina({
    filename: new URL('pool-worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: Math.max(1, most),
  })
