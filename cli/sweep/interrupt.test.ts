import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../sim/testing.ts'
import { ended, recordsIn, refused, startVpp, until, vpp } from './testing/sweeps.ts'

const root = temporaryFolder()
/** Twelve runs of a month each: long enough to be met at work. */
const MANY = ['one-home', '--vary', 'seed=1..12/12', '--set', 'period.days=30']

interface Summary {
  computed: number
  reused: number
  missing: number
  table: string
}
const sweep = (out: string, more: string[] = []) =>
  vpp(['sweep', ...MANY, '--out', out, '--workers', '2', '--quiet', '--json', ...more])
const summaryOf = ({ stdout }: { stdout: string }) => JSON.parse(stdout) as Summary

/** Starts the sweep and waits until some of its results are there. */
async function startedSweep(out: string, records: number) {
  const child = startVpp(['sweep', ...MANY, '--out', out, '--workers', '1', '--quiet', '--json'])
  let stdout = ''
  child.stdout?.on('data', (part: Buffer) => (stdout += part.toString()))
  await until(() => recordsIn(out).length >= records || child.exitCode !== null)
  return { child, stdout: () => stdout }
}

const whole = sweep(join(root, 'whole'))
const wholeTable = readFileSync(summaryOf(whole).table)

describe('an interrupted sweep goes on where it was', () => {
  test('after kill -9: only runs in flight are lost, nothing half written counts, the same bytes', async () => {
    const out = join(root, 'killed')
    let kills = 0
    for (const records of [2, 5]) {
      const { child } = await startedSweep(out, records)
      child.kill('SIGKILL')
      if ((await ended(child)) === 'SIGKILL') kills++
    }
    expect(kills).toBe(2)
    const there = recordsIn(out)
    expect(there.length).toBeGreaterThanOrEqual(5)
    expect(there.length).toBeLessThan(12)
    const rest = sweep(out, ['--resume'])
    expect(rest.status).toBe(0)
    expect(summaryOf(rest)).toMatchObject({ reused: there.length, computed: 12 - there.length, missing: 0 })
    expect(readFileSync(summaryOf(rest).table)).toEqual(wholeTable)
    for (const name of there)
      expect(readFileSync(join(out, name))).toEqual(readFileSync(join(root, 'whole', name)))
    expect(globSync('**/*writing*', { cwd: out })).toEqual([])
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it with 130 and a partial table', async (signal) => {
    const out = join(root, signal)
    const { child, stdout } = await startedSweep(out, 3)
    child.kill(signal)
    expect(await ended(child)).toBe(130)
    const { computed, missing, table } = summaryOf({ stdout: stdout() })
    expect(computed).toBeGreaterThanOrEqual(3)
    expect(computed + missing).toBe(12)
    expect(recordsIn(out)).toHaveLength(computed)
    expect(table).toMatch(/results\.partial\.parquet$/)
    if (signal === 'SIGTERM') return
    // From the folder alone.
    const folder = join(table, '..')
    const rest = vpp(['sweep', folder, '--resume', '--out', out, '--quiet', '--json'])
    expect(summaryOf(rest)).toMatchObject({ reused: computed, missing: 0 })
    expect(readFileSync(summaryOf(rest).table)).toEqual(wholeTable)
    expect(globSync('*/results.partial.parquet', { cwd: out })).toEqual([])
  })
})

describe('the command line', () => {
  test('--dry-run tells runs, time and space and writes nothing', () => {
    const out = join(root, 'dry')
    const { stdout, status } = vpp(['sweep', ...MANY, '--out', out, '--dry-run', '--json'])
    expect(status).toBe(0)
    const found = JSON.parse(stdout) as Record<string, number>
    expect(found).toMatchObject({ points: 12, done: 0, toRun: 12 })
    expect(found.seconds).toBeGreaterThan(0)
    expect(found.bytes).toBeGreaterThan(12 * 500)
    expect(globSync('**', { cwd: out })).toEqual([])
    const done = vpp(['sweep', ...MANY, '--out', join(root, 'whole'), '--dry-run', '--json'])
    expect(JSON.parse(done.stdout)).toMatchObject({ done: 12, toRun: 0 })
  })

  test.each([
    [['--resume'], 2, /was not begun/],
    [['--shard', '4/3'], 2, /must be part\/parts/],
    [['--shard', 'auto'], 2, /neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX/],
    [['--series', '--engine', 'bullmq'], 2, /not possible on a queue/],
    [
      ['--engine', 'bullmq', '--redis', 'redis://secret:word@127.0.0.1:1'],
      1,
      /127\.0\.0\.1:1.*cannot be used/,
    ],
    [['--engine', 'bullmq', '--redis', '127.0.0.1'], 2, /must begin with redis:\/\//],
    [['--workers', '0'], 2, /--workers/],
    [['--merge', '--from', join(root, 'nowhere')], 2, /is not there/],
  ])('%j is refused', async (more, status, message) => {
    const done = await refused(['sweep', ...MANY, '--out', join(root, 'refused'), '--quiet', ...more])
    expect(done.stderr).toMatch(message)
    expect(done.stderr).not.toMatch(/secret|word@|bug/)
    expect(done.status).toBe(status)
  })
})
