import { existsSync } from 'node:fs'
import { zstdDecompressSync } from 'node:zlib'
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
} from 'hyparquet'
import { BLOCK_INTERVALS } from '../data/run-files.ts'
import { readable, refuse } from './run-refusal.ts'

const compressors = { ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)) }

/** Intervals of the run: `count` of them from `first` on. */
export interface Span {
  readonly first: number
  readonly count: number
}

/** Intervals of a block of a homes' series file; the last has what is left. */
export function blockIntervals({ key_value_metadata: facts }: FileMetaData, count: number): number {
  const told = facts?.find(({ key }) => key === BLOCK_INTERVALS)?.value
  return told === undefined ? Math.max(1, count) : Number(told)
}

/** Some intervals in a row of one home. */
export interface HomeStretch {
  /** Place of the home in its community. */
  readonly home: number
  /** Which of the spans that were asked for it is in. */
  readonly span: number
  /** Interval of the run that is the first. */
  readonly step: number
  /** What was read of the file, kWh; the stretch is `count` of them from `from` on. */
  readonly values: ArrayLike<unknown>
  readonly from: number
  readonly count: number
}

type Visit = (stretch: HomeStretch) => void

/** A homes' series file, open for reading block by block: never more than a block is in memory. */
export class HomeSeriesReader {
  readonly #path: string
  readonly #file: AsyncBuffer
  readonly #metadata: FileMetaData
  readonly #homes: number
  readonly #count: number
  /** Intervals of a block; the last has what is left. */
  readonly #block: number

  /**
   * @param homes in the community
   * @param count intervals of each that the file must have
   * @throws VppError where it is missing, damaged, or has other rows
   */
  static async open(path: string, homes: number, count: number): Promise<HomeSeriesReader> {
    if (!existsSync(path)) refuse(path, 'is not there')
    return readable(path, async () => {
      const file = await asyncBufferFromFile(path)
      const metadata = await parquetMetadataAsync(file)
      const found = Number(metadata.num_rows)
      if (found !== homes * count) throw new Error(`has ${found} rows; the results say ${homes * count}`)
      return new HomeSeriesReader(path, file, metadata, homes, count)
    })
  }

  private constructor(path: string, file: AsyncBuffer, metadata: FileMetaData, homes: number, count: number) {
    this.#path = path
    this.#file = file
    this.#metadata = metadata
    this.#homes = homes
    this.#count = count
    this.#block = blockIntervals(metadata, count)
  }

  /**
   * Reads a column of all homes within some spans of intervals; `visit` gets stretches of homes in the file's order, each
   * interval once for each span that it is in.
   * @throws VppError where the file is damaged
   */
  async read(column: string, spans: readonly Span[], visit: Visit): Promise<void> {
    for (let start = 0; start < this.#count; start += this.#block) {
      const end = Math.min(this.#count, start + this.#block)
      const within = spans.some(({ first, count }) => first < end && first + count > start)
      // oxlint-disable-next-line no-await-in-loop
      if (within) await this.#readBlock(column, start, end - start, spans, visit)
    }
  }

  async #readBlock(
    column: string,
    start: number,
    inBlock: number,
    spans: readonly Span[],
    visit: Visit,
  ): Promise<void> {
    const firstRow = start * this.#homes
    const onChunk = ({ columnData, rowStart }: { columnData: ArrayLike<unknown>; rowStart: number }) => {
      // A chunk begins and ends anywhere, with some homes' rows in it.
      for (let at = 0; at < columnData.length;) {
        const row = rowStart + at - firstRow
        const home = Math.floor(row / inBlock)
        const offset = row - home * inBlock
        const left = Math.min(inBlock - offset, columnData.length - at)
        for (const [span, { first, count: length }] of spans.entries()) {
          const step = Math.max(start + offset, first)
          const count = Math.min(start + offset + left, first + length) - step
          if (home >= 0 && home < this.#homes && count > 0)
            visit({ home, span, step, values: columnData, from: at + step - start - offset, count })
        }
        at += left
      }
    }
    await readable(this.#path, () =>
      parquetRead({
        file: this.#file,
        metadata: this.#metadata,
        columns: [column],
        rowStart: firstRow,
        rowEnd: firstRow + inBlock * this.#homes,
        compressors,
        onChunk,
      }),
    )
  }
}
