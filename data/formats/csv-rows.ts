import { refuse } from './source.ts'

/** A row of a CSV text and the line on which it begins. The array is new for every row. */
export type RowVisitor = (cells: string[], line: number) => void

/** A cell of a machine's table is short; a longer one is an open quote that swallows the file. */
const MAX_CELL = 1_000_000

/**
 * Splits CSV (RFC 4180: commas or another separator, quotes doubled within quotes, CR LF or LF) that
 * comes in pieces of any size; holds no more than one row. Empty lines are left out.
 */
export class CsvRows {
  readonly #name: string
  readonly #separator: string
  readonly #visit: RowVisitor
  #rest = ''
  #line: number
  #endedLine = true

  /** @param firstLine line of the file on which the text begins */
  constructor(name: string, visit: RowVisitor, separator = ',', firstLine = 1) {
    this.#name = name
    this.#visit = visit
    this.#separator = separator
    this.#line = firstLine
  }

  /** False while the last row has no line end: the file may have been cut off in it. */
  get endedLine(): boolean {
    return this.#endedLine
  }

  push(chunk: string): void {
    if (chunk === '') return
    this.#endedLine = chunk.endsWith('\n')
    const text = this.#rest + chunk
    let at = 0
    let quote = text.indexOf('"')
    for (;;) {
      const end = text.indexOf('\n', at)
      if (end === -1) break
      if (quote !== -1 && quote < at) quote = text.indexOf('"', at)
      if (quote === -1 || quote > end) {
        this.#plain(text.slice(at, end))
        this.#line++
        at = end + 1
        continue
      }
      const row = this.#quoted(text, at)
      if (row === null) break
      at = row
    }
    this.#rest = text.slice(at)
    if (this.#rest.length > MAX_CELL)
      refuse(this.#name, this.#line, `has a row of more than ${MAX_CELL} characters`, 'is a quote left open?')
  }

  /** Takes the row that no line end closes. */
  end(): void {
    const rest = this.#rest
    this.#rest = ''
    if (rest === '') return
    if (!rest.includes('"')) this.#plain(rest)
    else if (this.#quoted(`${rest}\n`, 0) === null)
      refuse(this.#name, this.#line, 'ends within quotes', 'the file may be cut off')
  }

  #plain(row: string): void {
    const text = row.endsWith('\r') ? row.slice(0, -1) : row
    if (text !== '') this.#visit(text.split(this.#separator), this.#line)
  }

  /** A row with quotes from `at`: where the next begins; null when its end is not there yet. */
  #quoted(text: string, at: number): number | null {
    const cells: string[] = []
    let lines = 0
    for (let from = at; ;) {
      let cell = ''
      let next: number
      if (text[from] === '"') {
        let start = from + 1
        for (;;) {
          const close = text.indexOf('"', start)
          // A quote at the very end may be half of a doubled one.
          if (close === -1 || close + 1 >= text.length) return null
          cell += text.slice(start, close)
          next = close + 1
          if (text[next] !== '"') break
          cell += '"'
          start = next + 1
        }
        lines += cell.split('\n').length - 1
        if (text[next] === '\r') next++
        if (next < text.length && text[next] !== '\n' && !text.startsWith(this.#separator, next))
          refuse(this.#name, this.#line, 'goes on after a closing quote', 'double quotes within quotes: ""')
      } else {
        const end = text.indexOf('\n', from)
        if (end === -1) return null
        const separator = text.indexOf(this.#separator, from)
        next = separator === -1 || separator > end ? end : separator
        cell = text.slice(from, next)
        if (text[next] === '\n' && cell.endsWith('\r')) cell = cell.slice(0, -1)
      }
      if (next >= text.length) return null
      cells.push(cell)
      from = next + 1
      if (text[next] === '\n') {
        this.#visit(cells, this.#line)
        this.#line += lines + 1
        return from
      }
    }
  }
}

export interface Table {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Line of each row in the file. */
  readonly lines: readonly number[]
}

/** A whole text as a table whose first row is its header; every row has as many cells as that. */
export function readTable(text: string, name: string, firstLine = 1, separator = ','): Table {
  const all: string[][] = []
  const lines: number[] = []
  const rows = new CsvRows(
    name,
    (cells, line) => {
      all.push(cells)
      lines.push(line)
    },
    separator,
    firstLine,
  )
  rows.push(text.replace(/^\ufeff/, ''))
  const { endedLine } = rows
  rows.end()
  const header = (all.shift() ?? []).map((cell) => cell.trim())
  lines.shift()
  if (all.length === 0) refuse(name, firstLine, 'has no rows', 'the file may be cut off or empty')
  all.forEach((cells, row) => checkWidth(cells, header.length, name, lines[row]))
  if (!endedLine)
    refuse(
      name,
      lines[lines.length - 1],
      'the last line does not end',
      'the file may be cut off: get it again',
    )
  return { header, rows: all, lines }
}

export function checkWidth(cells: readonly string[], width: number, name: string, line: number): void {
  if (cells.length !== width)
    refuse(name, line, `has ${cells.length} cells, the header ${width}`, 'the file may be cut off or damaged')
}

/** Where a column stands; one that is not there is told with those that are. */
export function columnAt(header: readonly string[], column: string, name: string, line = 1): number {
  const at = header.indexOf(column)
  if (at === -1) refuse(name, line, `has no column ${column}`, `its columns are ${header.join(', ')}`)
  if (header.indexOf(column, at + 1) !== -1)
    refuse(name, line, `has the column ${column} twice`, 'rename one of them')
  return at
}
