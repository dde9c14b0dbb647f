import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { loadScenario } from '../scenarios/load.ts'
import { type CommunityResult, type TokenResults, withTokens } from '../data/run-files.ts'
import type { Scenario } from '../scenarios/schema.ts'
import { marketArea } from './area.ts'
import { CommunityEngine, type EngineOptions, type EngineOutcome } from './engine.ts'
import { prepare } from './prepare.ts'
import { runScenario, type RunOutcome, type RunOptions } from './run.ts'

/** A folder that is gone when the test file is done. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'vpp-test-'))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** A community's result where tokens were kept. */
export function tokensOf(result: CommunityResult): CommunityResult & TokenResults {
  const [kept] = withTokens([result])
  if (kept === undefined) throw new Error('the run had no tokens')
  return kept
}

/** Runs a gallery scenario in this thread. */
export function runGallery(
  name: string,
  days: number,
  options: EngineOptions & { edit?: (scenario: Scenario) => void } = {},
): EngineOutcome & { engine: CommunityEngine } {
  const { scenario } = loadScenario(name, { days })
  options.edit?.(scenario)
  const prepared = prepare(scenario, '.')
  const area = marketArea(scenario, prepared.communities[0], prepared.axis)
  const engine = new CommunityEngine(area, scenario, options)
  return { ...engine.run(), engine }
}

/** Runs a gallery scenario as `vpp run` does, into a folder. */
export function runInto(
  outDir: string,
  name: string,
  days: number | undefined,
  { edit, ...options }: Partial<RunOptions> & { edit?: (scenario: Scenario) => void } = {},
): Promise<RunOutcome> {
  const { scenario } = loadScenario(name, days === undefined ? {} : { days })
  edit?.(scenario)
  return runScenario({
    scenario,
    baseDir: '.',
    outDir,
    workers: 2,
    command: `vpp run ${name}`,
    version: 'test',
    ...options,
  })
}
