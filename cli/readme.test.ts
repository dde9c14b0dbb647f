import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, body]) => body.trim().split('\n'))
const scratch = mkdtempSync(join(tmpdir(), 'vpp-readme-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Runs a line of the README in a folder of its own; `npm run vpp --` is the command that it stands for. */
function run(line: string): string {
  const args = line.replace(/^npm run vpp -- /, '').split(' ')
  return execFileSync(process.execPath, [join(ROOT, 'cli/vpp.ts'), ...args], {
    cwd: scratch,
    encoding: 'utf8',
  })
}

describe('the README’s commands work as written', () => {
  symlinkSync(join(ROOT, 'package.json'), join(scratch, 'package.json'))
  const lines = blocks.flat().filter((line) => line.startsWith('npm run vpp -- '))

  test('there are some, and `npm start` and `npm test` stand in package.json', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    expect(blocks.flat()).toEqual(expect.arrayContaining(['npm start', 'npm test']))
    expect(scripts).toMatchObject({ start: expect.any(String) as string, test: expect.any(String) as string })
    expect(lines.length).toBeGreaterThan(5)
  })

  // In the README's order: later lines read what earlier ones wrote.
  for (const line of lines) test(line, () => expect(run(line).length).toBeGreaterThan(10))
})

test('the overview of commands fits into 80 columns', () => {
  const help = execFileSync(process.execPath, [join(ROOT, 'cli', 'vpp.ts'), '--help'], { encoding: 'utf8' })
  expect(help.split('\n').filter((line) => line.length > 80)).toEqual([])
})
