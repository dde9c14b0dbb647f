import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadScenario } from '../scenarios/load.ts'
import { prepare } from './prepare.ts'
import { temporaryFolder } from './testing.ts'
import simulateCommunity, { type CommunityDone } from './worker.ts'

const { scenario } = loadScenario('first-neighborhood', { days: 3 })
const { communities, axis } = prepare(scenario, '.')
const dir = temporaryFolder()

function simulate(name: string, ledgerThread: boolean, durable: boolean): Promise<CommunityDone> {
  const board = new Int32Array(new SharedArrayBuffer(8))
  const to = join(dir, name)
  return simulateCommunity({
    scenario,
    prepared: communities[0],
    axis,
    dir: to,
    board,
    index: 0,
    durable,
    ledgerThread,
  }) as Promise<CommunityDone>
}

test('a ledger in a thread of its own leaves the same result and the same bytes', async () => {
  const own = await simulate('own', false, false)
  const piped = await simulate('piped', true, false)
  expect(piped).toEqual(own)
  const files = readdirSync(join(dir, 'own'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  expect(files.length).toBeGreaterThan(2)
  for (const file of files)
    expect(readFileSync(file.replace(join(dir, 'own'), join(dir, 'piped')))).toEqual(readFileSync(file))
})

test('a run whose journal cannot be written says so as it does without the thread', async () => {
  await simulate('twice', true, true)
  await expect(simulate('twice', true, true)).rejects.toThrow(/^EEXIST/)
  await expect(simulate('twice', false, false)).rejects.toThrow(/^EEXIST/)
})
