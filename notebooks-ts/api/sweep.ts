import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { FIGURES } from '../../reports/kpi/figures.ts'
import type { KpiId } from '../../reports/kpi/registry.ts'
import { VppError } from '../../data/errors.ts'
import { loadScenario } from '../../scenarios/load.ts'
import { sweepProblems, sweepSchema } from '../../scenarios/sweep/schema.ts'
import { buildSweep } from '../../scenarios/sweep/sweep.ts'
import { pathText } from '../../scenarios/path.ts'
import type { FailureEntry } from '../../sim/batch/folder.ts'
import { localEngine } from '../../sim/batch/local.ts'
import { runSweep, WHOLE_SWEEP } from '../../sim/batch/run-sweep.ts'
import { outFolder, version } from './place.ts'

/** A sweep as its YAML file would hold it; `scenario` is a name of the gallery or a path. */
export type SweepInput = Omit<z.input<typeof sweepSchema>, 'sweep'>

/** One run of a sweep. */
export interface SweepRow {
  readonly index: number
  readonly runId: string
  readonly seed: number
  /** Values of the fields that vary, by path. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Key figures by their ids. */
  readonly kpi: Readonly<Record<KpiId, number | null>>
}

/** A finished sweep. */
export interface SweepResult {
  readonly id: string
  readonly dir: string
  /** The table, for `query` and other tools. */
  readonly parquet: string
  readonly rows: readonly SweepRow[]
  readonly failures: readonly FailureEntry[]
}

/**
 * Runs a scenario many times with other values of any fields, on all cores. What was computed before is used again.
 * @throws VppError('invalid') where the sweep or one of its points is wrong
 */
export async function sweep(
  input: SweepInput,
  {
    out = outFolder(),
    workers = availableParallelism(),
  }: { readonly out?: string; readonly workers?: number } = {},
): Promise<SweepResult> {
  const checked = sweepSchema.safeParse({ sweep: 1, ...input })
  if (!checked.success)
    throw new VppError(
      'invalid',
      sweepProblems(checked.error.issues, input, (path) => `sweep ${pathText(path)}`),
    )
  const { scenario, path } = loadScenario(checked.data.scenario)
  const base = { scenario, baseDir: dirname(path), shown: checked.data.scenario }
  const built = buildSweep(checked.data, base, (at) => `sweep ${pathText(at)}`)
  const outcome = await runSweep({
    sweep: built,
    outDir: out,
    version,
    engine: localEngine(workers),
    figures: {
      url: new URL('../../reports/kpi/figures.ts', import.meta.url).href,
      columns: FIGURES,
    },
    ...WHOLE_SWEEP,
    signal: new AbortController().signal,
    onProgress: () => {},
    manifest: () => ({ format: 1, version }),
  })
  return {
    id: outcome.sweepId,
    dir: outcome.dir,
    parquet: outcome.table ?? '',
    failures: outcome.failures,
    rows: outcome.rows.map(({ index, values, record }) => ({
      index,
      runId: record.key,
      seed: record.seed,
      fields: Object.fromEntries(built.columns.map((name, at) => [name, values[at]])),
      kpi: record.figures as Record<KpiId, number | null>,
    })),
  }
}
