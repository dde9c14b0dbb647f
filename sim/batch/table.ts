import { constants, zstdCompressSync } from 'node:zlib'
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer'
import type { FieldValue } from '../../scenarios/sweep/schema.ts'
import { canonicalJson } from '../../scenarios/canonical.ts'
import type { RunRecord } from './record.ts'

/** One row of a batch's table: a point and its result. */
export interface TableRow {
  readonly index: number
  readonly values: readonly (FieldValue | undefined)[]
  readonly record: RunRecord
}

export interface TableSpec {
  /** Paths of the fields that vary. */
  readonly columns: readonly string[]
  /** Key figures and their units, in the order of their columns. */
  readonly figures: readonly { readonly id: string; readonly unit: string }[]
  /** Units of the columns that vary, by path. */
  readonly units: Readonly<Record<string, string>>
}

const compressors = {
  ZSTD: (bytes: Uint8Array) =>
    new Uint8Array(zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 3 } })),
}

/** A column of a field: numbers, truth values, or text (anything else as canonical JSON). */
function fieldColumn(name: string, values: readonly (FieldValue | undefined)[]): ColumnSource {
  const given = values.filter((value) => value !== undefined && value !== null)
  const data = values.map((value) => value ?? null)
  const nullable = true
  if (given.length > 0 && given.every((value) => typeof value === 'number'))
    return given.every((value) => Number.isSafeInteger(value))
      ? {
          name,
          type: 'INT64',
          nullable,
          data: data.map((value) => (value === null ? null : BigInt(value as number))),
        }
      : { name, type: 'DOUBLE', nullable, data }
  if (given.length > 0 && given.every((value) => typeof value === 'boolean'))
    return { name, type: 'BOOLEAN', nullable, data }
  const text = data.map((value) =>
    value === null || typeof value === 'string' ? value : canonicalJson(value),
  )
  return { name, type: 'STRING', nullable, data: text }
}

/**
 * The table of a batch as Parquet: a row a run, by index: `index`, `run_id`, `version`, `seed`,
 * `simulated_days`, the fields that vary by their paths, the key figures by their ids. Units are in the file's
 * metadata (`units`, JSON). Equal rows give equal bytes.
 */
export function tableBytes(rows: readonly TableRow[], { columns, figures, units }: TableSpec): Uint8Array {
  const sorted = rows.toSorted((a, b) => a.index - b.index)
  const names = new Set(['index', 'run_id', 'version', 'seed', 'simulated_days'])
  const columnData: ColumnSource[] = [
    { name: 'index', type: 'INT32', data: sorted.map(({ index }) => index) },
    { name: 'run_id', type: 'STRING', data: sorted.map(({ record }) => record.key) },
    { name: 'version', type: 'STRING', data: sorted.map(({ record }) => record.version) },
    { name: 'seed', type: 'INT64', data: sorted.map(({ record }) => BigInt(record.seed)) },
    { name: 'simulated_days', type: 'DOUBLE', data: sorted.map(({ record }) => record.simulatedDays) },
    ...columns
      // A seed that varies is in its own column already.
      .map((name, at) =>
        fieldColumn(
          name,
          sorted.map(({ values }) => values[at]),
        ),
      )
      .filter(({ name }) => !names.has(name)),
    ...figures.map(({ id }): ColumnSource => ({
      name: id,
      type: 'DOUBLE',
      nullable: true,
      data: sorted.map(({ record }) => record.figures[id] ?? null),
    })),
  ]
  const unitOf = { ...units, ...Object.fromEntries(figures.map(({ id, unit }) => [id, unit])) }
  const buffer = parquetWriteBuffer({
    columnData,
    codec: 'ZSTD',
    compressors,
    createdBy: 'vpp-workbench',
    kvMetadata: [{ key: 'units', value: canonicalJson(unitOf) }],
  })
  return new Uint8Array(buffer)
}
