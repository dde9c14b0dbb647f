import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { VppError } from './errors.ts'
import type { Profile } from './profile.ts'

interface CsvSpec {
  readonly file: string
  readonly column: string
  readonly unit: 'kWh' | 'Wh' | 'kW' | 'W'
  readonly timeColumn: string
  readonly timeZone: string
}

/** Milliwatt-hours in one unit of energy; a power is multiplied by the interval's hours. */
const MILLI_WH: Record<CsvSpec['unit'], number> = { kWh: 1e6, Wh: 1e3, kW: 1e6, W: 1e3 }

interface CsvRow {
  readonly record: Record<string, string>
  readonly info: { readonly lines: number }
}

/**
 * Reads one column of a CSV file with a header: equal intervals, each named by its start, energy or
 * mean power. Nothing is repaired: a gap, a repetition, a step that changes, a value that is no
 * number or below zero is an error with its line.
 */
export function loadCsvProfile(spec: CsvSpec, baseDir: string): Profile {
  const path = resolve(baseDir, spec.file)
  const fail = (line: number, problem: string, fix: string, cause?: unknown): never => {
    throw new VppError('invalid', { place: `${spec.file}${line > 0 ? `:${line}` : ''}`, problem, fix }, cause)
  }
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (cause) {
    return fail(0, 'cannot be read', 'give a path relative to the scenario’s folder', cause)
  }
  const text = bytes.toString('utf8')
  let rows: CsvRow[]
  try {
    rows = parse(text, {
      columns: true,
      bom: true,
      info: true,
      skip_empty_lines: true,
    }) as unknown as CsvRow[]
  } catch (cause) {
    const line = (cause as { lines?: number }).lines ?? 0
    return fail(line, `is no valid CSV: ${(cause as Error).message}`, 'is the last line cut off?', cause)
  }
  if (!text.endsWith('\n'))
    fail(rows.length + 1, 'the last line does not end', 'the file may be cut off: export it again')
  if (rows.length < 2) fail(1, 'has fewer than two rows', 'give at least two intervals')
  for (const column of [spec.column, spec.timeColumn]) {
    if (!(column in rows[0].record)) {
      fail(1, `has no column ${column}`, `its columns are ${Object.keys(rows[0].record).join(', ')}`)
    }
  }

  const start = (row: CsvRow): number => {
    const label = row.record[spec.timeColumn].trim().replace(' ', 'T')
    try {
      return /(?:Z|[+-]\d\d:?\d\d)$/.test(label)
        ? Temporal.Instant.from(label).epochMilliseconds / 1000
        : Temporal.PlainDateTime.from(label).toZonedDateTime(spec.timeZone, { disambiguation: 'reject' })
            .epochMilliseconds / 1000
    } catch (cause) {
      return fail(
        row.info.lines,
        `${spec.timeColumn} is ${JSON.stringify(label)}, not a time that exists once in ${spec.timeZone}`,
        'write ISO 8601 with an offset: 2016-08-01T00:00-07:00',
        cause,
      )
    }
  }
  const startSeconds = start(rows[0])
  const stepSeconds = start(rows[1]) - startSeconds
  if (stepSeconds <= 0)
    fail(rows[1].info.lines, 'does not come after the row before', 'sort the rows by time')
  const energy = spec.unit === 'kWh' || spec.unit === 'Wh'
  const factor = MILLI_WH[spec.unit] * (energy ? 1 : stepSeconds / 3600)
  const milliWh = new Float64Array(rows.length)
  rows.forEach((row, at) => {
    const expected = startSeconds + at * stepSeconds
    const found = start(row)
    if (found !== expected) {
      const what = found < expected ? 'repeats or goes back' : 'follows a gap'
      fail(
        row.info.lines,
        `${what}: ${row.record[spec.timeColumn]} where ${new Date(expected * 1000).toISOString()} was due`,
        'give every interval once, with one length',
      )
    }
    const cell = row.record[spec.column].trim()
    const value = Number(cell)
    if (cell === '' || !Number.isFinite(value)) {
      fail(row.info.lines, `${spec.column} is ${JSON.stringify(cell)}, not a number`, 'fill or cut the gap')
    }
    if (value < 0)
      fail(
        row.info.lines,
        `${spec.column} is ${cell}, below zero`,
        'energy of one direction is never negative',
      )
    milliWh[at] = Math.round(value * factor)
  })
  return {
    name: basename(spec.file),
    axis: { startSeconds, stepSeconds, count: rows.length },
    milliWh,
    nameplateKw: null,
    input: {
      name: spec.file,
      sha256: hash('sha256', bytes, 'hex'),
      source: 'file of the scenario',
      licence: 'of its owner',
    },
    notes: [],
  }
}
