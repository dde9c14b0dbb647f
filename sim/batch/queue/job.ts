import type { BatchTask } from '../compute.ts'

/** What a worker gets by the queue: a run without what only its own machine can know. */
export type QueuedTask = Omit<BatchTask, 'figures' | 'seriesDir'>

export const JOB_NAME = 'run'

/** A worker that does not renew its claim on a run for so long has lost it, milliseconds. */
export const LOCK_MS = 8000
export const STALLED_CHECK_MS = 2000

/** Workers that a run may take with it before it counts as failed. */
export const MOST_LOST_WORKERS = 3

/** Finished jobs stay for others who wait for the same run, seconds. */
export const KEEP_SECONDS = 86_400
