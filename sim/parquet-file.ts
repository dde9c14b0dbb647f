import { closeSync, openSync, writeFileSync } from 'node:fs'
import { constants, zstdCompressSync } from 'node:zlib'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { ColumnSource } from 'hyparquet-writer'

const compressors = {
  ZSTD: (bytes: Uint8Array) =>
    new Uint8Array(zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })),
}

/** A column of the file's schema. */
export interface Element {
  readonly logical_type?: { readonly type: string }
  converted_type?: string
  [more: string]: unknown
}

/** Whole numbers of 10^-6: kWh and USD/kWh to every reader that knows the logical type, exactly. */
export const decimal = (name: string, precision: number, optional = false): Element => ({
  name,
  type: precision > 9 ? 'INT64' : 'INT32',
  repetition_type: optional ? 'OPTIONAL' : 'REQUIRED',
  logical_type: { type: 'DECIMAL', precision, scale: 6 } as never,
  converted_type: 'DECIMAL',
  precision,
  scale: 6,
})

/**
 * A Parquet file that is written as its rows come, zstd inside. Columns of decimals carry no statistics: the writer would
 * scale them.
 */
export class ParquetFile {
  readonly #descriptor: number
  readonly #writer = new ByteWriter()
  readonly #file: ParquetWriter
  readonly #schema: Element[]
  readonly #marks: readonly (string | undefined)[]
  #open = true

  /**
   * @param path of a file that is not there yet
   * @param facts words about the file, for its readers
   */
  constructor(path: string, columns: readonly Element[], facts: Readonly<Record<string, string>> = {}) {
    this.#schema = [
      { name: 'root', num_children: columns.length, repetition_type: 'REQUIRED' },
      ...columns.map(({ converted_type: mark, ...column }) =>
        mark === 'UTF8' ? { ...column, converted_type: mark } : column,
      ),
    ]
    this.#marks = columns.map(({ converted_type: mark }) => mark)
    this.#file = new ParquetWriter({
      writer: this.#writer,
      schema: this.#schema as never,
      codec: 'ZSTD',
      compressors,
      createdBy: 'vpp-workbench',
      ...(Object.keys(facts).length === 0
        ? {}
        : { kvMetadata: Object.entries(facts).map(([key, value]) => ({ key, value })) }),
    })
    this.#descriptor = openSync(path, 'wx')
  }

  /** One more row group, a page in each column. */
  write(columns: readonly ColumnSource[]): void {
    const rowGroupSize = columns[0].data.length
    void this.#file.write({ columnData: [...columns], rowGroupSize, pageSize: 0 })
    this.#flush()
  }

  /** Tells the least and greatest value of a column in the last row group, where the caller knows them better. */
  tellRange(column: number, least: bigint, greatest: bigint): void {
    const { meta_data: chunk } = this.#file.row_groups[this.#file.row_groups.length - 1].columns[column]
    if (chunk !== undefined) chunk.statistics = { min_value: least, max_value: greatest, null_count: 0n }
  }

  /** Writes what readers begin with, at the file's end. */
  finish(): void {
    // Many readers (DuckDB, hyparquet) know decimals and times by this older mark only. With it from the start the
    // writer takes numbers for kWh and dates, and makes something of each; ours are whole already.
    for (const [at, mark] of this.#marks.entries())
      if (mark !== undefined) this.#schema[at + 1].converted_type = mark
    void this.#file.finish()
    this.#flush()
    this.close()
  }

  /** Of a file that is not finished it leaves what no reader takes for one. */
  close(): void {
    if (this.#open) closeSync(this.#descriptor)
    this.#open = false
  }

  #flush(): void {
    writeFileSync(this.#descriptor, new Uint8Array(this.#writer.buffer, 0, this.#writer.index))
    this.#writer.index = 0
  }
}
