import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../testing/launch-browser.ts'
import { sampleRun } from '../testing/sample-run.ts'
import { exportText, todaysExport } from '../tariff-text.ts'
import { renderStatement } from './page.ts'
import { statementOf } from './statement.ts'

const HOSTILE = '<script>alert(1)</script><b>"Ünïcode"</b> \u05d0\u05d1 & co, a name longer than a line'
const scratch = mkdtempSync(join(tmpdir(), 'vpp-statement-'))
let browser: Browser
const pages: string[] = []

beforeAll(async () => {
  browser = await launchBrowser()
  for (const tariff of ['peer', 'net-metering'] as const) {
    const { results, scenario } = sampleRun({ homes: 6, days: 62, tariff, label: () => HOSTILE })
    const { homes } = results.communities[0]
    for (const home of [homes[0], homes[homes.length - 1]]) {
      const path = join(scratch, `${tariff}-${home.id}.html`)
      writeFileSync(
        path,
        renderStatement(
          statementOf(results, scenario, home, home.months[0]),
          exportText(todaysExport(scenario)),
        ),
      )
      pages.push(path)
    }
  }
})
afterAll(async () => {
  await browser?.close()
  rmSync(scratch, { recursive: true, force: true })
})

/** Page objects of a PDF: the tree's own object is `/Pages`. */
const pageCount = (pdf: Buffer): number =>
  pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0

describe.each([0, 1, 2, 3])('statement %i', (at) => {
  test.each([
    ['A4', true],
    ['A4', false],
    ['Letter', true],
    ['Letter', false],
  ] as const)('is one sheet of %s (its own margins: %s)', async (format, preferCSSPageSize) => {
    const page = await browser.newPage()
    await page.goto(`file://${pages[at]}`)
    const pdf = await page.pdf({ format, preferCSSPageSize })
    expect(pageCount(pdf)).toBe(1)
    await page.close()
  })

  test.each([1280, 400])('at %i px: no sideways scrolling, no violation (WCAG 2.2 AA)', async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 800 } })
    const page = await context.newPage()
    await page.goto(`file://${pages[at]}`)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    expect(await page.evaluate('document.body.innerText')).toContain('<script>alert(1)</script>')
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`)).toEqual([])
    await context.close()
  })
})
