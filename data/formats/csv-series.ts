import { ENERGY_UNITS, type EnergyUnit, ExactEnergy } from '../exact-energy.ts'
import { checkWidth, columnAt, CsvRows } from './csv-rows.ts'
import { hasOffset, instantsOf, wallSeconds, wallText, zoneOffset } from './label-axis.ts'
import { type IntervalLabel, refuse } from './source.ts'

/** How a table of somebody's own is to be read: the mapping that a scenario holds. */
export interface CsvMapping {
  readonly name: string
  readonly column: string
  readonly unit: EnergyUnit
  readonly timeColumn: string
  /** Clock of labels without an offset: a zone, or an offset like `-05:00`. */
  readonly timeZone: string
  readonly labels?: IntervalLabel | undefined
  /** `drop` leaves out rows of hours that clocks skip, which some programs fill in. */
  readonly seam?: 'drop' | undefined
  readonly separator?: ',' | ';' | '\t' | undefined
  /** The unit is right although the column's name says another. */
  readonly confirmUnit?: boolean | undefined
  /** A difference of import and export, which may be below zero. */
  readonly net?: boolean | undefined
}

/** An interval's start, UTC seconds, and its whole milliwatt-hours. */
export type IntervalVisitor = (startSeconds: number, milliWh: number) => void

/**
 * Reads one column of energy from a CSV that comes in pieces, and gives each interval on as it comes:
 * nothing of what was read is kept, whatever the size of the file. Nothing is repaired: a gap, a
 * repetition, a step that changes, a value that is no number is an error with its line.
 */
export class CsvSeries {
  readonly #map: CsvMapping
  readonly #visit: IntervalVisitor
  readonly #rows: CsvRows
  readonly #offsetAt: (utc: number) => number
  #width = 0
  #timeAt = 0
  #valueAt = 0
  #withOffset: boolean | null = null
  #first: { label: string; cell: string; line: number; utc: number } | null = null
  #energy: ExactEnergy | null = null
  #due = 0
  #line = 1
  stepSeconds = 0
  startSeconds = 0
  count = 0
  readonly notes: string[] = []

  constructor(map: CsvMapping, visit: IntervalVisitor) {
    this.#map = map
    this.#visit = visit
    this.#offsetAt = zoneOffset(map.timeZone)
    this.#rows = new CsvRows(map.name, (cells, line) => this.#row(cells, line), map.separator ?? ',')
  }

  push(chunk: string): void {
    this.#rows.push(chunk)
  }

  end(): void {
    const { name } = this.#map
    const whole = this.#rows.endedLine
    this.#rows.end()
    if (!whole)
      refuse(name, this.#line, 'the last line does not end', 'the file may be cut off: export it again')
    if (this.count < 2) refuse(name, 1, 'has fewer than two rows', 'give at least two intervals')
  }

  #row(cells: string[], line: number): void {
    this.#line = line
    if (this.#width === 0) return this.#header(cells)
    checkWidth(cells, this.#width, this.#map.name, line)
    const label = cells[this.#timeAt].trim()
    const cell = cells[this.#valueAt].trim()
    const offset = hasOffset(label)
    if (offset !== (this.#withOffset ?? offset))
      refuse(
        this.#map.name,
        line,
        `${label} ${offset ? 'has' : 'has no'} offset, rows before it ${offset ? 'have none' : 'have one'}`,
        'give every time an offset',
      )
    this.#withOffset = offset
    if (this.#first === null) {
      this.#first = { label, cell, line, utc: this.#instant(label, line, null) }
      return
    }
    if (this.#energy === null) this.#second(label, line)
    this.#check(label, cell, line)
  }

  #header(cells: string[]): void {
    const { name, column, timeColumn, unit, confirmUnit } = this.#map
    const header = cells.map((cell, at) => (at === 0 ? cell.replace(/^\ufeff/, '') : cell).trim())
    this.#width = header.length
    this.#timeAt = columnAt(header, timeColumn, name)
    this.#valueAt = columnAt(header, column, name)
    const said = unitInName(column)
    if (said !== null && said !== unit && confirmUnit !== true)
      refuse(
        name,
        1,
        `the column ${column} is named for ${said}, the unit given is ${unit}`,
        `set unit to ${said}, or confirm ${unit} with \`confirmUnit\``,
      )
  }

  /** The second row tells the step; only then can a power of the first become energy. */
  #second(label: string, line: number): void {
    const first = this.#first
    if (first === null) throw new Error('internal: no first row')
    const back = this.#map.labels ?? 'start'
    const step = this.#instant(label, line, first.utc) - first.utc
    if (!(step > 0))
      refuse(this.#map.name, line, 'does not come after the row before', 'sort the rows by time')
    this.stepSeconds = step
    this.startSeconds = first.utc - (back === 'start' ? 0 : back === 'end' ? step : step / 2)
    this.#energy = new ExactEnergy(this.#map.unit, step)
    this.#due = first.utc
    this.#check(first.label, first.cell, first.line)
  }

  #check(label: string, cell: string, line: number): void {
    const { name, column, net } = this.#map
    if (!this.#isDue(label, line)) return
    const start = this.startSeconds + this.count * this.stepSeconds
    const milliWh = this.#energy?.next(cell) ?? Number.NaN
    if (Number.isNaN(milliWh))
      refuse(name, line, `${column} is ${JSON.stringify(cell)}, not a number`, 'fill or cut the gap')
    if (net !== true && cell.startsWith('-') && Number(cell) < 0)
      refuse(name, line, `${column} is ${cell}, below zero`, 'energy of one direction is never negative')
    this.count++
    this.#due += this.stepSeconds
    this.#visit(start, milliWh)
  }

  /** Is this the label that is due? False: it is left out, by the seam's rule. */
  #isDue(label: string, line: number): boolean {
    const { name, timeZone, seam } = this.#map
    if (this.#withOffset !== true) {
      const wall = this.#wall(label, line)
      if (wall === this.#due + this.#offsetAt(this.#due)) return true
      if (seam === 'drop' && instantsOf(wall, this.#offsetAt).length === 0) {
        this.notes.push(`The row labelled ${wallText(wall)}, a time that did not exist, is left out.`)
        return false
      }
    }
    const found = this.#instant(label, line, this.#due - this.stepSeconds)
    if (found === this.#due) return true
    const seams = instantsOf(this.#due + this.#offsetAt(this.#due), this.#offsetAt).length === 2
    const autumn = this.#withOffset !== true && seams
    return refuse(
      name,
      line,
      `${found < this.#due ? 'repeats or goes back' : 'follows a gap'}: ${label} where ${new Date(this.#due * 1000).toISOString()} was due`,
      autumn
        ? `the hour is there once where ${timeZone}’s clocks go back: give a fixed offset as \`timeZone\`, or every interval`
        : 'give every interval once, with one length',
    )
  }

  #wall(label: string, line: number): number {
    const wall = wallSeconds(label)
    if (Number.isNaN(wall)) this.#noTime(label, line, 'write ISO 8601 with an offset: 2016-08-01T00:00-07:00')
    return wall
  }

  /** The instant of a label; of two, the first that comes after the row before. */
  #instant(label: string, line: number, before: number | null): number {
    if (this.#withOffset === true) {
      try {
        return Temporal.Instant.from(label.replace(' ', 'T')).epochMilliseconds / 1000
      } catch (cause) {
        return this.#noTime(label, line, 'write ISO 8601 with an offset: 2016-08-01T00:00-07:00', cause)
      }
    }
    const instants = instantsOf(this.#wall(label, line), this.#offsetAt)
    if (instants.length === 0)
      this.#noTime(
        label,
        line,
        'clocks skip it: give a fixed offset as `timeZone` when this clock never changes, or `seam` drop when the row is a filler',
      )
    if (instants.length === 2 && before === null)
      this.#noTime(label, line, 'write ISO 8601 with an offset: 2016-08-01T00:00-07:00')
    return instants.find((instant) => before === null || instant > before) ?? instants[0]
  }

  #noTime(label: string, line: number, fix: string, cause?: unknown): never {
    const { name, timeColumn, timeZone } = this.#map
    return refuse(
      name,
      line,
      `${timeColumn} is ${JSON.stringify(label)}, not a time that exists once in ${timeZone}`,
      fix,
      cause,
    )
  }
}

/** A unit that a column's name ends with: `load_kwh`, `Use (kW)`, `P [W]`; null when it tells none. */
export function unitInName(column: string): EnergyUnit | null {
  const word = /(?:^|[\s_([/-])([kKmM]?[wW][hH]?)[)\]]?$/.exec(column.trim())?.[1]
  if (word === undefined) return null
  // Alone, mW could be milliwatts: only what is sure counts.
  return ENERGY_UNITS.find((unit) => unit.toLowerCase() === word.toLowerCase() && unit[0] !== 'M') ?? null
}
