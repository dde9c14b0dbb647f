import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { VppError } from '../../data/errors.ts'
import { resolvedYaml } from '../../scenarios/canonical.ts'
import { type Scenario, scenarioSchema } from '../../scenarios/schema.ts'
import { type SweepFile, sweepSchema } from '../../scenarios/sweep/schema.ts'
import { buildSweep, type Sweep } from '../../scenarios/sweep/sweep.ts'
import { removeLeftovers, writeDurably } from './durable-file.ts'
import type { RunFailure } from './failures.ts'

/**
 * What a sweep leaves: `sweep.json` (design and scenario, enough to go on with it), `results.parquet`,
 * `failures.json` with one file for each failure below `failures/`, `series/` on request, `manifest.json` (when,
 * where, how long: the only file that differs between two equal sweeps).
 */
export const SWEEP_FILES = {
  sweep: 'sweep.json',
  results: 'results.parquet',
  /** Instead of the results while some are missing. */
  partial: 'results.partial.parquet',
  failures: 'failures.json',
  failureDir: 'failures',
  series: 'series',
  manifest: 'sweep-manifest.json',
} as const

/** One failure: which point, its fields' values, why; its scenario stands beside as YAML. */
export interface FailureEntry extends RunFailure {
  readonly index: number
  readonly values: Readonly<Record<string, unknown>>
  /** File of the scenario, relative to the sweep's folder. */
  readonly scenario: string
}

interface SweepJson {
  readonly format: 1
  readonly sweepId: string
  readonly version: string
  readonly spec: SweepFile
  readonly scenario: Scenario
}

/** The folder of a sweep. */
export class SweepFolder {
  readonly dir: string

  constructor(dir: string) {
    this.dir = dir
  }

  /** Was this sweep begun before? */
  get exists(): boolean {
    return existsSync(join(this.dir, SWEEP_FILES.sweep))
  }

  begin(sweep: Sweep, version: string): void {
    mkdirSync(join(this.dir, SWEEP_FILES.failureDir), { recursive: true })
    removeLeftovers(this.dir)
    removeLeftovers(join(this.dir, SWEEP_FILES.failureDir))
    if (existsSync(join(this.dir, SWEEP_FILES.series))) removeLeftovers(join(this.dir, SWEEP_FILES.series))
    const { spec, base } = sweep
    const json: SweepJson = {
      format: 1,
      sweepId: sweep.idOf(version),
      version,
      spec,
      scenario: base.scenario,
    }
    writeDurably(join(this.dir, SWEEP_FILES.sweep), `${JSON.stringify(json, null, 1)}\n`)
  }

  seriesDir(): string {
    return join(this.dir, SWEEP_FILES.series)
  }

  hasSeries(key: string): boolean {
    return existsSync(join(this.seriesDir(), key))
  }

  #failurePath(index: number, ending: 'json' | 'yaml'): string {
    return join(this.dir, SWEEP_FILES.failureDir, `${String(index).padStart(6, '0')}.${ending}`)
  }

  writeFailure(sweep: Sweep, index: number, { kind, message }: RunFailure): void {
    const yaml = this.#failurePath(index, 'yaml')
    writeDurably(yaml, resolvedYaml(sweep.scenarioAt(index)))
    const values = Object.fromEntries(
      sweep.columns.map((path, column) => [path, sweep.points[index][column] ?? null]),
    )
    const entry: FailureEntry = {
      index,
      values,
      kind,
      message,
      scenario: `${SWEEP_FILES.failureDir}/${String(index).padStart(6, '0')}.yaml`,
    }
    writeDurably(this.#failurePath(index, 'json'), `${JSON.stringify(entry, null, 1)}\n`)
  }

  clearFailure(index: number): void {
    for (const ending of ['json', 'yaml'] as const) rmSync(this.#failurePath(index, ending), { force: true })
  }

  /** Failures so far, by index; a torn file is as none. */
  failures(): FailureEntry[] {
    const dir = join(this.dir, SWEEP_FILES.failureDir)
    if (!existsSync(dir)) return []
    return readdirSync(dir)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .flatMap((name) => {
        try {
          return [JSON.parse(readFileSync(join(dir, name), 'utf8')) as FailureEntry]
        } catch {
          return []
        }
      })
  }

  /** Writes the tables: the results, or what there is of them, and the failures. */
  writeTables(results: Uint8Array, complete: boolean, failures: readonly FailureEntry[]): string {
    const [name, other] = complete
      ? [SWEEP_FILES.results, SWEEP_FILES.partial]
      : [SWEEP_FILES.partial, SWEEP_FILES.results]
    const path = join(this.dir, name)
    writeDurably(path, results)
    rmSync(join(this.dir, other), { force: true })
    const text = `${JSON.stringify({ format: 1, failures }, null, 1)}\n`
    writeDurably(join(this.dir, SWEEP_FILES.failures), text)
    return path
  }

  writeManifest(manifest: object): void {
    writeDurably(join(this.dir, SWEEP_FILES.manifest), `${JSON.stringify(manifest, null, 2)}\n`)
  }

  /** The sweep that the folder holds, to go on with. @throws VppError('invalid') when it holds none */
  read(): Sweep {
    try {
      const text = readFileSync(join(this.dir, SWEEP_FILES.sweep), 'utf8')
      const { spec, scenario } = JSON.parse(text) as SweepJson
      const manifest = JSON.parse(readFileSync(join(this.dir, SWEEP_FILES.manifest), 'utf8')) as {
        baseDir: string
      }
      const base = {
        scenario: scenarioSchema.parse(scenario),
        baseDir: manifest.baseDir,
        shown: spec.scenario,
      }
      return buildSweep(sweepSchema.parse(spec), base, () => join(this.dir, SWEEP_FILES.sweep))
    } catch (cause) {
      if (cause instanceof VppError) throw cause
      throw new VppError(
        'invalid',
        {
          place: this.dir,
          problem: `holds no sweep that can go on: ${(cause as Error).message}`,
          fix: 'give the sweep file',
        },
        cause,
      )
    }
  }
}
