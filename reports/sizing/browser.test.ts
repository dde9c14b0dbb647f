import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../testing/launch-browser.ts'
import { sampleSizing } from '../testing/sample-sizing.ts'
import { renderSizing } from './render.ts'

const HOSTILE = '<script>alert(1)</script>"x" \u05d0'
const scratch = mkdtempSync(join(tmpdir(), 'vpp-sizing-'))
let browser: Browser
const PAGES = { some: sampleSizing(HOSTILE, true), nothing: sampleSizing(HOSTILE, false) }
const pathOf = (name: string) => join(scratch, `${name}.html`)

beforeAll(async () => {
  browser = await launchBrowser()
  for (const [name, result] of Object.entries(PAGES)) writeFileSync(pathOf(name), renderSizing(result))
})
afterAll(async () => {
  await browser?.close()
  rmSync(scratch, { recursive: true, force: true })
})

describe.each(['some', 'nothing'])('the page where %s is bought', (name) => {
  test('is small, and the same result gives the same bytes', () => {
    expect(statSync(pathOf(name)).size).toBeLessThan(300_000)
    expect(renderSizing(PAGES.some)).toBe(renderSizing(PAGES.some))
  })

  test.each([1280, 400])(
    'at %i px: no complaint, no sideways scrolling, no word cut, no violation',
    async (width) => {
      const context = await browser.newContext({ viewport: { width, height: 900 } })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => complaints.push(message.text()))
      page.on('request', (request) => {
        if (!/^(?:file|data):/.test(request.url())) complaints.push(request.url())
      })
      await page.goto(`file://${pathOf(name)}`)
      expect(complaints).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      expect(await page.evaluate('document.body.innerText')).toContain('<script>alert(1)</script>')
      const cut = await page.evaluate<string[]>(`[...document.querySelectorAll('figure svg')]
      .filter((svg) => svg.getBoundingClientRect().width > 0)
      .flatMap((svg) => {
        const box = svg.getBoundingClientRect()
        return [...svg.querySelectorAll('text')]
          .map((text) => [text.textContent, text.getBoundingClientRect()])
          .filter(([, word]) => word.left < box.left - 2 || word.right > box.right + 2 || word.bottom > box.bottom + 2)
          .map(([text]) => svg.closest('figure').id + ': ' + text)
      })`)
      expect(cut).toEqual([])
      for (const scheme of ['light', 'dark'] as const) {
        // oxlint-disable-next-line no-await-in-loop
        await page.emulateMedia({ colorScheme: scheme })
        // oxlint-disable-next-line no-await-in-loop
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
          .analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`)).toEqual([])
      }
      await context.close()
    },
  )

  test('its results are in it for machines', async () => {
    const page = await browser.newPage()
    await page.goto(`file://${pathOf(name)}`)
    const found = await page.evaluate<{ format: number }>(
      `JSON.parse(document.getElementById('sizing').textContent)`,
    )
    expect(found.format).toBe(1)
    await page.close()
  })
})
