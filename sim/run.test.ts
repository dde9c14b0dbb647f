import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RUN_FILES, type Manifest } from '../data/run-files.ts'
import { verifyJournal } from '../ledger/audit/verify.ts'
import { DurableLedger } from '../ledger/local/durable.ts'
import { hashFiles } from './run-folder.ts'
import { runInto, temporaryFolder, tokensOf } from './testing.ts'

const manifestOf = (dir: string): Manifest =>
  JSON.parse(readFileSync(join(dir, RUN_FILES.manifest), 'utf8')) as Manifest

describe('a run’s folder', () => {
  test('is the same, byte for byte, with 1, 2 and 4 workers', async () => {
    const runs = await Promise.all(
      [1, 2, 4].map((workers) => runInto(temporaryFolder(), 'low-income-block', 3, { workers })),
    )
    const [first, ...others] = runs.map(({ dir }) => hashFiles(dir))
    expect(Object.keys(first)).toHaveLength(11)
    for (const other of others) expect(other).toEqual(first)
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(1)
  })

  test('is verified and used again by a second run', async () => {
    const out = temporaryFolder()
    const first = await runInto(out, 'one-home', undefined)
    const second = await runInto(out, 'one-home', undefined)
    expect(first.reused).toBe(false)
    expect(second).toMatchObject({ reused: true, dir: first.dir })
    expect(second.results).toEqual(JSON.parse(JSON.stringify(first.results)))
    expect(readdirSync(out)).toEqual([first.runId])
  })

  test('is refused when a file in it was changed, is missing, or is of another run', async () => {
    const out = temporaryFolder()
    const { dir } = await runInto(out, 'one-home', 1)
    const series = join(dir, RUN_FILES.scenario)
    const text = readFileSync(series, 'utf8')
    writeFileSync(series, `${text}# changed\n`)
    await expect(runInto(out, 'one-home', 1)).rejects.toThrow(
      /scenario\.resolved\.yaml {2}was changed.*--out/,
    )
    writeFileSync(series, text)
    const manifest = manifestOf(dir)
    writeFileSync(join(dir, RUN_FILES.manifest), JSON.stringify({ ...manifest, runId: 'other' }))
    await expect(runInto(out, 'one-home', 1)).rejects.toThrow(/holds another run, other/)
  })

  test('has a ledger that code of its own kind verifies', async () => {
    const { dir, results } = await runInto(temporaryFolder(), 'one-home', undefined)
    const verified = verifyJournal(join(dir, RUN_FILES.ledger, 'sierra-crest.journal'))
    expect(verified.findings).toEqual([])
    expect(verified.head).toBe(tokensOf(results.communities[0]).ledger.head)
    expect(verified.stateHash).toBe(tokensOf(results.communities[0]).ledger.stateHash)
  })
})

describe('with durable ledgers', () => {
  test('each goes on where the run ended; its file is the same in every run, and opening does not change it', async () => {
    const out = temporaryFolder()
    const { dir, results } = await runInto(out, 'low-income-block', 3, { durable: true, workers: 2 })
    const other = await runInto(temporaryFolder(), 'low-income-block', 3, { durable: true, workers: 1 })
    expect(hashFiles(other.dir)).toEqual(hashFiles(dir))
    for (const { id, ledger } of results.communities.map(tokensOf)) {
      const durable = new DurableLedger(join(dir, RUN_FILES.ledger, `${id}.sqlite`))
      expect([durable.ledger.head, durable.ledger.stateHash()]).toEqual([ledger.head, ledger.stateHash])
      durable.close()
    }
    expect((await runInto(out, 'low-income-block', 3, { durable: true })).reused).toBe(true)
  })
  test('a run that was done without them is not taken for one', async () => {
    const out = temporaryFolder()
    await runInto(out, 'one-home', 1)
    await expect(runInto(out, 'one-home', 1, { durable: true })).rejects.toThrow(/without --durable.*--out/)
  })
})

describe('what goes wrong', () => {
  test('a stopped run leaves a marked, finished part', async () => {
    const out = temporaryFolder()
    const stop = new AbortController()
    const { dir, results } = await runInto(out, 'first-neighborhood', undefined, {
      signal: stop.signal,
      onProgress: ({ phase, doneFraction }) => {
        if (phase === 'simulate' && doneFraction > 0.03) stop.abort()
      },
    })
    expect(results.complete).toBe(false)
    expect(results.simulatedDays).toBeGreaterThan(0)
    expect(results.simulatedDays).toBeLessThan(365)
    expect(dir.endsWith('-partial')).toBe(true)
    expect(manifestOf(dir).complete).toBe(false)
    expect(verifyJournal(join(dir, RUN_FILES.ledger, 'sierra-crest.journal')).ok).toBe(true)
    expect(readdirSync(out)).toHaveLength(1)
  })

  test('a folder that cannot be made is named', async () => {
    const out = join(temporaryFolder(), 'file')
    writeFileSync(out, '')
    await expect(runInto(out, 'one-home', 1)).rejects.toThrow(/cannot be written.*--out/)
  })

  test('a profile shorter than the run is named with both times', async () => {
    await expect(runInto(temporaryFolder(), 'one-home', 400)).rejects.toThrow(
      /homes\[0\]\.load \(fontana-2016\/1\) {2}covers 2016-08-01T07:00Z to 2017-08-01T07:00Z, the run needs .*shorten/,
    )
  })

  test('what a killed run left is cleared by the next', async () => {
    const out = temporaryFolder()
    const { runId } = await runInto(temporaryFolder(), 'one-home', 1)
    // No process has a number this high.
    mkdirSync(join(out, `.${runId}.99999999`))
    await runInto(out, 'one-home', 1)
    expect(readdirSync(out)).toEqual([runId])
  })

  test('nothing half-written is left when a run fails', async () => {
    const out = temporaryFolder()
    const derive = () => {
      throw new Error('no space left on device')
    }
    await expect(runInto(out, 'one-home', 1, { derive })).rejects.toThrow()
    expect(readdirSync(out)).toEqual([])
  })
})
