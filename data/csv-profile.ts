import { basename, resolve } from 'node:path'
import { type CsvMapping, CsvSeries } from './formats/csv-series.ts'
import { readProvenance } from './provenance.ts'
import type { Profile } from './profile.ts'
import { readTextInPieces } from './read-text.ts'

export type CsvSpec = Omit<CsvMapping, 'name'> & { readonly file: string }

/** A column that grows by doubling. */
class Growing {
  #values = new Float64Array(8192)
  #count = 0

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(this.#count * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#count++] = value
  }

  values(): Float64Array {
    return this.#values.slice(0, this.#count)
  }
}

/**
 * Reads one column of a CSV file by a scenario's mapping: equal intervals, energy or mean power. The
 * file is read in pieces; only the column's milliwatt-hours are kept.
 */
export function loadCsvProfile({ file, ...map }: CsvSpec, baseDir: string): Profile {
  const milliWh = new Growing()
  const series = new CsvSeries({ ...map, name: file }, (_, value) => milliWh.push(value))
  const sha256 = readTextInPieces(
    resolve(baseDir, file),
    file,
    (piece) => series.push(piece),
    'give a path relative to the scenario’s folder',
  )
  series.end()
  const provenance = readProvenance(resolve(baseDir, file), sha256)
  return {
    name: basename(file),
    axis: { startSeconds: series.startSeconds, stepSeconds: series.stepSeconds, count: series.count },
    milliWh: milliWh.values(),
    nameplateKw: null,
    input: {
      name: file,
      sha256,
      source: provenance?.source ?? 'file of the scenario',
      licence: provenance?.licence ?? 'of its owner',
      ...(provenance === null
        ? {}
        : { attribution: provenance.attribution, shareAlike: provenance.shareAlike }),
    },
    notes: [...series.notes, ...(provenance?.notes ?? [])],
  }
}
