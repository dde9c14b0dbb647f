import { type CohortDone, type CohortTask, runCohort } from './cohort.ts'

/** One cohort; run by the thread pool. */
export default function work({
  task,
  board,
}: {
  task: CohortTask
  board: Int32Array<SharedArrayBuffer>
}): CohortDone {
  const done = runCohort(task)
  Atomics.add(board, 0, task.count * task.years)
  return done
}
