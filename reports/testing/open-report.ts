/** TEST ONLY. A page on a report in a real browser, with everything that it complained of or asked for. */
import type { Browser, Page } from 'playwright-core'

export interface OpenedPage {
  readonly page: Page
  /** Errors and warnings of the console, and requests beyond the file itself. */
  readonly complaints: readonly string[]
}

export interface OpenOptions {
  readonly width: number
  readonly scripts?: boolean
  /** Device pixels for a pixel of the page: 2 with half the width is a zoom of 200 %. */
  readonly scale?: number
  /** Script that runs before those of the page. */
  readonly before?: string
}

/** Opens a report from its file. */
export async function openReport(browser: Browser, path: string, options: OpenOptions): Promise<OpenedPage> {
  const { width, scripts = true, scale = 1, before } = options
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    deviceScaleFactor: scale,
    javaScriptEnabled: scripts,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!/^(?:file|data|blob):/.test(request.url())) complaints.push(`asks for ${request.url()}`)
  })
  if (before !== undefined) await page.addInitScript(before)
  await page.goto(`file://${path}`)
  return { page, complaints }
}

/** Words of pictures that reach beyond their drawing, as `figure: word`. */
export const cutWords = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('figure svg')]
    .filter((svg) => svg.getBoundingClientRect().width > 0)
    .flatMap((svg) => {
      const box = svg.getBoundingClientRect()
      return [...svg.querySelectorAll('text')]
        .map((text) => [text.textContent, text.getBoundingClientRect()])
        .filter(([, word]) => word.left < box.left - 2 || word.right > box.right + 2 || word.bottom > box.bottom + 2)
        .map(([text]) => svg.closest('figure').id + ': ' + text)
    })`)
