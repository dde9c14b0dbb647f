import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const VPP = join(import.meta.dirname, 'vpp.mjs')
const folder = mkdtempSync(join(tmpdir(), 'vpp-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The environment with another cache, and none of Node's own settings for it. */
function environment(cache: string, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...rest } = process.env
  return { ...rest, XDG_CACHE_HOME: cache, ...extra }
}
const compiled = (cache: string) => join(cache, 'vpp-workbench', 'compiled')

test('compiled files are kept in the user’s cache', () => {
  execFileSync(process.execPath, [VPP, '--help'], { env: environment(folder) })
  expect(readdirSync(compiled(folder), { recursive: true }).length).toBeGreaterThan(3)
})

test('not where that is switched off', () => {
  const cache = join(folder, 'off')
  execFileSync(process.execPath, [VPP, '--help'], {
    env: environment(cache, { NODE_DISABLE_COMPILE_CACHE: '1' }),
  })
  expect(existsSync(compiled(cache))).toBe(false)
})

test('a cache that cannot be written is no trouble', () => {
  // A file is no folder, whoever asks.
  const { status, stdout, stderr } = spawnSync(process.execPath, [VPP, '--help'], {
    env: environment(VPP),
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toContain('usage: vpp')
})
