import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import type { ViabilityFile } from '../../data/viability-files.ts'
import { readRun } from '../read-run.ts'
import { launchBrowser } from '../testing/launch-browser.ts'
import { SECTIONS } from '../sections/registry.ts'
import { cutWords, type OpenedPage, type OpenOptions, openReport } from '../testing/open-report.ts'
import type { Business } from './business/business.ts'
import { untracedNumbers } from './testing/pools.ts'

const ROOT = join(import.meta.dirname, '../..')
/** Markup, quotes, a script, right-to-left text and an override of its direction. */
const HOSTILE = `<script>document.title='owned'</script><img src=x onerror="document.title='owned'"> "q" 'a' & \u05d0\u05d1 \u202e&lt;`

const scratch = mkdtempSync(join(tmpdir(), 'vpp-viability-'))
let browser: Browser
let report = ''
let folder = ''

const open = (options: OpenOptions): Promise<OpenedPage> => openReport(browser, report, options)

/** A gallery scenario in which everything that somebody may type is hostile. */
function hostileScenario(): string {
  const text = readFileSync(join(ROOT, 'scenarios/gallery/first-neighborhood/scenario.yaml'), 'utf8')
  const scenario = parse(text) as Record<string, never> & {
    tariff: Record<string, unknown>
    period: Record<string, unknown>
    communities: { label: string; homes: { label: string }[] }[]
  }
  scenario.period.days = 61
  scenario.tariff.label = HOSTILE
  scenario.communities[0].label = HOSTILE
  scenario.communities[0].homes[0].label = HOSTILE
  mkdirSync(join(scratch, 'letters'))
  writeFileSync(join(scratch, 'letters', 'utility.txt'), 'a letter')
  const path = join(scratch, 'hostile.yaml')
  const pilot = {
    staff: [{ role: HOSTILE, fullTimeFraction: 1, usdPerYear: 150_000 }],
    services: [{ label: HOSTILE, usd: 12_000, months: 12 }],
    letters: [
      { from: HOSTILE, role: 'utility', file: 'letters/utility.txt' },
      { from: HOSTILE, role: 'counsel', file: 'letters/none.txt' },
    ],
  }
  writeFileSync(
    path,
    stringify({ ...scenario, title: HOSTILE, question: `${HOSTILE}?`, description: HOSTILE, pilot }),
  )
  return path
}

beforeAll(async () => {
  const args = ['viability', hostileScenario(), '--runs', '4', '--runs-dir', join(scratch, 'runs'), '--json']
  const made = spawnSync(process.execPath, [join(ROOT, 'cli/vpp.ts'), ...args], { encoding: 'utf8' })
  expect(made.status, made.stderr).toBe(0)
  report = (JSON.parse(made.stdout) as { report: string }).report
  folder = join(report, '..')
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  rmSync(scratch, { recursive: true, force: true })
})

describe('the viability report in a browser', () => {
  test('is one file under 5 MB', () => {
    expect(statSync(report).size).toBeLessThan(5e6)
  })

  test('every number in its text comes from its data', async () => {
    const viability = JSON.parse(
      readFileSync(join(folder, 'viability.json'), 'utf8'),
    ) as ViabilityFile<Business>
    const input = { report: await readRun(folder), viability }
    const found = untracedNumbers(input, readFileSync(report, 'utf8'))
    expect(Object.keys(found).length).toBeGreaterThan(12)
    for (const [id, numbers] of Object.entries(found)) expect(numbers, id).toEqual([])
  })

  test.each([1280, 768, 400])('at %i px: no complaint, no request, no sideways scrolling', async (width) => {
    const { page, complaints } = await open({ width })
    await page.waitForTimeout(1000)
    expect(complaints).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    await page.context().close()
  })

  test('at 200 % zoom nothing scrolls sideways', async () => {
    const { page } = await open({ width: 640, scale: 2 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(640)
    await page.context().close()
  })

  test.each([1280, 400])('at %i px: no word of a picture is cut off', async (width) => {
    const { page } = await open({ width })
    // A home may be named longer than any drawing is wide.
    expect((await cutWords(page)).filter((text) => !text.includes('owned'))).toEqual([])
    await page.context().close()
  })

  test('names with markup, quotes, scripts and right-to-left text are shown as text', async () => {
    const { page, complaints } = await open({ width: 1280 })
    const text = await page.evaluate<string>('document.body.innerText')
    // Title and question, homes, staff, services, letters.
    expect(text.split(HOSTILE).length).toBeGreaterThan(6)
    expect(await page.title()).not.toBe('owned')
    expect(await page.evaluate('document.querySelectorAll("main img, header img, nav img").length')).toBe(0)
    // Every script element is one that the page brings: data, the plots, the code that shows them.
    expect(
      await page.evaluate(
        `[...document.scripts].filter((one) => one.textContent.includes('owned') && one.type !== 'application/json').length`,
      ),
    ).toBe(0)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('the policy keeps any other script, style, image or request from running', async () => {
    const { page } = await open({ width: 1280 })
    const { ran, kept } = await page.evaluate<{ ran: string[]; kept: string[] }>(`new Promise((resolve) => {
      const ran = []
      const kept = []
      document.addEventListener('securitypolicyviolation', (one) => kept.push(one.effectiveDirective))
      window.planted = (what) => ran.push(what)
      const add = (name, set) => {
        const element = document.createElement(name)
        set(element)
        document.body.append(element)
        return element
      }
      add('script', (one) => { one.textContent = 'planted("script")' })
      add('style', (one) => { one.textContent = 'body { background: red }' })
      const button = add('button', (one) => { one.setAttribute('onclick', 'planted("handler")') })
      button.click()
      add('img', (one) => { one.onload = () => planted('image'); one.src = 'https://example.org/x.png' })
      add('iframe', (one) => { one.src = 'https://example.org/' })
      fetch('https://example.org/').then(() => planted('fetch'), () => {})
      setTimeout(() => resolve({ ran, kept }), 500)
    })`)
    expect(ran).toEqual([])
    expect(new Set(kept)).toEqual(
      new Set([
        'script-src-elem',
        'style-src-elem',
        'script-src-attr',
        'img-src',
        'frame-src',
        'connect-src',
      ]),
    )
    await page.context().close()
  })

  test('the first picture is there within 1.5 s, everything within 4 s', async () => {
    const before = `{
      const look = () => {
        const picture = document.querySelector('figure svg')
        if (picture && picture.getBoundingClientRect().height > 0) window.firstPictureMs = performance.now()
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
      addEventListener('load', () => requestAnimationFrame(() => { window.allMs = performance.now() }))
    }`
    const times: { first: number; all: number }[] = []
    // The best of three: other work on the machine is not the report's.
    for (let round = 0; round < 3; round++) {
      // oxlint-disable-next-line no-await-in-loop
      const { page } = await open({ width: 1280, before })
      // oxlint-disable-next-line no-await-in-loop
      await page.waitForFunction('window.allMs > 0 && window.firstPictureMs > 0')
      // oxlint-disable-next-line no-await-in-loop
      times.push(await page.evaluate('({ first: window.firstPictureMs, all: window.allMs })'))
      // oxlint-disable-next-line no-await-in-loop
      await page.context().close()
    }
    expect(Math.min(...times.map(({ first }) => first))).toBeLessThan(1500)
    expect(Math.min(...times.map(({ all }) => all))).toBeLessThan(4000)
  })

  test('without scripts the pictures and tables are there', async () => {
    const { page, complaints } = await open({ width: 1280, scripts: false })
    expect(await page.locator('figure svg').count()).toBeGreaterThan(8)
    expect(await page.locator('#risk-register').isVisible()).toBe(true)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('on paper no fold is closed', async () => {
    const { page } = await open({ width: 1280 })
    await page.emulateMedia({ media: 'print' })
    const closed = await page.evaluate<number>(
      `[...document.querySelectorAll('details')].filter((one) => one.getBoundingClientRect().height < 40).length`,
    )
    expect(closed).toBe(0)
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.length).toBeGreaterThan(100_000)
    await page.context().close()
  })

  test.each([
    ['light', ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']],
    // Another scheme changes colors only.
    ['dark', ['color-contrast']],
  ] as const)('has no accessibility violation (WCAG 2.2 AA), %s', async (scheme, rules) => {
    const { page } = await open({ width: 1280 })
    await page.emulateMedia({ colorScheme: scheme })
    // The run's own sections are looked at in its own report.
    const axe = SECTIONS.reduce((all, { id }) => all.exclude(`#${id}`), new AxeBuilder({ page }))
    const { violations } = await (
      scheme === 'light' ? axe.withTags([...rules]) : axe.withRules([...rules])
    ).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`)).toEqual([])
    await page.context().close()
  })
})
