import { existsSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { VppError } from '../../data/errors.ts'

/** Names under which a Chromium may stand on the path. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge']

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--headless=shell']

/** A browser that the user names, one on the path, or the one that ships for tests. */
async function findBrowser(): Promise<string | null> {
  const named = process.env.VPP_CHROMIUM
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named
    throw new VppError('failure', {
      place: 'VPP_CHROMIUM',
      problem: `names ${named}, which is not there`,
      fix: 'give the path of a Chromium or Chrome program',
    })
  }
  for (const dir of (process.env.PATH ?? '').split(delimiter))
    for (const name of NAMES) {
      const path = join(dir, name)
      if (dir !== '' && existsSync(path)) return path
    }
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    return await chromium.executablePath()
  } catch {
    return null
  }
}

/**
 * Prints an HTML file to A4 with page numbers, as its print style says.
 * @returns bytes of the PDF
 * @throws VppError where there is no browser, or it cannot print
 */
export async function printPdf(html: string): Promise<Uint8Array> {
  const refuse = (problem: string, cause?: unknown): never => {
    throw new VppError(
      'failure',
      {
        place: '--pdf',
        problem,
        fix: 'install Chromium or name one in VPP_CHROMIUM; or open the HTML file in a browser and print it',
      },
      cause,
    )
  }
  const executablePath = await findBrowser()
  if (executablePath === null) return refuse('found no Chromium')
  let playwright: typeof import('playwright-core')
  try {
    playwright = await import('playwright-core')
  } catch (cause) {
    return refuse('needs the package playwright-core, which is not installed', cause)
  }
  let browser
  try {
    browser = await playwright.chromium.launch({ executablePath, args: ARGUMENTS, headless: true })
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(pathToFileURL(resolve(html)).href)
    return await page.pdf({ format: 'A4', printBackground: true, preferCSSPageSize: true })
  } catch (cause) {
    return refuse(`could not print with ${executablePath}: ${(cause as Error).message.split('\n')[0]}`, cause)
  } finally {
    await browser?.close()
  }
}
