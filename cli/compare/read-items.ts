import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { zstdDecompressSync } from 'node:zlib'
import { parse } from 'yaml'
import { VppError } from '../../data/errors.ts'
import { RUN_FILES, type RunResults } from '../../data/run-files.ts'
import type { RowsItem, RunItem } from '../../reports/compare/comparison.ts'
import figures, { FIGURES } from '../../reports/kpi/figures.ts'
import type { ScenarioView } from '../../reports/scenario-view.ts'
import { SWEEP_FILES } from '../../sim/batch/folder.ts'
import { holdsRun, readManifest } from '../../sim/run-folder.ts'

/** A run's folder as an item, its files held to their hashes. */
export function runItem(dir: string): RunItem {
  const { runId } = readManifest(dir)
  holdsRun(dir, runId)
  const results = JSON.parse(readFileSync(join(dir, RUN_FILES.results), 'utf8')) as RunResults
  const scenario = parse(readFileSync(join(dir, RUN_FILES.scenario), 'utf8')) as ScenarioView
  return { name: runId, results, figures: figures(results, scenario) }
}

export const isSweep = (dir: string): boolean => existsSync(join(dir, SWEEP_FILES.sweep))

export type SweepRow = Readonly<Record<string, unknown>>

const compressors = { ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)) }

/** Rows of a sweep's table. @throws VppError('invalid') when it is not finished */
export async function sweepRows(dir: string): Promise<SweepRow[]> {
  const path = join(dir, SWEEP_FILES.results)
  if (!existsSync(path))
    throw new VppError('invalid', {
      place: dir,
      problem: `has no ${SWEEP_FILES.results}: the sweep is not finished`,
      fix: `vpp sweep ${dir} goes on with it`,
    })
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path), compressors })
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
    ),
  )
}

const FIXED = new Set(['index', 'run_id', 'version', 'simulated_days', ...FIGURES.map(({ id }) => id)])

/** Columns of the fields that vary (and the seed). */
export const fieldColumns = (rows: readonly SweepRow[]): string[] =>
  Object.keys(rows[0] ?? {}).filter((name) => !FIXED.has(name))

/**
 * Rows as an item, each by the values of some columns.
 * @throws VppError('invalid') where two rows have the same
 */
export function rowsItem(name: string, rows: readonly SweepRow[], columns: readonly string[]): RowsItem {
  const byKey = new Map<string, Record<string, number | null>>()
  for (const row of rows) {
    const key = columns.map((column) => `${column}=${String(row[column])}`).join(', ')
    if (byKey.has(key))
      throw new VppError('invalid', {
        place: name,
        problem: `has several rows with ${key}: it is not clear what is paired`,
        fix: 'vary the same fields in both sweeps, or compare groups of one sweep with --by',
      })
    byKey.set(
      key,
      Object.fromEntries(FIGURES.map(({ id }) => [id, (row[id] as number | null | undefined) ?? null])),
    )
  }
  return { name, rows: byKey }
}
