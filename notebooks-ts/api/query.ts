import { join } from 'node:path'
import { RUN_FILES } from '../../data/run-files.ts'
import type { Run } from './run.ts'
import type { SweepResult } from './sweep.ts'

/** What a query can name: a run (`name_homes`, `name_market`), a sweep, or a Parquet or CSV file. */
export type QueryTable = Run | SweepResult | string

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Views by name. */
function* views(tables: Readonly<Record<string, QueryTable>>): Generator<[name: string, source: string]> {
  for (const [name, table] of Object.entries(tables)) {
    if (!/^[A-Za-z_]\w*$/.test(name))
      throw new RangeError(`query: ${JSON.stringify(name)} is no name of a table`)
    if (typeof table === 'string')
      yield [name, table.endsWith('.csv') ? `read_csv(${quoted(table)})` : `read_parquet(${quoted(table)})`]
    else if ('parquet' in table) yield [name, `read_parquet(${quoted(table.parquet)})`]
    else
      for (const part of ['homes', 'market']) {
        const files = join(table.dir, RUN_FILES.series, `*.${part}.parquet`)
        yield [`${name}_${part}`, `read_parquet(${quoted(files)}, filename = true)`]
      }
  }
}

/** Whole numbers as numbers where they fit; DuckDB's own value types as text. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint')
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
  return value
}

/**
 * Asks DuckDB in SQL, over results: `query('select avg(load_kwh) from a_homes', { a: someRun })`. It runs
 * in memory and writes nothing.
 * @throws Error with DuckDB's own words where the SQL is wrong
 */
export async function query(
  sql: string,
  tables: Readonly<Record<string, QueryTable>> = {},
): Promise<Record<string, unknown>[]> {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    for (const [name, source] of views(tables))
      await connection.run(`create view ${name} as select * from ${source}`)
    const reader = await connection.runAndReadAll(sql)
    return reader
      .getRowObjectsJS()
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])))
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
