/** TEST ONLY. The headless browser that comes as a package. */
import { existsSync } from 'node:fs'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'
import { expect } from 'vitest'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--headless=shell',
]

export async function launchBrowser(): Promise<Browser> {
  const path = await chromium.executablePath()
  expect(existsSync(path)).toBe(true)
  return playwright.launch({ executablePath: path, args: ARGUMENTS, headless: true })
}
