import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Manifest } from '../data/run-files.ts'
import { loadScenario } from '../scenarios/load.ts'
import { scenarioSchema } from '../scenarios/schema.ts'
import { TERMS_FILE } from './data-terms.ts'
import { runScenario } from './run.ts'
import { temporaryFolder } from './testing.ts'
import { hash } from 'node:crypto'

test('a run with an imported profile: its energy, its provenance, and the terms of ODbL', async () => {
  const dir = temporaryFolder()
  const rows = Array.from({ length: 4 * 24 * 2 }, (_, at) => {
    const label = new Date(Date.UTC(2016, 7, 1, 7, at * 15)).toISOString().slice(0, 16)
    return `${label}Z,${(at % 7) / 8}`
  })
  const text = `start_utc,energy_kwh\n${rows.join('\n')}\n`
  writeFileSync(join(dir, 'load.csv'), text)
  const provenance = {
    format: 1,
    sha256: hash('sha256', text, 'hex'),
    source: 'PyPI simbench @ 1.6.3',
    licence: 'ODbL 1.0',
    attribution: 'SimBench, simbench.de, ODbL 1.0',
    shareAlike: true,
    notes: ['Labels follow the clocks.'],
  }
  writeFileSync(join(dir, 'load.csv.provenance.json'), JSON.stringify(provenance))
  const { scenario: gallery } = loadScenario('one-home')
  const scenario = scenarioSchema.parse({
    ...gallery,
    communities: [
      {
        id: 'here',
        homes: [
          {
            id: 'home',
            load: { file: 'load.csv', column: 'energy_kwh', unit: 'kWh', timeColumn: 'start_utc' },
          },
        ],
      },
    ],
  })
  const run = { scenario, baseDir: dir, outDir: dir, workers: 1, command: 'test', version: 'test' }
  const outcome = await runScenario(run)
  const expected = rows.reduce((sum, row) => sum + Number(row.split(',')[1]) * 1e6, 0)
  expect(outcome.results.communities[0].homes[0].total.loadMilliWh).toBe(expected)
  const manifest = JSON.parse(readFileSync(join(outcome.dir, 'manifest.json'), 'utf8')) as Manifest
  expect(manifest.inputs).toContainEqual(expect.objectContaining({ name: 'load.csv', licence: 'ODbL 1.0' }))
  expect(Object.keys(manifest.files)).toContain(TERMS_FILE)
  expect(readFileSync(join(outcome.dir, TERMS_FILE), 'utf8')).toMatch(
    /ODbL.*load\.csv: SimBench, simbench\.de/s,
  )
  expect(existsSync(join(dir, TERMS_FILE))).toBe(false)
})
