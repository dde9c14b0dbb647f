import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RUN_FILES } from '../data/run-files.ts'
import { runInto } from '../sim/testing.ts'
import { computeKpis, kpiJson } from './kpi/compute.ts'
import { writeReport } from './render.ts'
import { launchBrowser } from './testing/launch-browser.ts'
import { cutWords, type OpenedPage, openReport } from './testing/open-report.ts'

const HOSTILE = '<script>alert(1)</script><b>"Ünïcode"</b> \u05d0\u05d1 & co'
const scratch = mkdtempSync(join(tmpdir(), 'vpp-browser-'))
let browser: Browser
let report = ''

const open = (width: number, scripts = true): Promise<OpenedPage> =>
  openReport(browser, report, { width, scripts })

beforeAll(async () => {
  browser = await launchBrowser()
  const { dir } = await runInto(scratch, 'first-neighborhood', 250, {
    edit: (scenario) => {
      scenario.title = HOSTILE
      scenario.communities[0].homes[0].label = HOSTILE
    },
    derive: (folder, results, scenario) =>
      writeFileSync(join(folder, RUN_FILES.kpi), kpiJson(computeKpis(results, scenario))),
  })
  report = await writeReport(dir)
})
afterAll(async () => {
  await browser?.close()
  rmSync(scratch, { recursive: true, force: true })
})

describe('the report in a browser', () => {
  test('is one file under 4 MB', () => {
    expect(statSync(report).size).toBeLessThan(4e6)
  })

  test.each([1280, 768, 400])('at %i px: no complaint, no request, no sideways scrolling', async (width) => {
    const { page, complaints } = await open(width)
    await page.waitForTimeout(1500)
    expect(complaints).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    await page.context().close()
  })

  test.each([1280, 400])('at %i px: no word of a picture is cut off', async (width) => {
    const { page } = await open(width)
    const cut = await cutWords(page)
    // A home may be named longer than any drawing is wide.
    expect(cut.filter((text) => !text.includes('alert(1)'))).toEqual([])
    await page.context().close()
  })

  test('who wins and who loses is in sight on the first screen', async () => {
    const { page } = await open(1280)
    const table = page.locator('#roles')
    expect(await table.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0)
    expect(await table.evaluate((one) => one.getBoundingClientRect().bottom)).toBeLessThan(800)
    await page.context().close()
  })

  test('a week can be explored', async () => {
    const { page, complaints } = await open(1280)
    await page.locator('button.explore').first().click()
    await page.locator('.interactive .main-svg').first().waitFor({ state: 'visible' })
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('names with markup are shown as text', async () => {
    const { page } = await open(1280)
    expect(await page.evaluate('document.body.innerText')).toContain('<script>alert(1)</script>')
    await page.context().close()
  })

  test('without scripts the pictures and tables are there', async () => {
    const { page, complaints } = await open(1280, false)
    expect(await page.locator('figure svg').count()).toBeGreaterThan(5)
    expect(await page.locator('table').count()).toBeGreaterThan(5)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('prints', async () => {
    const { page } = await open(1280)
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.length).toBeGreaterThan(50_000)
    await page.context().close()
  })

  test.each(['light', 'dark'] as const)(
    'has no accessibility violation (WCAG 2.2 AA), %s',
    async (scheme) => {
      const { page } = await open(1280)
      await page.emulateMedia({ colorScheme: scheme })
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`)).toEqual([])
      await page.context().close()
    },
  )

  test('the same run gives the same report but for time and duration', async () => {
    const first = readFileSync(report, 'utf8')
    await writeReport(join(report, '..'))
    expect(readFileSync(report, 'utf8')).toBe(first)
  })
})
