import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queueEngine } from '../../sim/batch/queue/engine.ts'
import { joinQueue } from '../../sim/batch/queue/worker.ts'
import type { SweepOutcome } from '../../sim/batch/run-sweep.ts'
import { temporaryFolder } from '../../sim/testing.ts'
import { version } from '../version.ts'
import { FIGURES_URL } from './options.ts'
import { SERVER, startServer } from './testing/server.ts'
import { ended, SMALL, startVpp, sweepInto, tableOf, until } from './testing/sweeps.ts'

// With the distribution's server; elsewhere than in CI the tests are listed as not run without it.
describe.skipIf(SERVER === undefined && process.env.CI === undefined)('sweeps on a queue', () => {
  const root = temporaryFolder()
  let server: Awaited<ReturnType<typeof startServer>>
  let reference: SweepOutcome
  const children: ChildProcess[] = []
  beforeAll(async () => {
    server = await startServer()
    reference = await sweepInto(join(root, 'reference'))
  })
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await server.stop()
  })

  const engine = (queue: string, workers: number, again = false) =>
    queueEngine({ url: server.url, queue, version, workers, again })
  const join2 = (queue: string, onRun: (key: string) => void = () => {}) =>
    joinQueue({ url: server.url, queue, version, workers: 1, figures: FIGURES_URL, baseDir: null, onRun })
  const worker = (queue: string) => {
    const child = startVpp(['sweep-worker', '--redis', server.url, '--queue', queue, '--workers', '1'])
    children.push(child)
    let log = ''
    child.stderr?.on('data', (text: Buffer) => (log += text.toString()))
    return { child, log: () => log }
  }

  test('the process that starts it can do it alone, with the same bytes', async () => {
    const outcome = await sweepInto(join(root, 'alone'), SMALL, { engine: engine('alone', 2) })
    expect(outcome).toMatchObject({ computed: 8, missing: 0 })
    expect(tableOf(outcome)).toBe(tableOf(reference))
  })

  test('workers join and leave while it runs', async () => {
    const done: string[] = []
    const first = await join2('joining', (key) => done.push(`first ${key}`))
    const running = sweepInto(join(root, 'joining'), SMALL, { engine: engine('joining', 0) })
    await until(() => done.length >= 2)
    await first.leave(false)
    const second = await join2('joining', (key) => done.push(`second ${key}`))
    const third = await join2('joining', (key) => done.push(`third ${key}`))
    const outcome = await running
    await Promise.all([second.leave(false), third.leave(false)])
    expect(tableOf(outcome)).toBe(tableOf(reference))
    // Each run was done once.
    expect(new Set(done.map((text) => text.split(' ')[1])).size).toBe(8)
    expect(done).toHaveLength(8)
  })

  test('a killed worker’s runs are done by others, each once in the results', async () => {
    const long = { ...SMALL, set: ['period.days=40'], vary: ['seed=1,2,3,4,5,6'] }
    const queue = 'killed'
    const killed = worker(queue)
    const running = sweepInto(join(root, 'killed'), long, { engine: engine(queue, 0) })
    // It has begun: some are done, one is in its hands.
    await until(() => killed.log().includes('  done'))
    killed.child.kill('SIGKILL')
    expect(await ended(killed.child)).toBe('SIGKILL')
    const doneByKilled = killed.log().split('  done').length - 1
    expect(doneByKilled).toBeLessThan(6)
    const other = worker(queue)
    const outcome = await running
    other.child.kill('SIGTERM')
    expect(await ended(other.child)).toBe(0)
    expect(other.log()).toMatch(/left after \d+ runs/)
    expect(outcome).toMatchObject({ computed: 6, failed: 0, missing: 0 })
    expect(outcome.rows.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5])
    const alone = await sweepInto(join(root, 'killed-reference'), long)
    expect(tableOf(outcome)).toBe(tableOf(alone))
  })

  test('what starts it may end and start again: what workers did meanwhile is taken', async () => {
    const out = join(root, 'restarted')
    const abort = new AbortController()
    const done: string[] = []
    const helper = await join2('restarted', (key) => {
      done.push(key)
      if (done.length === 3) abort.abort()
    })
    const first = await sweepInto(out, SMALL, { engine: engine('restarted', 0), signal: abort.signal })
    expect(first.missing).toBeGreaterThan(0)
    const second = await sweepInto(out, SMALL, { engine: engine('restarted', 0) })
    await helper.leave(false)
    expect(second).toMatchObject({ missing: 0, failed: 0 })
    expect(tableOf(second)).toBe(tableOf(reference))
    expect(done).toHaveLength(8)
  })

  test('a worker with other data says so, and the run counts as failed until it is retried', async () => {
    const out = join(root, 'failing')
    const helper = await join2('failing')
    const broken: SweepOutcome = await sweepInto(out, SMALL, {
      engine: (jobs, onOutcome, signal) =>
        engine('failing', 0)(
          jobs.map(({ key, task }) => ({
            key,
            task: () => ({ ...task(), scenario: { ...task().scenario, seed: 99 } }),
          })),
          onOutcome,
          signal,
        ),
    })
    expect(broken).toMatchObject({ computed: 0, failed: 8 })
    expect(broken.failures[0].message).toMatch(/the data of this worker are not those of the sweep/)
    const again = await sweepInto(out, SMALL, { engine: engine('failing', 0, true), retry: true })
    await helper.leave(false)
    expect(again).toMatchObject({ computed: 8, failed: 0 })
    expect(tableOf(again)).toBe(tableOf(reference))
    expect(readFileSync(join(again.dir, 'failures.json'), 'utf8')).toBe(
      readFileSync(join(reference.dir, 'failures.json'), 'utf8'),
    )
  })
})
