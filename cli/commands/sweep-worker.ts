import { availableParallelism } from 'node:os'
import type { CommandModule } from 'yargs'
import { QUEUE_OPTIONS } from '../sweep/queue-options.ts'
import { joinQueue } from '../../sim/batch/queue/worker.ts'
import { shownUrl } from '../../sim/batch/queue/connection.ts'
import { say } from '../output.ts'
import { checkWorkers, FIGURES_URL, interruptible } from '../sweep/options.ts'
import { version } from '../version.ts'

interface WorkerArguments {
  redis: string
  queue: string
  workers: number
  data?: string
  idle: number
  quiet: boolean
}

/** `vpp sweep-worker`: takes runs of sweeps from a queue until it is told to leave. */
export const command: CommandModule<object, WorkerArguments> = {
  command: 'sweep-worker',
  describe: 'compute runs of sweeps that others queue',
  builder: (yargs) =>
    yargs
      .options(QUEUE_OPTIONS)
      .option('workers', {
        type: 'number',
        requiresArg: true,
        default: availableParallelism(),
        describe: 'runs at once',
      })
      .option('data', {
        type: 'string',
        requiresArg: true,
        describe: 'folder that scenarios’ data files are relative to here',
      })
      .option('idle', {
        type: 'number',
        requiresArg: true,
        default: 0,
        describe: 'leave after so many seconds without a run (0: never)',
      })
      .check(({ workers }) => {
        checkWorkers(workers, 1)
        return true
      }) as never,
  handler: async ({ redis: url, queue, workers, data, idle, quiet }) => {
    const left = Promise.withResolvers<void>()
    const told = quiet ? () => {} : say
    const { end } = interruptible(() => {
      told('leaving after the runs in flight; press Ctrl-C again to leave at once')
      left.resolve()
    })
    let runs = 0
    let last = performance.now()
    const worker = await joinQueue({
      url,
      queue,
      version,
      workers,
      figures: FIGURES_URL,
      baseDir: data ?? null,
      onRun: (key, { kind }) => {
        runs++
        last = performance.now()
        told(`${key}  ${kind}`)
      },
    })
    told(`joined ${queue} at ${shownUrl(url)}; Ctrl-C leaves`)
    const timer = setInterval(() => {
      if (worker.runsInFlight() > 0) last = performance.now()
      if (idle > 0 && performance.now() - last > idle * 1000) left.resolve()
    }, 200)
    await left.promise
    clearInterval(timer)
    await worker.leave(false)
    end()
    told(`left after ${runs} runs`)
  },
}
