import { ExactEnergy, type EnergyUnit } from '../exact-energy.ts'
import type { Frame } from '../frame.ts'
import { columnAt, type Table } from './csv-rows.ts'
import { hasOffset, type LabelAxis, labelAxis, type Seam, wallSeconds } from './label-axis.ts'
import { decimal, type IntervalLabel, refuse, type SourceClock, type SourceOptions } from './source.ts'

/** What readers of measured and market series are told beside the text. */
export interface SeriesOptions extends SourceOptions {
  readonly seam?: Seam | undefined
  /** Label of the first row where the file has none with a year: `2016-08-01T00:00`. */
  readonly start?: string | undefined
}

/** A file of series on a UTC axis of interval starts. Energy columns end in `MilliWh` and are whole. */
export interface SeriesFile {
  readonly format: string
  readonly frame: Frame
  readonly clock: SourceClock
  readonly notes: readonly string[]
}

/** What becomes of a column of the file: energy in whole milliwatt-hours, or a number times a factor. */
export type ColumnKind =
  | { readonly energy: EnergyUnit }
  | { readonly factor: number; readonly divisor?: number }

export interface ColumnSpec {
  readonly title: string
  readonly name: string
  readonly kind: ColumnKind
}

/** Labels as seconds on their clock; those with an offset are instants. Mixed ones are refused. */
export function labelSeconds(
  labels: readonly string[],
  lines: readonly number[],
  { name, timeZone }: SourceOptions,
  parse: (label: string) => number = wallSeconds,
): { wall: Float64Array; timeZone: string } {
  const offsets = labels.filter(hasOffset).length
  if (offsets !== 0 && offsets !== labels.length) {
    const odd = labels.findIndex((label) => hasOffset(label) !== hasOffset(labels[0]))
    refuse(
      name,
      lines[odd],
      `mixes times with an offset and times without: ${labels[odd]} after ${labels[odd - 1]}`,
      'give all of them an offset',
    )
  }
  const wall = Float64Array.from(labels, (label, row) => {
    const seconds = offsets > 0 ? instantSeconds(label) : parse(label)
    if (Number.isNaN(seconds))
      refuse(
        name,
        lines[row],
        `is labelled ${JSON.stringify(label)}`,
        'write 2016-08-01T00:00, with an offset if you can',
      )
    return seconds
  })
  if (offsets > 0) return { wall, timeZone: 'UTC' }
  if (timeZone === undefined)
    return refuse(
      name,
      lines[0],
      `its times (${labels[0]}) tell no time zone`,
      'say it with `timeZone`: a zone like America/New_York, or an offset like -05:00 when its clock never changes',
    )
  return { wall, timeZone }
}

const instantSeconds = (label: string): number => {
  try {
    return Temporal.Instant.from(label.trim().replace(' ', 'T')).epochMilliseconds / 1000
  } catch {
    return Number.NaN
  }
}

/** The frame of a table whose rows have labels: one axis, a column for each that is asked for. */
export function seriesFile(
  format: string,
  table: Table,
  wall: Float64Array,
  timeZone: string,
  labels: IntervalLabel,
  specs: readonly ColumnSpec[],
  { name, seam }: SeriesOptions,
): SeriesFile {
  const { header, rows, lines } = table
  const axis = labelAxis(wall, lines, { name, timeZone, labels, seam })
  const columns = Object.fromEntries(
    specs.map((spec) => {
      const at = columnAt(header, spec.title, name)
      const cell = (row: number) => rows[row][at].trim()
      return [spec.name, columnOf(spec, cell, axis, lines, name)]
    }),
  )
  // The first notes tell the rows of times that did not exist, in order.
  const notes = axis.notes.map((note, at) =>
    at < axis.skipped.length ? `${note}${fillerNote(table, axis.skipped[at], specs)}` : note,
  )
  return { format, frame: { axis: axis.axis, columns }, clock: axis.clock, notes }
}

/** What a row holds whose time did not exist: nothing, a value computed from its neighbors, or its own. */
function fillerNote({ header, rows }: Table, row: number, specs: readonly ColumnSpec[]): string {
  const cells = (at: number) => specs.map(({ title }) => rows[at]?.[header.indexOf(title)] ?? '')
  const values = (at: number) => cells(at).map(decimal)
  const here = values(row)
  const around = [row - 2, row - 1, row + 1, row + 2].flatMap(values)
  if (here.every((value) => value === 0))
    return around.some((value) => value > 0) ? ' All that it holds is zero: a filler.' : ''
  // What was computed from rounded cells is within two of their last digits.
  const digit = cells(row).map((cell) => 10 ** -(cell.split('.')[1]?.length ?? 0))
  const [earlier, before, after] = [values(row - 2), values(row - 1), values(row + 1)]
  const all = (guess: (at: number) => number) =>
    here.every((value, at) => Math.abs(value - guess(at)) <= 2.001 * digit[at])
  // A value that stands still tells nothing.
  if (before.every((value, at) => value === after[at])) return ''
  if (all((at) => (before[at] + after[at]) / 2)) return ' It is the mean of the rows beside it: a filler.'
  if (all((at) => 2 * before[at] - earlier[at]))
    return ' It goes on in the line of the two rows before it: a filler.'
  return ''
}

/** Values in the order of the axis; a cell that is no number, and energy below zero, are refused. */
export function columnOf(
  { title, name: column, kind }: ColumnSpec,
  cell: (row: number) => string,
  { axis, rowOf }: LabelAxis,
  lines: readonly number[],
  name: string,
): Float64Array {
  const energy = 'energy' in kind ? new ExactEnergy(kind.energy, axis.stepSeconds) : null
  return Float64Array.from(rowOf, (row) => {
    const text = cell(row)
    const value =
      energy === null
        ? 'factor' in kind
          ? (decimal(text) * kind.factor) / (kind.divisor ?? 1)
          : Number.NaN
        : energy.next(text)
    if (Number.isNaN(value))
      refuse(
        name,
        lines[row],
        `${title} is ${JSON.stringify(text)}`,
        'it must be a number: fill or cut the gap',
      )
    if (energy !== null && !column.startsWith('net') && text.startsWith('-') && Number(text) < 0)
      refuse(
        name,
        lines[row],
        `${title} is ${text}, below zero`,
        'energy of one direction is never negative: is it a net meter?',
      )
    return value
  })
}
