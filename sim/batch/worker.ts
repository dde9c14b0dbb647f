import { VppError } from '../../data/errors.ts'
import { type BatchTask, computeRecord } from './compute.ts'
import type { RunFailure } from './failures.ts'
import type { RunRecord } from './record.ts'

export interface WorkerTask extends BatchTask {
  /** A shared word: set to stop. */
  readonly stop: Int32Array<SharedArrayBuffer>
}

export type WorkerOutcome =
  | { readonly kind: 'done'; readonly record: RunRecord }
  | { readonly kind: 'failed'; readonly failure: RunFailure }
  | { readonly kind: 'stopped' }

/** Computes one run of a batch; run by the thread pool. What a run throws is its failure, not the pool's. */
export default async function runTask(task: WorkerTask): Promise<WorkerOutcome> {
  try {
    const record = await computeRecord(task, () => Atomics.load(task.stop, 0) !== 0)
    return record === null ? { kind: 'stopped' } : { kind: 'done', record }
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) }
  }
}

/** What a reader needs of an error: its kind, its words; of a bug also where. */
export function failureOf(error: unknown): RunFailure {
  if (error instanceof VppError) return { kind: error.kind, message: error.message }
  const message = error instanceof Error ? error.message : String(error)
  const at =
    error instanceof Error ? (error.stack ?? '').split('\n').find((line) => /^\s+at /.test(line)) : ''
  // Where this installation lies differs from machine to machine; the file does not.
  const place = /([\w-]+\.ts:\d+)/.exec(at ?? '')?.[1] ?? ''
  return { kind: 'bug', message: place === '' ? message : `${message} (${place})` }
}
