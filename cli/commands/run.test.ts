import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Manifest, RUN_FILES } from '../../data/run-files.ts'

const VPP = join(import.meta.dirname, '..', 'vpp.ts')
const RUN = ['run', 'first-neighborhood', '--out', 'runs']

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vpp-run-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const vpp = (...args: string[]) => spawnSync(process.execPath, [VPP, ...args], { cwd: dir, encoding: 'utf8' })

/** A year's run; `signals` come one after another once it simulates, all of them at once. */
async function interrupted(...signals: NodeJS.Signals[]) {
  const child = spawn(process.execPath, [VPP, ...RUN], { cwd: dir })
  const said = { out: '', error: '', sent: false }
  child.stdout.on('data', (text) => (said.out += String(text)))
  child.stderr.on('data', (text) => {
    said.error += String(text)
    if (said.sent || !said.error.includes('community-days')) return
    said.sent = true
    for (const [at, signal] of signals.entries()) setTimeout(() => child.kill(signal), 30 * at)
  })
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on('close', (...end) => resolve(end))
  })
  return { ...said, code, signal, left: readdirSync(join(dir, 'runs')) }
}

describe.skipIf(process.platform === 'win32')('a year’s run', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s: finished to a day, marked as partial, exit 130',
    async (signal) => {
      const { code, out, error, left } = await interrupted(signal)
      expect(code).toBe(130)
      expect(error).toContain('stopping at the end of the simulated day')
      expect(out).toMatch(/PARTIAL: \d+ days/)
      expect(left).toHaveLength(1)
      const run = join(dir, 'runs', left[0])
      expect(left[0]).toMatch(/-partial$/)
      const manifest = JSON.parse(readFileSync(join(run, RUN_FILES.manifest), 'utf8')) as Manifest
      expect(manifest.complete).toBe(false)
      expect(readFileSync(join(run, RUN_FILES.report), 'utf8')).toContain('PARTIAL RUN')
      expect(vpp('ledger', 'verify', run)).toMatchObject({ status: 0 })
    },
  )

  test('Ctrl-C twice stops at once and leaves nothing', async () => {
    const { code, left } = await interrupted('SIGINT', 'SIGINT')
    expect(code).toBe(130)
    expect(left).toEqual([])
  })

  test('kill -9 leaves nothing that looks like a run; the next run clears it', async () => {
    const { signal, left } = await interrupted('SIGKILL')
    expect(signal).toBe('SIGKILL')
    expect(left).toHaveLength(1)
    expect(left[0]).toMatch(/^\.first-neighborhood-/)
    expect(vpp('report', 'first-neighborhood')).toMatchObject({ status: 3 })
    expect(vpp(...RUN, '--quiet')).toMatchObject({ status: 0, stderr: '' })
    expect(readdirSync(join(dir, 'runs'))).toEqual([
      expect.stringMatching(/^first-neighborhood-[0-9a-f]{12}$/),
    ])
  })

  // A limit on the size of files meets the worker's journal as a full disk does; without tokens the homes' series.
  test.each(['on', 'off'])(
    'a disk that is full, or a file too large, is an error with a fix and leaves nothing; tokens %s',
    (tokens) => {
      const limited = `ulimit -f 256; exec "$0" "$@"`
      const args = ['--days', '40', '--quiet', '--tokens', tokens]
      const done = spawnSync('bash', ['-c', limited, process.execPath, VPP, ...RUN, ...args], {
        cwd: dir,
        encoding: 'utf8',
      })
      expect(done.stderr).toMatch(
        /^runs {2}cannot be written: EFBIG.*; free space or choose another folder with --out\n$/,
      )
      expect(done.status).toBe(1)
      expect(readdirSync(join(dir, 'runs'))).toEqual([])
    },
  )

  test('a folder where none can be made is an error at once', () => {
    const out = process.platform === 'linux' ? '/proc/vpp/runs' : '/dev/null/runs'
    const done = vpp('run', 'one-home', '--out', out)
    expect(done.status).toBe(1)
    expect(done.stderr).toContain(`${out}  cannot be written`)
  })
})

describe('what is printed', () => {
  test('standard output is one object with --json; progress is on standard error, or nowhere', () => {
    const loud = vpp('run', 'one-home', '--json')
    expect(JSON.parse(loud.stdout)).toMatchObject({ format: 1, runs: [{ complete: true, reused: false }] })
    expect(loud.stderr).toMatch(/100 %/)
    const again = vpp('run', 'one-home', '--json', '--quiet')
    expect(JSON.parse(again.stdout)).toMatchObject({ runs: [{ reused: true }] })
    expect(again.stderr).toBe('')
  })

  test('monthly figures of two days say that they are scaled', () => {
    expect(vpp('run', 'one-home', '--quiet').stdout).toMatch(/USD\/month, scaled from 2 days/)
  })

  test.each([
    [['run'], 2, /Not enough non-option arguments/],
    [['run', 'one-home', '--workers', '0'], 2, /^--workers {2}is 0; must be a whole number/],
    [['run', 'one-home', '--nope'], 2, /nope/],
    [['rum', 'one-home'], 2, /did you mean run\?/],
    [['run', 'one-hom'], 3, /did you mean one-home\?/],
    [['run', 'one-home', '--days', '0'], 3, /--days/],
    [['run', 'one-home', '--ledger', 'none'], 2, /ledger/],
  ] as const)('vpp %s exits %i', (args, status, words) => {
    const done = vpp(...args)
    expect(done.stderr).toMatch(words)
    expect(done.status).toBe(status)
    expect(done.stdout).toBe('')
  })

  test('the overview takes less than 200 ms of the processor', () => {
    // Not of the clock: other tests share the machine.
    const report = `process.on('exit', () => {
      const { user, system } = process.cpuUsage()
      process.stderr.write(String((user + system) / 1000))
    })`
    const took = Array.from({ length: 4 }, () => {
      const importing = `data:text/javascript,${encodeURIComponent(report)}`
      const done = spawnSync(process.execPath, ['--import', importing, VPP, '--help'], { encoding: 'utf8' })
      expect(done.stdout).toMatch(/^vpp: /)
      return Number(done.stderr)
    })
    expect(Math.min(...took)).toBeGreaterThan(1)
    expect(Math.min(...took)).toBeLessThan(200)
  })
})
