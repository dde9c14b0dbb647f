import type { BatchJob } from '../compute.ts'
import type { BatchEngine } from '../local.ts'
import type { WorkerOutcome } from '../worker.ts'
import { connectionTo, queueName, type QueuePlace } from './connection.ts'
import { JOB_NAME, KEEP_SECONDS, type QueuedTask } from './job.ts'
import { joinQueue } from './worker.ts'

/** Time between two looks at every run that is still awaited, milliseconds: events are only the fast way. */
const LOOK_MS = 3000
/** Jobs asked for at once. */
const CHUNK = 200

export interface QueueEngineOptions extends QueuePlace {
  /** Runs at once in this process; 0: others do all of them. */
  readonly workers: number
  /** Forget what the queue knows of these runs: they are to be done again. */
  readonly again: boolean
}

/**
 * The engine of many machines: runs are jobs of a BullMQ queue on Redis or Valkey, named by their keys, so that a
 * run that two sweeps want is one job. Any number of workers join and leave. Each run's first outcome
 * counts, and only that.
 */
export const queueEngine =
  (options: QueueEngineOptions): BatchEngine =>
  async (jobs, onOutcome, signal) => {
    if (jobs.length === 0) return
    const connection = await connectionTo(options.url)
    const { Queue, QueueEvents } = await import('bullmq')
    const name = queueName(options)
    const queue = new Queue<QueuedTask, WorkerOutcome>(name, { connection })
    const events = new QueueEvents(name, { connection })
    queue.on('error', () => {})
    events.on('error', () => {})
    const awaited = new Map(jobs.map(({ key }, at) => [key, at]))
    const done = Promise.withResolvers<void>()

    const add = async (wanted: readonly BatchJob[]): Promise<void> => {
      for (let at = 0; at < wanted.length && !signal.aborted; at += CHUNK) {
        const part = wanted.slice(at, at + CHUNK).map(({ key, task }) => {
          const { scenario, baseDir, version } = task()
          return {
            name: JOB_NAME,
            data: { scenario, baseDir, version, key },
            opts: {
              jobId: key,
              attempts: 1,
              removeOnComplete: { age: KEEP_SECONDS },
              removeOnFail: { age: KEEP_SECONDS },
            },
          }
        })
        await queue.addBulk(part)
      }
    }

    const settle = (key: string, outcome: WorkerOutcome): void => {
      const at = awaited.get(key)
      if (at === undefined) return
      awaited.delete(key)
      try {
        onOutcome(at, outcome)
      } catch (error) {
        done.reject(error)
      }
      if (awaited.size === 0) done.resolve()
    }

    /** Looks up one run; true when the queue does not know it. */
    const look = async (key: string): Promise<boolean> => {
      const job = await queue.getJob(key)
      if (job === undefined) return awaited.has(key)
      // `returnvalue` is there once the job is completed; `failedReason` once it is given up.
      const { returnvalue, failedReason, finishedOn } = job
      if (finishedOn === undefined) return false
      if (typeof failedReason === 'string' && failedReason !== '')
        settle(key, { kind: 'failed', failure: { kind: 'worker', message: failedReason } })
      else settle(key, returnvalue)
      return false
    }

    const lookAtAll = async (): Promise<void> => {
      const keys = [...awaited.keys()]
      for (let at = 0; at < keys.length && !signal.aborted; at += CHUNK) {
        const part = keys.slice(at, at + CHUNK)
        const unknown = await Promise.all(part.map(look))
        // The server lost it, or somebody took it away.
        const lost = part.filter((key, place) => unknown[place] && awaited.has(key))
        if (lost.length > 0) await add(lost.map((key) => jobs[awaited.get(key) as number]))
      }
    }

    const stop = () => done.resolve()
    let looking: Promise<void> | undefined
    const lookAgain = () => {
      looking ??= lookAtAll()
        .catch((error: unknown) => done.reject(error))
        .finally(() => (looking = undefined))
    }
    const onEvent = ({ jobId }: { jobId: string }) => {
      if (awaited.has(jobId)) void look(jobId).catch(() => {})
    }
    let timer: NodeJS.Timeout | undefined
    const own =
      options.workers === 0
        ? null
        : await joinQueue({ ...options, figures: jobs[0].task().figures, baseDir: null, onRun: () => {} })
    try {
      events.on('completed', onEvent)
      events.on('failed', onEvent)
      await events.waitUntilReady()
      if (options.again) await Promise.all(jobs.map(({ key }) => queue.remove(key)))
      await add(jobs)
      timer = setInterval(lookAgain, LOOK_MS)
      lookAgain()
      if (signal.aborted) stop()
      signal.addEventListener('abort', stop)
      await done.promise
      // Runs that nobody has begun are taken back; what others are at, they finish.
      if (awaited.size > 0) await Promise.allSettled([...awaited.keys()].map((key) => queue.remove(key)))
    } finally {
      clearInterval(timer)
      signal.removeEventListener('abort', stop)
      await looking
      await own?.leave(signal.aborted)
      await events.close()
      await queue.close()
    }
  }
