import { Piscina } from 'piscina'
import type { BatchJob, BatchTask } from './compute.ts'
import { failureOf, type WorkerOutcome, type WorkerTask } from './worker.ts'

/** Does jobs and tells each outcome as it comes, in any order; ends when all are told or it is stopped. */
export type BatchEngine = (
  jobs: readonly BatchJob[],
  onOutcome: (at: number, outcome: WorkerOutcome) => void,
  signal: AbortSignal,
) => Promise<void>

/** A pool of worker threads of this process. */
export class WorkerPool {
  readonly #pool: Piscina<WorkerTask, WorkerOutcome>
  readonly #stop = new Int32Array(new SharedArrayBuffer(4))

  constructor(workers: number) {
    this.#pool = new Piscina<WorkerTask, WorkerOutcome>({
      filename: new URL('worker.ts', import.meta.url).href,
      minThreads: 1,
      maxThreads: workers,
    })
  }

  /** A thread that dies (out of memory, for one) is a failure of its run. */
  async run(task: BatchTask): Promise<WorkerOutcome> {
    try {
      return await this.#pool.run({ ...task, stop: this.#stop })
    } catch (error) {
      return { kind: 'failed', failure: failureOf(error) }
    }
  }

  /** Ends what is in flight at the end of a simulated day. */
  stop(): void {
    Atomics.store(this.#stop, 0, 1)
  }

  async close(): Promise<void> {
    await this.#pool.destroy()
  }
}

/** The engine of one machine: as many runs at once as there are workers. */
export const localEngine =
  (workers: number): BatchEngine =>
  async (jobs, onOutcome, signal) => {
    const pool = new WorkerPool(Math.max(1, Math.min(workers, jobs.length)))
    const stop = () => pool.stop()
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    let next = 0
    const lane = async (): Promise<void> => {
      while (next < jobs.length && !signal.aborted) {
        const at = next++
        onOutcome(at, await pool.run(jobs[at].task()))
      }
    }
    try {
      // One more than there are workers, so that none waits for its next task.
      await Promise.all(Array.from({ length: workers + 1 }, lane))
    } finally {
      signal.removeEventListener('abort', stop)
      await pool.close()
    }
  }
