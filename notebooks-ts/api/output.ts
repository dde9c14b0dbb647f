import { inspect } from 'node:util'
import type { Picture } from './plot.ts'

/** A cell of a table. */
export type Cell = string | number | boolean | null

/** What a notebook shows: for the page that is rendered, and in words for a terminal. */
export type Output =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'table'
      readonly columns: readonly string[]
      readonly rows: readonly (readonly Cell[])[]
    }
  | { readonly kind: 'picture'; readonly picture: Picture }

/** Where outputs go while a notebook is rendered. */
const SINK = Symbol.for('vpp-workbench.notebook')
type Sink = (output: Output) => void
const global = globalThis as typeof globalThis & { [SINK]?: Sink }

/** Set by the runner: outputs go to it. */
export function setSink(sink: Sink): void {
  global[SINK] = sink
}

const isPicture = (value: unknown): value is Picture =>
  typeof value === 'object' && value !== null && 'picture' in value

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'bigint' ? Number(value) : inspect(value, { breakLength: Infinity })
}

/** A value as an output: rows as a table, a picture as itself, anything else as text. */
export function outputOf(value: unknown): Output {
  if (isPicture(value)) return { kind: 'picture', picture: value }
  if (Array.isArray(value) && value.length > 0 && value.every(isRecord)) {
    const columns = [...new Set(value.flatMap((row) => Object.keys(row)))]
    return { kind: 'table', columns, rows: value.map((row) => columns.map((name) => cellOf(row[name]))) }
  }
  return { kind: 'text', text: typeof value === 'string' ? value : inspect(value, { depth: 4 }) }
}

const number = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))

/** A cell's text: six digits of a number, a dash for nothing. */
export const cellText = (cell: Cell): string =>
  cell === null ? '–' : typeof cell === 'number' ? number(cell) : String(cell)

/** An output in words, for a terminal. */
export function outputText(output: Output): string {
  if (output.kind === 'text') return output.text
  if (output.kind === 'picture') return `[picture: ${output.picture.title}]`
  const rows = [output.columns, ...output.rows.map((row) => row.map(cellText))]
  const widths = output.columns.map((_, at) => Math.max(...rows.map((row) => row[at].length)))
  const right = output.columns.map((_, at) => output.rows.every((row) => typeof row[at] !== 'string'))
  return rows
    .map((row) =>
      row
        .map((cell, at) => (right[at] ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/**
 * Shows a value below its cell: a list of objects as a table, what `plot` made as a picture, anything else as
 * text. Outside of the runner it is printed.
 */
export function show(value: unknown): void {
  const output = outputOf(value)
  const sink = global[SINK]
  if (sink === undefined) process.stdout.write(`${outputText(output)}\n`)
  else sink(output)
}
