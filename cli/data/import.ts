import { closeSync, existsSync, linkSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { isoMinute } from '../../data/axis.ts'
import { findBySha256 } from '../../data/catalogue/files.ts'
import { setNamed } from '../../data/catalogue/sets.ts'
import { VppError } from '../../data/errors.ts'
import { type CsvMapping, CsvSeries } from '../../data/formats/csv-series.ts'
import { type FormatName, formatNamed, type FormatOptions, FORMATS } from '../../data/formats/registry.ts'
import type { SeriesFile } from '../../data/formats/series.ts'
import { type Provenance, provenancePath } from '../../data/provenance.ts'
import { readTextFile, readTextInPieces } from '../../data/read-text.ts'
import { sha256Of } from './download.ts'

export interface ImportOptions {
  readonly file: string
  readonly format: FormatName | 'csv'
  readonly out: string
  readonly told: Omit<FormatOptions, 'name'>
  readonly csv: Partial<Omit<CsvMapping, 'name'>>
  /** Column of per-unit values that `kw` turns into energy. */
  readonly column?: string | undefined
  readonly kw?: number | undefined
  readonly source?: string | undefined
  readonly licence?: string | undefined
}

const MISSING = 'give the path of a file'

/** Milliwatt-hours as kWh, an exact decimal. */
export function exactKwh(milliWh: number): string {
  const sign = milliWh < 0 ? '-' : ''
  const digits = String(Math.abs(milliWh)).padStart(7, '0')
  const part = digits.slice(-6).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -6)}${part === '' ? '' : `.${part}`}`
}

const titleOf = (column: string): string =>
  column.endsWith('MilliWh')
    ? `${column.slice(0, -7).replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_kwh`
    : column

/** Writes lines in pieces to a file that gets its name when it is whole; nothing is written over. */
class NewFile {
  readonly #out: string
  readonly #file: number
  #lines: string[] = []

  constructor(out: string) {
    this.#out = out
    if (existsSync(out))
      throw new VppError('usage', { place: out, problem: 'is there already', fix: 'choose another --out' })
    try {
      this.#file = openSync(`${out}.part`, 'w')
    } catch (cause) {
      throw new VppError(
        'failure',
        { place: out, problem: 'cannot be written', fix: 'choose another --out' },
        cause,
      )
    }
  }

  line(text: string): void {
    this.#lines.push(text)
    if (this.#lines.length === 10_000) this.#flush()
  }

  #flush(): void {
    if (this.#lines.length > 0) writeSync(this.#file, `${this.#lines.join('\n')}\n`)
    this.#lines = []
  }

  /** SHA-256 of what was written. */
  close(): string {
    this.#flush()
    closeSync(this.#file)
    const sha256 = sha256Of(`${this.#out}.part`)
    linkSync(`${this.#out}.part`, this.#out)
    rmSync(`${this.#out}.part`)
    return sha256
  }

  abandon(): void {
    closeSync(this.#file)
    rmSync(`${this.#out}.part`, { force: true })
  }
}

/** `2016-08-01T07:00Z`, with seconds where there are some. */
const label = (seconds: number): string =>
  seconds % 60 === 0 ? isoMinute(seconds) : `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`

interface Written {
  readonly sha256: string
  readonly read: {
    readonly sha256: string
    readonly clock: Provenance['clock']
    readonly notes: readonly string[]
  }
  readonly axis: { readonly startSeconds: number; readonly stepSeconds: number; readonly count: number }
  readonly energyKwh: Record<string, string>
}

/**
 * Turns a file of any known format into a table of UTC interval starts that a scenario can name, with
 * its provenance beside it. A table of somebody's own passes through in constant memory.
 */
export function importFile(options: ImportOptions): Provenance {
  const { file, format, out } = options
  const path = resolve(file)
  const writer = new NewFile(out)
  let written: Written
  let told = options.told
  let set: ReturnType<typeof setNamed>
  try {
    if (format === 'csv') written = writeCsv(path, options, writer)
    else {
      const { text, sha256 } = readTextFile(path, file, MISSING)
      const known = findBySha256(sha256)
      set = known === null ? undefined : setNamed(known.setId)
      const reading = set?.readings.find(({ files }) => files.test(known?.file.name ?? ''))
      // What a file of the catalogue does not say is known; what the user says wins.
      if (reading?.format === format) told = { ...reading.options, ...told }
      const read = formatNamed(format).parse(text, { ...told, name: file })
      const notes =
        reading?.format === format
          ? [...read.notes, `Read with the catalogue’s options: ${reading.because}.`]
          : read.notes
      written = writeSeries({ ...read, notes }, sha256, options, writer)
    }
  } catch (error) {
    writer.abandon()
    throw error
  }
  const odbl = set?.shareAlike ?? (format === 'simbench' || format === 'electricity-maps')
  const provenance: Provenance = {
    format: 1,
    sha256: written.sha256,
    imported: {
      name: basename(file),
      sha256: written.read.sha256,
      format,
      options: plain(format === 'csv' ? options.csv : { ...told, column: options.column, kw: options.kw }),
      set: set?.id ?? null,
    },
    source:
      options.source ??
      (set === undefined ? 'file of its owner' : `${set.origin.from} @ ${set.origin.commit}`),
    licence: options.licence ?? set?.licence ?? (odbl ? 'ODbL 1.0' : 'of its owner'),
    attribution:
      set?.attribution ?? (odbl ? `${FORMATS[format as FormatName].describe}: name the database` : ''),
    shareAlike: odbl,
    clock: written.read.clock,
    startUtc: label(written.axis.startSeconds),
    stepSeconds: written.axis.stepSeconds,
    count: written.axis.count,
    energyKwh: written.energyKwh,
    notes: written.read.notes,
  }
  writeFileSync(provenancePath(out), `${JSON.stringify(provenance, null, 2)}\n`)
  return provenance
}

function plain(values: object): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string | number | boolean] =>
      ['string', 'number', 'boolean'].includes(typeof entry[1]),
    ),
  )
}

function writeCsv(path: string, { file, csv, told }: ImportOptions, writer: NewFile): Written {
  const { column, unit, timeColumn } = csv
  if (column === undefined || unit === undefined || timeColumn === undefined)
    throw new VppError('usage', {
      place: 'vpp data import --format csv',
      problem: 'the mapping is not complete',
      fix: 'give --column, --unit, --time-column and, for times without an offset, --time-zone',
    })
  const timeZone = told.timeZone ?? 'UTC'
  const map: CsvMapping = { ...csv, column, unit, timeColumn, timeZone, name: file }
  let sum = 0
  writer.line('start_utc,energy_kwh')
  const series = new CsvSeries(map, (start, milliWh) => {
    sum += milliWh
    writer.line(`${label(start)},${exactKwh(milliWh)}`)
  })
  const sha256 = readTextInPieces(path, file, (piece) => series.push(piece), MISSING)
  series.end()
  return {
    sha256: writer.close(),
    read: { sha256, clock: { labels: map.labels ?? 'start', timeZone }, notes: series.notes },
    axis: series,
    energyKwh: { energy_kwh: exactKwh(sum) },
  }
}

function writeSeries(read: SeriesFile, sha256: string, options: ImportOptions, writer: NewFile): Written {
  const { axis } = read.frame
  const columns = wanted(read, options)
  const names = Object.keys(columns)
  writer.line(['start_utc', ...names.map(titleOf)].join(','))
  const energy = names.map((name) => name.endsWith('MilliWh'))
  for (let at = 0; at < axis.count; at++) {
    const cells = names.map((name, index) => {
      const value = columns[name][at]
      if (Number.isNaN(value)) return ''
      return energy[index] ? exactKwh(value) : String(value)
    })
    writer.line([label(axis.startSeconds + at * axis.stepSeconds), ...cells].join(','))
  }
  const sums = names.filter((_, index) => energy[index])
  return {
    sha256: writer.close(),
    read: { sha256, clock: read.clock, notes: read.notes },
    axis,
    energyKwh: Object.fromEntries(
      sums.map((name) => [titleOf(name), exactKwh(columns[name].reduce((sum, value) => sum + value, 0))]),
    ),
  }
}

/** All columns, one of them, or a per-unit one as energy of `kw`. */
function wanted({ frame }: SeriesFile, { column, kw, file }: ImportOptions): Record<string, Float64Array> {
  if (column === undefined) return frame.columns
  const values = frame.columns[column]
  if (values === undefined)
    throw new VppError('invalid', {
      place: file,
      problem: `has no column ${column}`,
      fix: `it has ${Object.keys(frame.columns).join(', ')}`,
    })
  if (kw === undefined) return { [column]: values }
  // Mean power per unit · kW · hours: the running sum is rounded, so that the total keeps.
  const factor = (kw * 1e6 * frame.axis.stepSeconds) / 3600
  let sum = 0
  let given = 0
  const energy = values.map((value) => {
    sum += value * factor
    const whole = Math.round(sum) - given
    given += whole
    return whole
  })
  return { energyMilliWh: energy }
}
