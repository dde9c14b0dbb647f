import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { RUN_FILES, type RunResults } from '../../data/run-files.ts'
import { runInto, temporaryFolder } from '../../sim/testing.ts'

const dir = temporaryFolder()
const VPP = join(import.meta.dirname, '..', 'vpp.ts')
const vpp = (...args: string[]) =>
  spawnSync(process.execPath, [VPP, 'statement', ...args, '--runs', dir], { cwd: dir, encoding: 'utf8' })
let results: RunResults

beforeAll(async () => {
  const { dir: run } = await runInto(dir, 'low-income-block', 40, {
    edit: (scenario) => {
      scenario.settlementMinutes = 60
    },
  })
  results = JSON.parse(readFileSync(join(run, RUN_FILES.results), 'utf8')) as RunResults
})

test('every home’s months have the bill’s net, and the terminal’s lines 80 columns', () => {
  const { homes } = results.communities[0]
  const consumer = homes.find(({ role }) => role === 'consumer')!
  const owner = homes.find(({ solarKw }) => solarKw > 0)!
  for (const home of [consumer, owner]) {
    const { status, stdout } = vpp(results.runId, '--home', home.id, '--json')
    expect(status).toBe(0)
    const made = JSON.parse(stdout) as { month: string; netCents: number; lines: { cents: number }[] }
    // 40 days from 1 August: August is the last whole month.
    expect(made.month).toBe('2016-08')
    const net = home.months[0].bills.plant.netMicroUsd
    expect(Math.abs(made.netCents * 10_000 - net)).toBeLessThanOrEqual(5_000)
    expect(made.lines.reduce((sum, { cents }) => sum + cents, 0)).toBe(made.netCents)
    const shown = vpp(results.runId, '--home', home.id, '--month', '2016-09', '--out', 'page.html')
    expect(shown.stdout).toContain('30 % of the month')
    expect(shown.stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(readFileSync(join(dir, 'page.html'), 'utf8')).toContain('Today’s rules, no trading')
  }
})

test('a home or month that is not there is told with what there is', () => {
  const [{ id }] = results.communities[0].homes
  const home = vpp(results.runId, '--home', `${id}x`)
  expect(home).toMatchObject({ status: 3, stderr: expect.stringContaining(`did you mean ${id}`) as string })
  const month = vpp(results.runId, '--home', id, '--month', '2017-01')
  expect(month.stderr).toContain('use one from 2016-08 to 2016-09')
  expect(vpp(results.runId)).toMatchObject({ status: 2 })
})
