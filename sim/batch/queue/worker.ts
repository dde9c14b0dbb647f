import { WorkerPool } from '../local.ts'
import type { WorkerOutcome } from '../worker.ts'
import { connectionTo, queueName, type QueuePlace } from './connection.ts'
import { LOCK_MS, MOST_LOST_WORKERS, type QueuedTask, STALLED_CHECK_MS } from './job.ts'

export interface JoinOptions extends QueuePlace {
  /** Runs at once. */
  readonly workers: number
  /** Module that makes the figures of a run. */
  readonly figures: string
  /** Where data files are on this machine; null: where the sweep's machine has them. */
  readonly baseDir: string | null
  readonly onRun: (key: string, outcome: WorkerOutcome) => void
}

/** A worker that takes runs from a queue until it leaves. */
export interface JoinedWorker {
  readonly runsInFlight: () => number
  /** Takes no more; finishes what it has, or (`now`) gives it back to the queue. */
  readonly leave: (now: boolean) => Promise<void>
}

/**
 * Joins a queue. Threads compute, so that this one keeps the claims on their runs; should it die, others take them over.
 * @throws VppError when the server cannot be reached
 */
export async function joinQueue(options: JoinOptions): Promise<JoinedWorker> {
  const { workers, figures, baseDir, onRun } = options
  const connection = await connectionTo(options.url)
  const { DelayedError, Worker } = await import('bullmq')
  const pool = new WorkerPool(workers)
  let inFlight = 0
  const worker = new Worker<QueuedTask, WorkerOutcome>(
    queueName(options),
    async (job, token) => {
      const { data } = job
      inFlight++
      const task = { ...data, figures, seriesDir: null, ...(baseDir === null ? {} : { baseDir }) }
      const outcome = await pool.run(task).finally(() => inFlight--)
      if (outcome.kind === 'stopped') {
        await job.moveToDelayed(Date.now(), token)
        throw new DelayedError()
      }
      onRun(data.key, outcome)
      return outcome
    },
    {
      connection,
      concurrency: workers,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MOST_LOST_WORKERS,
    },
  )
  // A lost connection or claim: it connects again, and another's result of the same run is as good.
  worker.on('error', () => {})
  await worker.waitUntilReady()
  return {
    runsInFlight: () => inFlight,
    leave: async (now) => {
      if (now) pool.stop()
      await worker.close()
      await pool.close()
    },
  }
}
