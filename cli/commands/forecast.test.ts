import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ForecastEvaluation } from '../../data/forecast-evaluation.ts'
import { renderForecastReport } from '../../reports/forecast/render.ts'

const VPP = join(import.meta.dirname, '..', 'vpp.ts')
const scratch = mkdtempSync(join(tmpdir(), 'vpp-forecast-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

function vpp(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [VPP, 'forecast', 'evaluate', ...args], {
    cwd: scratch,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}
const SHORT = [
  '--homes',
  'fontana-2016/15',
  'fontana-2016/7',
  '--models',
  'ridge',
  'combination',
  '--days',
  '84',
]

describe('vpp forecast evaluate', () => {
  const shown = vpp(...SHORT)

  test('shows a table in 80 columns, says where the baseline won, and writes a report', () => {
    expect(shown.stderr).toMatch(/forecast\s+0 %/)
    expect(shown.status).toBe(0)
    const lines = shown.stdout.split('\n')
    expect(lines.filter((line) => line.length > 80 && !/^(?:report|folder)/.test(line))).toEqual([])
    for (const text of [
      'LOAD',
      'SOLAR',
      'seasonal-naive',
      'ridge',
      'combination',
      'chosen',
      'baseline was chosen',
    ])
      expect(shown.stdout).toContain(text)
    expect(shown.stdout).toContain('Set apart: fontana-2016/15')
    expect(shown.stdout).not.toContain('NaN')
    expect(shown.stdout).not.toContain('network')
    const report = /^report {2}(.*)$/m.exec(shown.stdout)![1]
    const html = readFileSync(join(scratch, report), 'utf8')
    expect(html).toContain('Better than')
    expect(html.replaceAll(/<script[\s\S]*?<\/script>/g, '')).not.toMatch(/NaN|undefined/)
    expect(existsSync(join(scratch, report, '..', 'forecast.json'))).toBe(true)
  }, 120_000)

  test('gives one object with --json, the same again; its report is made of it alone', () => {
    const again = vpp(...SHORT, '--json', '--quiet', '--out', 'other')
    expect(again).toMatchObject({ status: 0, stderr: '' })
    const { dir, report, ...evaluation } = JSON.parse(again.stdout) as ForecastEvaluation & {
      dir: string
      report: string
    }
    expect(evaluation).toMatchObject({ format: 1, seed: 1, engine: null })
    expect(
      evaluation.sets[0].targets.map(({ target, homes }) => [target, homes.map(({ id }) => id)]),
    ).toEqual([
      ['load', ['fontana-2016/7', 'fontana-2016/15']],
      ['solar', ['fontana-2016/7', 'fontana-2016/15']],
    ])
    const [first] = readdirSync(join(scratch, 'runs'))
    expect(JSON.parse(readFileSync(join(scratch, 'runs', first, 'forecast.json'), 'utf8'))).toEqual(
      evaluation,
    )
    expect(readFileSync(join(scratch, report), 'utf8')).toBe(
      readFileSync(join(scratch, 'runs', first, 'report.html'), 'utf8'),
    )
    expect(renderForecastReport(JSON.parse(JSON.stringify(evaluation)) as ForecastEvaluation)).toContain(
      '</html>',
    )
    expect(dir).toMatch(/^other\/forecast-[0-9a-f]{12}$/)
  }, 120_000)

  test.each([
    [['--homes', 'fontana-2016/3'], /fontana-2016\/3/],
    [['--homes', 'fontana-2016/17'], /is no home or set/],
    [['--models', 'oracle'], /oracle/],
    [['--days', '20'], /must be a whole number from 77 on/],
    [['--seed', '1.5'], /seed/],
  ])('refuses %j with exit code 2', (args, message) => {
    const refused = vpp(...args)
    expect(refused.status).toBe(2)
    expect(refused.stderr).toMatch(message)
    expect(refused.stdout).toBe('')
  })
})
