import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { RUN_FILES } from '../../data/run-files.ts'
import { runInto, temporaryFolder } from '../../sim/testing.ts'

/** Two days of a real neighborhood, and a copy with a flipped bit. */
const dir = temporaryFolder()
let run: string
let damaged: string
/** A lot that lives at the end. */
let lot: string

const VPP = join(import.meta.dirname, '..', 'vpp.ts')
const ledger = (...args: string[]) =>
  spawnSync(process.execPath, [VPP, 'ledger', ...args], { cwd: dir, encoding: 'utf8', maxBuffer: 2 ** 26 })
/** What an action prints with `--json`, which must have gone well unless another exit code is named. */
function json<T>(args: string[], exit = 0): T {
  const { status, stdout, stderr } = ledger(...args, '--json')
  expect(status, stderr).toBe(exit)
  return JSON.parse(stdout) as T
}

interface VerifiedJson {
  format: number
  ledgers: { ok: boolean; blocks: number; head: string; root: string; findings: { block: number }[] }[]
}
interface QueryJson {
  ledgers: { lots: { lot: string; owner: string }[]; balances: unknown[]; totals: { kind: string }[] }[]
}

beforeAll(async () => {
  run = (await runInto(dir, 'first-neighborhood', 2)).dir
  const journal = readFileSync(join(run, RUN_FILES.ledger, 'sierra-crest.journal'))
  journal[Math.floor(journal.length / 2)] ^= 1
  damaged = join(dir, 'damaged.journal')
  writeFileSync(damaged, journal)
  lot = json<QueryJson>(['query', run]).ledgers[0].lots[0].lot
}, 120_000)

describe('vpp ledger verify', () => {
  test('a sound run: exit 0, its head and state; a damaged journal: exit 1, the block named', () => {
    const [sound] = json<VerifiedJson>(['verify', run]).ledgers
    expect(sound).toMatchObject({ ok: true, findings: [], differences: [] })
    expect(ledger('verify', run).stdout).toMatch(new RegExp(`verified\n.*\n {2}head {3}${sound.head}`))

    const [broken] = json<VerifiedJson>(['verify', damaged], 1).ledgers
    expect(broken).toMatchObject({ ok: false, stateHash: null })
    expect(broken.findings[0].block).toBe(broken.blocks + 1)
    const told = ledger('verify', damaged)
    expect(told.status).toBe(1)
    expect(told.stdout).toMatch(new RegExp(`NOT SOUND\n[^]*block ${broken.blocks + 1}: its packed bytes`))
  })

  test('a run that says something else of its ledger than its journal: exit 1, the difference named', () => {
    const copy = join(dir, 'copy')
    cpSync(run, copy, { recursive: true })
    const file = join(copy, RUN_FILES.results)
    const results = JSON.parse(readFileSync(file, 'utf8')) as {
      communities: { ledger: { blocks: number } }[]
    }
    results.communities[0].ledger.blocks++
    writeFileSync(file, JSON.stringify(results))
    const { status, stdout } = ledger('verify', copy)
    expect(status).toBe(1)
    expect(stdout).toMatch(/says blocks \d+, the journal \d+/)
  })

  test('against a root that is known, from a file or in words: it holds, or exit 1', () => {
    const file = join(dir, 'root.json')
    const root = json<{ block: number; blockHash: string }>(['root', run, '--out', file])
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(root)
    expect(json(['verify', run, '--root', file])).toMatchObject({
      ledgers: [{ ok: true, known: 'everything up to its block' }],
    })
    const other = `${root.block}:${'0'.repeat(64)}`
    expect(json<VerifiedJson>(['verify', run, '--root', other], 1).ledgers[0].findings[0].block).toBe(
      root.block,
    )
    expect(ledger('verify', run, '--root', 'nothing').status).toBe(2)
  })
})

describe('vpp ledger proof', () => {
  let file: string
  let root: { block: number; blockHash: string; root: string }
  beforeAll(() => {
    file = join(dir, 'proof.json')
    const proof = json<{ block: number }>(['proof', run, lot, '--out', file])
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(proof)
    root = json(['root', run, '--block', String(proof.block)])
  })
  const check = (proof: string, given: string) => ['proof', '--check', proof, '--root', given]

  test('--check: proven by the block’s hash and by its root, exit 0', () => {
    const given = `${root.block}:${root.blockHash}`
    expect(json(check(file, given))).toMatchObject({ ok: true, by: 'block hash', block: root.block })
    expect(json(check(file, root.root))).toMatchObject({ ok: true, by: 'root' })
    const { status, stdout } = ledger(...check(file, given))
    expect(status).toBe(0)
    expect(stdout).toMatch(
      new RegExp(`proven by the block hash: in block ${root.block} stands\ntransaction `),
    )
  })

  test('--check: a changed leaf, a changed sentence, another root or number prove nothing, exit 1', () => {
    const text = readFileSync(file, 'utf8')
    const { leaf } = JSON.parse(text) as { leaf: string }
    const digit = leaf[100] === '0' ? '1' : '0'
    const forged = [
      text.replace(leaf, leaf.slice(0, 100) + digit + leaf.slice(101)),
      text.replace(/(\d+) mWh/, (_, mWh: string) => `${Number(mWh) + 1} mWh`),
      text.slice(0, -10),
      '{}',
    ]
    for (const [at, changed] of forged.entries()) {
      expect(changed).not.toBe(text)
      const path = join(dir, `forged-${at}.json`)
      writeFileSync(path, changed)
      expect(json(check(path, root.blockHash), 1)).toMatchObject({ ok: false })
    }
    expect(ledger(...check(join(dir, 'forged-0.json'), root.root))).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('PROVES NOTHING') as string,
    })
    expect(
      json(
        check(
          file,
          root.blockHash.replace(/^./, (d) => (d === '0' ? '1' : '0')),
        ),
        1,
      ),
    ).toMatchObject({
      ok: false,
    })
    expect(json(check(file, `${root.block + 1}:${root.blockHash}`), 1)).toMatchObject({ ok: false })
  })

  test('what cannot be asked: exit 2 for the words, 3 for a file or lot that is not there', () => {
    expect(ledger('proof', '--check', file).status).toBe(2)
    expect(ledger(...check(file, 'abc')).status).toBe(2)
    expect(ledger(...check(join(dir, 'nowhere.json'), root.root)).status).toBe(3)
    expect(ledger('proof', run).status).toBe(2)
    expect(ledger('proof', run, 'home-01-solar/1999-01-01T00:00Z').status).toBe(3)
    expect(ledger('proof', run, '--transaction', '1:999999999').status).toBe(3)
  })
})

describe('vpp ledger query, trace, export, diff', () => {
  test('query --json: lots, balances and totals; a filter leaves its own', () => {
    const [all] = json<QueryJson>(['query', run]).ledgers
    expect(all.balances.length).toBeGreaterThan(10)
    expect(all.totals.map(({ kind }) => kind)).toEqual(['tgen', 'tstorage', 'shadow'])
    const { owner } = all.lots[0]
    const [own] = json<QueryJson>(['query', run, '--owner', owner]).ledgers
    expect(own.lots).toEqual(all.lots.filter((one) => one.owner === owner))
    expect(ledger('query', run, '--show', 'totals').stdout).toMatch(/tokens by kind, state and reason/)
    expect(ledger('query', run, '--date', '2016-02-31').status).toBe(2)
    expect(ledger('query', join(dir, 'nowhere')).status).toBe(3)
  })

  test('trace --json: the lot’s life; exit 3 for a lot that never was', () => {
    expect(json(['trace', run, lot])).toMatchObject({ format: 1, lot, life: expect.any(Object) as object })
    expect(ledger('trace', run, lot).stdout).toContain(lot)
    expect(ledger('trace', run, 'home-01-solar/1999-01-01T00:00Z').status).toBe(3)
    expect(ledger('trace', run).status).toBe(2)
  })

  test('export --json: a line for each lot, to a file or printed', () => {
    const { status, stdout } = ledger('export', run, '--json')
    expect(status).toBe(0)
    const lines = stdout.trim().split('\n')
    for (const line of lines) expect(typeof JSON.parse(line)).toBe('object')
    const file = join(dir, 'lots.jsonl')
    expect(ledger('export', run, '--json', '--out', file).stdout).toContain(`${lines.length} lines`)
    expect(readFileSync(file, 'utf8')).toBe(stdout)
  })

  test('diff --json: a ledger equals itself, exit 0; a damaged one cannot be compared', () => {
    expect(json(['diff', run, run])).toMatchObject({ equal: true, differences: [] })
    expect(ledger('diff', run).status).toBe(2)
    const { status, stderr } = ledger('diff', run, damaged)
    expect(status).toBe(1)
    expect(stderr).toContain('is not sound')
  })

  test('an action that is none: exit 2', () => {
    expect(ledger('burn', run).status).toBe(2)
    expect(ledger('verify').status).toBe(2)
  })
})
