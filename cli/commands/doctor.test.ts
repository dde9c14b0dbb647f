import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const VPP = join(import.meta.dirname, '..', 'vpp.ts')

interface Found {
  parts: { name: string; ok: boolean; neededFor: string; fix: string; required: boolean }[]
}

test('on a machine with nothing else each missing part is named, what for, and how to get it', () => {
  const bare = { cwd: import.meta.dirname, env: { PATH: '/nowhere' }, encoding: 'utf8' } as const
  const text = spawnSync(process.execPath, [VPP, 'doctor'], bare)
  const json = spawnSync(process.execPath, [VPP, 'doctor', '--json'], bare)
  const { parts } = JSON.parse(json.stdout) as Found
  const missing = parts.filter(({ ok }) => !ok)
  expect(missing.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['git', 'Go', 'C compiler', 'Redis or Valkey']),
  )
  for (const { name, neededFor, fix } of missing) {
    expect(fix).not.toBe('')
    expect(text.stdout).toContain(`${name}: needed for ${neededFor}.\n  ${fix}`)
  }
  // None of these is needed to run a scenario.
  expect(missing.filter(({ required }) => required)).toEqual([])
  expect(text.status).toBe(0)
})
