import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { describeWithFabric } from '../ledger/fabric/testing/network.ts'
import { down } from '../ledger/fabric/network/state.ts'

const ROOT = join(import.meta.dirname, '..')
const run = promisify(execFile)
const COMMAND = 'npm run vpp -- '

/** The commands of the ledger's README, in their order, in a folder of their own. */
describeWithFabric('the commands of ledger/fabric/README.md work as written', () => {
  const readme = readFileSync(join(ROOT, 'ledger/fabric/README.md'), 'utf8')
  const lines = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap(([, body]) => body.trim().split('\n'))
    .filter((line) => line.startsWith(COMMAND))
  const scratch = mkdtempSync(join(tmpdir(), 'vpp-fabric-readme-'))
  afterAll(async () => {
    await down(join(scratch, 'runs/fabric'), true).catch(() => {})
    rmSync(scratch, { recursive: true, force: true })
  }, 60_000)

  const said = new Map<string, string>()
  for (const line of lines) {
    test(line, { timeout: 900_000 }, async () => {
      const args = [join(ROOT, 'cli/vpp.ts'), ...line.slice(COMMAND.length).split(' ')]
      const { stdout } = await run(process.execPath, args, { cwd: scratch })
      expect(stdout.length).toBeGreaterThan(10)
      said.set(line, stdout)
    })
  }

  test('both ledgers hold the same state', () => {
    const diff = said.get(`${COMMAND}ledger diff one-home fabric`) ?? ''
    const hash = /^equal {2}([0-9a-f]{64})$/m.exec(diff)?.[1] ?? 'none'
    expect(said.get(`${COMMAND}run one-home --ledger fabric`)).toContain(`both ledgers ${hash}`)
  })
})
