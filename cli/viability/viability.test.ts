import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ViabilityFile } from '../../data/viability-files.ts'
import type { Business } from '../../reports/viability/business/business.ts'
import { BUSINESS_SECTIONS } from '../../reports/viability/business/registry.ts'
import { launchBrowser } from '../../reports/testing/launch-browser.ts'
import { openReport } from '../../reports/testing/open-report.ts'
import { STUDY_SECTIONS } from '../../reports/viability/registry.ts'
import { galleryPath } from '../../scenarios/gallery.ts'

const VPP = join(import.meta.dirname, '..', 'vpp.ts')
const HOSTILE = '<script>alert(1)</script><b>"Ünïcode"</b> \u05d0\u05d1 & co'
/** A season: what a year shows, a tenth of the time. */
const SCENARIO = readFileSync(galleryPath('first-neighborhood'), 'utf8')
  .replace('days: 365', 'days: 100')
  .replace('settlementMinutes: 5', 'settlementMinutes: 60')
  .replace('label: Home 1\n', `label: ${JSON.stringify(HOSTILE)}\n`)
const DRAWS = ['--runs', '12', '--seed', '5']

const folders: string[] = []
function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'vpp-viability-'))
  folders.push(dir)
  writeFileSync(join(dir, 'block.yaml'), SCENARIO)
  return dir
}
afterAll(() => {
  for (const dir of folders) rmSync(dir, { recursive: true, force: true })
})

const vpp = (dir: string, ...args: string[]) =>
  spawnSync(process.execPath, [VPP, ...args], { cwd: dir, encoding: 'utf8' })

/** Writes the report into `out` of a folder. */
function made(dir: string, ...args: string[]) {
  const { status, stderr } = vpp(dir, 'viability', ...args, '--quiet', '--out', 'out')
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return {
    json: readFileSync(join(dir, 'out', 'viability.json'), 'utf8'),
    html: readFileSync(join(dir, 'out', 'viability.html'), 'utf8'),
  }
}

const first = folder()
let report: ReturnType<typeof made>
let file: ViabilityFile<Business>
beforeAll(() => {
  report = made(first, 'block.yaml', ...DRAWS, '--workers', '1')
  file = JSON.parse(report.json) as ViabilityFile<Business>
})

describe('vpp viability', () => {
  test('is the same byte for byte on other workers, and as it comes of the run’s folder', () => {
    // What was computed before would be taken as it is.
    rmSync(join(first, 'runs', '.viability'), { recursive: true })
    const { json } = made(first, 'block.yaml', ...DRAWS, '--workers', '2')
    expect(json).toBe(report.json)
    expect(made(first, file.runId, ...DRAWS).json).toBe(report.json)
    expect(made(first, 'block.yaml', '--runs', '12', '--seed', '6').json).not.toBe(report.json)
  })

  test('the command of its reproduction box makes it again elsewhere', () => {
    const [, command] = /id="reproduce">.*?<code>([^<]*)<\/code>/s.exec(report.html) ?? []
    expect(command).toBe(file.command)
    const elsewhere = folder()
    expect(command).toMatch(/^vpp viability /)
    const { status } = vpp(elsewhere, ...command.split(' ').slice(1), '--quiet')
    expect(status).toBe(0)
    const again = join(elsewhere, 'runs', file.runId, 'viability.json')
    expect(readFileSync(again, 'utf8')).toBe(report.json)
  })

  test('a study that was stopped goes on where it was', async () => {
    const dir = folder()
    const child = spawn(process.execPath, [VPP, 'viability', 'block.yaml', ...DRAWS, '--workers', '1'], {
      cwd: dir,
    })
    let said = ''
    child.stderr.on('data', (text) => {
      said += String(text)
      if (said.includes('runs of the study')) child.kill('SIGINT')
    })
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect(code).toBe(130)
    const kept = readdirSync(join(dir, 'runs', '.viability'), { recursive: true }).length
    expect(kept).toBeGreaterThan(0)
    expect(existsSync(join(dir, 'runs', file.runId, 'viability.html'))).toBe(false)
    expect(made(dir, 'block.yaml', ...DRAWS).json).toBe(report.json)
  })

  test('says what is wrong with what it is given, where, and what to do', () => {
    expect(vpp(first, 'viability', 'nothing')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(
        /^nothing {2}is neither a scenario nor a run in runs; give a YAML file/,
      ) as string,
    })
    expect(vpp(first, 'viability', 'block.yaml', '--runs', '-1')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--runs  is -1; must be a whole number from 0') as string,
    })
    const wide = SCENARIO.replace(
      '\nmarket:',
      '\nviability: { uncertain: { load: { low: 2, high: 1 } } }\nmarket:',
    )
    writeFileSync(join(first, 'wide.yaml'), wide)
    expect(vpp(first, 'viability', 'wide.yaml')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(
        /wide\.yaml:\d+:\d+ .*viability\.uncertain\.load.*low ≤ mode ≤ high/s,
      ) as string,
    })
  })

  test('without a study the report has the run’s own first screen', () => {
    const { html, json } = made(first, 'block.yaml', '--runs', '0')
    expect((JSON.parse(json) as ViabilityFile<Business>).study).toBeNull()
    expect(html).not.toContain('id="how-sure"')
    expect(html).toContain('id="roles"')
  })
})

describe('what it holds', () => {
  test('every section, its numbers as data, no slip of a number, under 5 MB', () => {
    expect(report.html.length).toBeLessThan(5e6)
    const context = { study: file.study, business: file.business } as never
    for (const { id, applies } of [...STUDY_SECTIONS, ...BUSINESS_SECTIONS])
      expect(report.html.includes(`<section id="${id}"`), id).toBe(applies?.(context) ?? true)
    const [, embedded] = /id="viability">(.*?)<\/script>/s.exec(report.html) ?? []
    expect(JSON.parse(embedded)).toEqual(file)
    const text = report.html.replaceAll(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
    expect(text).not.toMatch(/NaN|undefined|Infinity|\[object|(?<!\w)null(?!\w)/)
  })

  test('what follows from the arithmetic of the study', () => {
    const { study } = file
    if (study === null) throw new Error('no study')
    for (const { roles, homes } of study.rules) {
      for (const { usdPerMonth: one } of roles) {
        expect(one.p10).toBeLessThanOrEqual(one.p50)
        expect(one.p50).toBeLessThanOrEqual(one.p90)
      }
      for (const { lossShare } of homes) expect(lossShare).toBeLessThanOrEqual(1)
    }
    // A battery that costs more is never worth more, and one that lives longer never less.
    for (const { id, bars } of study.tornados.filter(({ id: name }) => name.startsWith('npv'))) {
      const bar = (name: string) => bars.find(({ variable }) => variable === name)
      expect(bar('batteryCost')?.lowResult, id).toBeGreaterThan(bar('batteryCost')?.highResult ?? Infinity)
      expect(bar('batteryLife')?.lowResult, id).toBeLessThan(bar('batteryLife')?.highResult ?? -Infinity)
    }
    // The dearer the wires, the less is gained; the more exports earn, the less.
    const gains = study.map?.gainUsdPerMonth ?? []
    for (let row = 1; row < gains.length; row++)
      gains[row].forEach((gain, at) => expect(gain).toBeLessThanOrEqual(gains[row - 1][at] + 1e-9))
    for (const row of gains)
      for (let at = 1; at < row.length; at++) expect(row[at]).toBeLessThanOrEqual(row[at - 1] + 1e-9)
    // Two rates of carbon on the same energy.
    const { marginal, average, marginalKgPerYear, averageKgPerYear } = study.carbon
    expect(marginalKgPerYear.p50 / averageKgPerYear.p50).toBeCloseTo(marginal.value / average.value, 9)
    expect(study.incentives.find(({ id }) => id === 'federal-25d')).toMatchObject({
      eligible: false,
      onceUsd: 0,
    })
  })
})

test('prints to a PDF', () => {
  made(first, 'block.yaml', ...DRAWS, '--pdf')
  const pdf = join(first, 'out', 'viability.pdf')
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-')
  expect(statSync(pdf).size).toBeGreaterThan(50_000)
})

test('verdict, who loses, what it costs and how to reproduce it are in sight on the first screen', async () => {
  writeFileSync(join(first, 'page.html'), report.html)
  const browser = await launchBrowser()
  try {
    const { page } = await openReport(browser, join(first, 'page.html'), { width: 1280 })
    for (const place of ['.verdict', '#roles', '.losers', '.figures', '#reproduce']) {
      const bottom = await page
        .locator(place)
        .first()
        .evaluate((one) => one.getBoundingClientRect().bottom)
      // A label longer than any name may push the last line a little below.
      expect(bottom, place).toBeLessThanOrEqual(place === '#reproduce' ? 850 : 800)
    }
  } finally {
    await browser.close()
  }
})
